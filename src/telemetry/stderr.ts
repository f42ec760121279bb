import type { Writable } from 'node:stream';

/** What may wait for a reader of stderr that does not read. */
const MAX_WAITING_BYTES = 1_048_576;

/**
 * Lines on stderr, in bounded memory: Node keeps what a full pipe does not take, without end. Lines
 * that find no room are dropped and counted, and their number is told when there is room again.
 */
export class Stderr {
  private dropped = 0;

  constructor(
    private readonly stream: Writable,
    private readonly onDropped: (lines: number) => void = () => undefined,
  ) {
    // Nobody to tell: a closed stderr must not end the session.
    stream.on('error', () => undefined);
  }

  /** @param text whole lines, with their newlines */
  write(text: string, lines = 1): void {
    if (this.stream.writableLength > MAX_WAITING_BYTES) {
      if (this.dropped === 0) this.stream.once('drain', () => this.tellDropped());
      this.dropped += lines;
      this.onDropped(lines);
      return;
    }
    this.tellDropped();
    this.stream.write(text);
  }

  /** Waits for what was written, but not for a reader who is not there. */
  async finish(millis: number): Promise<void> {
    const end = performance.now() + millis;
    while (this.stream.writableLength > 0 && !this.stream.destroyed && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    this.tellDropped();
  }

  private tellDropped(): void {
    if (this.dropped === 0 || this.stream.destroyed) return;
    this.stream.write(`… ${this.dropped} log lines dropped: stderr was not read\n`);
    this.dropped = 0;
  }
}
