import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  StringEnd,
  isSpace,
} from './bytes';
import { OutlineFrames } from './outline-frames';
import { Token } from './token';

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Escapes, and the characters that JSON takes as escapes alone. */
const TO_UNESCAPE = /[\\\x00-\x1f]/;

/** What may come next. */
type Expected =
  | 'root'
  | 'first key'
  | 'key'
  | 'colon'
  | 'first item'
  | 'value'
  | 'comma'
  | 'end'
  /** The text is broken. */
  | 'nothing';

/**
 * Reads one JSON text of any size, in chunks that may be cut anywhere, and gives a plain value of the
 * same shape without what is long or deep: enough to tell what a message of 100 MB is, in memory that
 * is bounded whatever is sent. Kept are
 *
 * - objects down to the fifth level, the root's being the first: of each the first 64 members
 * - strings, numbers, true, false and null in them; keys, strings and numbers of at most 1,024 bytes
 *   as they are written
 * - of a root array (a batch) the first 10,000 members; no other array is
 * - about 16 MB in all, and of that 1 MB of what lies below the second level of a message
 *
 * What is not kept is absent. Of members with the same name the last counts; if that is one that is
 * left out, there is none.
 */
export class Outline {
  private readonly frames = new OutlineFrames();
  private readonly token = new Token();
  private readonly stringEnd = new StringEnd();
  private expected: Expected = 'root';
  private inside: 'string' | 'scalar' | undefined;
  /** Open brackets in the part that is skipped, within the innermost frame. */
  private skippedDepth = 0;
  private markBytes = 0;

  /** The next bytes of the text; nothing is kept of the chunk itself. */
  push(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length && this.expected !== 'nothing') {
      if (this.inside === 'string') at = this.string(bytes, at);
      else if (this.inside === 'scalar') at = this.scalar(bytes, at);
      else if (this.frames.isSkipping) at = this.skip(bytes, at);
      else at = this.structure(bytes, at);
    }
  }

  /**
   * @returns the outline, an object or an array; undefined where the text was neither, or broken.
   *   That is no full check: within what is skipped, strings and the number of brackets alone count
   */
  end(): unknown {
    return this.expected === 'end' ? this.frames.root : undefined;
  }

  private structure(bytes: Buffer, at: number): number {
    while (at < bytes.length && isSpace(bytes[at]!)) at++;
    if (at === bytes.length) return at;
    const byte = bytes[at]!;
    const { expected } = this;
    const wantsValue = expected === 'value' || expected === 'first item';
    if (byte === QUOTE && (wantsValue || expected === 'key' || expected === 'first key')) {
      this.begin('string');
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (wantsValue || expected === 'root') this.open(byte);
      else this.expected = 'nothing';
    } else if (byte === COLON && expected === 'colon') {
      this.expected = 'value';
    } else if (byte === COMMA && expected === 'comma') {
      this.expected = this.frames.next() === 'object' ? 'key' : 'value';
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (isClosable(expected)) this.close(byte);
      else this.expected = 'nothing';
    } else if (wantsValue && isScalarByte(byte)) {
      this.begin('scalar');
      return at;
    } else if (expected === 'root' && byte === BYTE_ORDER_MARK[this.markBytes]) {
      this.markBytes++;
    } else {
      this.expected = 'nothing';
    }
    return at + 1;
  }

  private begin(inside: 'string' | 'scalar'): void {
    this.inside = inside;
    this.token.clear();
  }

  private open(byte: number): void {
    this.frames.open(byte === OPEN_BRACE ? 'object' : 'array');
    this.expected = byte === OPEN_BRACE ? 'first key' : 'first item';
  }

  private close(byte: number): void {
    const closed = this.frames.close(byte === CLOSE_BRACE ? 'object' : 'array');
    if (!closed) this.expected = 'nothing';
    else this.expected = this.frames.isEmpty ? 'end' : 'comma';
  }

  /** To the end of what is skipped, or of the chunk. */
  private skip(bytes: Buffer, at: number): number {
    let depth = this.skippedDepth;
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        at = this.stringEnd.find(bytes, at + 1);
        if (at !== -1) continue;
        this.inside = 'string';
        break;
      }
      // Brackets and braces differ in one bit only: [ 5b { 7b, ] 5d } 7d.
      const kind = byte | 0x20;
      if (kind === OPEN_BRACE) depth++;
      else if (kind === CLOSE_BRACE && --depth < 0) {
        this.skippedDepth = 0;
        this.close(byte);
        return at + 1;
      }
    }
    this.skippedDepth = depth;
    return bytes.length;
  }

  private string(bytes: Buffer, at: number): number {
    const end = this.stringEnd.find(bytes, at);
    const isKept = !this.frames.isSkipping;
    if (isKept) this.token.add(bytes, at, end === -1 ? bytes.length : end);
    if (end === -1) return bytes.length;
    this.inside = undefined;
    if (isKept) this.tokenEnds('"');
    return end + 1;
  }

  private scalar(bytes: Buffer, at: number): number {
    let end = at;
    while (end < bytes.length && isScalarByte(bytes[end]!)) end++;
    this.token.add(bytes, at, end);
    if (end === bytes.length) return end;
    this.inside = undefined;
    this.tokenEnds('');
    return end;
  }

  private tokenEnds(quote: string): void {
    const { text, byteLength } = this.token;
    const value = text === undefined ? undefined : read(text, quote);
    if (text !== undefined && value === undefined) {
      this.expected = 'nothing';
    } else if (this.expected === 'key' || this.expected === 'first key') {
      this.frames.key(value as string | undefined, byteLength);
      this.expected = 'colon';
    } else {
      this.frames.value(value, byteLength);
      this.expected = 'comma';
    }
  }
}

function isClosable(expected: Expected): boolean {
  return expected === 'comma' || expected === 'first key' || expected === 'first item';
}

/** What numbers, true, false and null are made of. */
function isScalarByte(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) || // 0-9
    (byte >= 0x61 && byte <= 0x7a) || // a-z
    byte === 0x2e || // .
    byte === 0x2d || // -
    byte === 0x2b || // +
    byte === 0x45 // E
  );
}

/** @returns undefined where it is none */
function read(text: string, quote: string): unknown {
  // Most strings stand for themselves.
  if (quote !== '' && !TO_UNESCAPE.test(text)) return text;
  try {
    return JSON.parse(quote + text + quote);
  } catch {
    return undefined;
  }
}
