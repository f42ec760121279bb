const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = '\uFEFF';

/** A longer line is not kept: the memory that one line may take is bounded. */
export const MAX_LINE_BYTES = 10 * 1024 * 1024;

/** A line without its end. */
export interface TextLine {
  readonly text: string;
}
/** Word of a line that was too long to keep. */
export interface OversizedLine {
  readonly oversizedBytes: number;
}
export type Line = TextLine | OversizedLine;

/** Takes the bytes of a line that is too long to keep. */
export interface LongLine<Long> {
  push(part: Buffer): void;
  /** @returns what stands for the line, which had so many bytes */
  end(bytes: number): Long;
}

/**
 * Cuts a byte stream into lines at `\n` alone: U+2028 and its kin are ordinary characters inside a
 * JSON string. Bytes are decoded a line at a time, so a character split over two chunks is whole.
 * A leading byte order mark and blank lines are dropped; a trailing `\r` is white space to JSON.
 */
export abstract class LineCutter<Long> {
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  private long: LongLine<Long> | undefined;

  constructor(private readonly maxBytes: number) {}

  /** A line turns out to be too long: its bytes go there, from its first one on. */
  protected abstract beginLong(): LongLine<Long>;

  push(chunk: Buffer): (TextLine | Long)[] {
    const lines: (TextLine | Long)[] = [];
    let start = 0;
    // The first line may have begun before; another may be too long: those are taken one by one.
    while (this.pendingBytes > 0 || chunk.length - start > this.maxBytes) {
      const end = chunk.indexOf(NEWLINE, start);
      if (end === -1) break;
      this.finish(lines, chunk.subarray(start, end));
      start = end + 1;
    }
    const last = this.pendingBytes > 0 ? -1 : chunk.lastIndexOf(NEWLINE);
    if (last >= start) {
      // Decoded at once: no byte of another character is a newline.
      for (const text of chunk.toString('utf8', start, last).split('\n')) add(lines, text);
      start = last + 1;
    }
    if (start < chunk.length) this.keep(chunk.subarray(start));
    return lines;
  }

  /** The last line, where the stream ends without a newline. */
  end(): (TextLine | Long)[] {
    const lines: (TextLine | Long)[] = [];
    this.finish(lines, Buffer.alloc(0));
    return lines;
  }

  private keep(part: Buffer): void {
    this.pendingBytes += part.length;
    if (this.pendingBytes > this.maxBytes && !this.long) {
      this.long = this.beginLong();
      for (const before of this.pending) this.long.push(before);
      this.pending = [];
    }
    if (this.long) this.long.push(part);
    else this.pending.push(part);
  }

  private finish(lines: (TextLine | Long)[], last: Buffer): void {
    // Most lines lie whole within one chunk and are decoded without a copy.
    const whole = this.pendingBytes === 0 && last.length <= this.maxBytes;
    if (!whole) this.keep(last);
    if (this.long) {
      lines.push(this.long.end(this.pendingBytes));
    } else {
      add(lines, (whole ? last : Buffer.concat(this.pending)).toString('utf8'));
    }
    this.pending = [];
    this.pendingBytes = 0;
    this.long = undefined;
  }
}

/** Cuts a byte stream into lines; of one that is longer than `maxBytes` only its length is told. */
export class LineSplitter extends LineCutter<OversizedLine> {
  constructor(maxBytes = MAX_LINE_BYTES) {
    super(maxBytes);
  }

  protected override beginLong(): LongLine<OversizedLine> {
    return { push: () => undefined, end: (bytes) => ({ oversizedBytes: bytes }) };
  }
}

function add(lines: { push(line: TextLine): unknown }, line: string): void {
  const text = line.startsWith(BYTE_ORDER_MARK) ? line.slice(1) : line;
  // JSON's own white space around a value is no trouble to JSON.parse; a line of nothing else is.
  if (text.trim() !== '') lines.push({ text });
}
