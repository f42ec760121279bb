/** The bytes, and characters, that give a JSON text its form. */
export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;

export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Up to here a look at each byte is faster than a search. */
const NEAR = 64;

/**
 * Finds the quote that ends a JSON string, which may lie several chunks ahead. Long stretches are
 * searched for a quote; where there are backslashes, each byte is looked at.
 */
export class StringEnd {
  /** The chunk before ended in a backslash. */
  private escaped = false;

  /**
   * @param at where the string, or the rest of it, begins
   * @returns where its closing quote is; -1 where that is not in this chunk
   */
  find(bytes: Buffer, at: number): number {
    if (this.escaped) at++;
    this.escaped = false;
    for (;;) {
      let near = Math.min(at + NEAR, bytes.length);
      while (at < near) {
        const byte = bytes[at++];
        if (byte === QUOTE) return at - 1;
        if (byte === BACKSLASH) near = Math.min(++at + NEAR, bytes.length);
      }
      if (at >= bytes.length) {
        this.escaped = at > bytes.length;
        return -1;
      }
      const quote = bytes.indexOf(QUOTE, at);
      const end = quote === -1 ? bytes.length : quote;
      if (!isEscaped(bytes, at, end)) return quote;
      at = end + 1;
      if (quote === -1) {
        this.escaped = true;
        return -1;
      }
    }
  }
}

/** An odd number of backslashes stands before a place. */
function isEscaped(bytes: Buffer, from: number, end: number): boolean {
  let at = end;
  while (at > from && bytes[at - 1] === BACKSLASH) at--;
  return (end - at) % 2 === 1;
}
