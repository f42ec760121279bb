/** A longer string, key or number is left out. */
const MAX_TOKEN_BYTES = 1024;

/** The bytes of one string or number, gathered from the chunks that it is spread over. */
export class Token {
  private readonly kept = Buffer.allocUnsafe(MAX_TOKEN_BYTES);
  private length = 0;

  clear(): void {
    this.length = 0;
  }

  /** Bytes are copied: a chunk may be used again. */
  add(bytes: Buffer, start: number, end: number): void {
    if (end - start <= MAX_TOKEN_BYTES - this.length)
      bytes.copy(this.kept, this.length, start, end);
    this.length += end - start;
  }

  /** How many bytes there were, the ones that were not kept included. */
  get byteLength(): number {
    return this.length;
  }

  /** @returns undefined where there were too many bytes to keep */
  get text(): string | undefined {
    if (this.length > MAX_TOKEN_BYTES) return undefined;
    return this.kept.toString('utf8', 0, this.length);
  }
}
