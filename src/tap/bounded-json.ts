import { MASK } from '../config/redact';
import { findSecrets } from './find-secrets';
import type { Redaction } from './redaction';

/** The longest content that telemetry keeps, in characters. */
export const MAX_CONTENT_CHARACTERS = 4096;
/** The longest name of a peer's choosing (method, tool, client, id) that telemetry keeps. */
export const MAX_NAME_CHARACTERS = 128;
const ELLIPSIS = '…';
/** What lies deeper is written as `"…"`: recursion is bounded, whatever was sent. */
const MAX_DEPTH = 200;

/**
 * A value that came from JSON as JSON text of at most `max` characters; longer text is cut and ends
 * in `…`. Unlike `JSON.stringify` it stops where the text is full, so neither a value of 10 MB nor
 * one nested 200,000 deep costs more than what is kept of it. What no JSON number can hold (1e400
 * reads as Infinity) is written as the JSON number that reads as the same.
 *
 * @param hides where it is given, the value under a key that it hides is written as `"***"`,
 *   whatever it is, and each other string as `redactText` has it
 */
export function boundedJson(
  value: unknown,
  max = MAX_CONTENT_CHARACTERS,
  hides?: Redaction,
): string {
  if (!hides && isPlain(value, max)) return cutText(JSON.stringify(value), max);
  const writer = new Writer(max, hides);
  writer.value(value);
  return cutText(writer.text, max);
}

/** A short, flat object with nothing in it that JSON.stringify would write otherwise: it is faster. */
function isPlain(value: unknown, max: number): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  let length = 0;
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === 'string') length += member.length;
    else if (typeof member === 'number') {
      if (!Number.isFinite(member) || member === 0) return false;
    } else if (typeof member !== 'boolean') return false;
    length += key.length;
    if (length > max) return false;
  }
  return true;
}

/**
 * A text of at most `max` characters, without what it holds under hidden keys. Where it is JSON text
 * of an object or an array, and no longer than 64 Ki characters, it is written anew with `***` for
 * those values, or left as it was where there are none. Where it cannot be looked through (longer,
 * broken, JSON in the middle of words) and a hidden key shows in it, in quotes and with its colon,
 * `***` stands for the whole of it.
 */
export function redactText(text: string, max: number, hides: Redaction): string {
  const secrets = findSecrets(text, max, hides);
  if (secrets === 'none') return cutText(text, max);
  return secrets === 'somewhere' ? MASK : boundedJson(secrets.value, max, hides);
}

/** At most `max` characters; never half of a surrogate pair. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 2);
  const end = last >= 0xd800 && last <= 0xdbff ? max - 2 : max - 1;
  return text.slice(0, end) + ELLIPSIS;
}

class Writer {
  text = '';
  private depth = 0;
  constructor(
    private readonly max: number,
    private readonly hides: Redaction | undefined,
  ) {}

  private get full(): boolean {
    return this.text.length > this.max;
  }

  value(value: unknown): void {
    if (typeof value === 'string') {
      this.string(this.hides ? redactText(value, this.max + 1, this.hides) : value);
    } else if (typeof value === 'number') this.text += number(value);
    else if (typeof value === 'object' && value !== null) this.nested(value);
    // Within a process a message may hold what no JSON text can.
    else if (typeof value === 'bigint') this.text += String(value);
    else this.text += JSON.stringify(value) ?? 'null';
  }

  private nested(value: object): void {
    if (this.depth === MAX_DEPTH) {
      this.string(ELLIPSIS);
      return;
    }
    this.depth++;
    if (Array.isArray(value)) this.array(value);
    else this.object(value);
    this.depth--;
  }

  private string(value: string): void {
    this.text += JSON.stringify(value.length > this.max ? value.slice(0, this.max + 1) : value);
  }

  private array(items: readonly unknown[]): void {
    this.text += '[';
    for (let i = 0; i < items.length && !this.full; i++) {
      if (i > 0) this.text += ',';
      this.value(items[i]);
    }
    this.text += ']';
  }

  private object(object: object): void {
    this.text += '{';
    let first = true;
    for (const key in object) {
      if (this.full) break;
      const member = (object as Record<string, unknown>)[key];
      if (member === undefined) continue;
      if (!first) this.text += ',';
      first = false;
      this.string(key);
      this.text += ':';
      if (this.hides?.(key)) this.string(MASK);
      else this.value(member);
    }
    this.text += '}';
  }
}

function number(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return value > 0 ? '1e999' : '-1e999';
}
