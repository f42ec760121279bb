import { Writable } from 'node:stream';

/** A stream whose reader takes a write only when it is told to. */
export class SlowStream extends Writable {
  readonly taken: Buffer[] = [];
  private readonly waiting: (() => void)[] = [];

  constructor(highWaterMark = 65_536) {
    super({ highWaterMark });
  }

  get text(): string {
    return Buffer.concat(this.taken).toString();
  }

  get lines(): string[] {
    return this.text.split('\n').slice(0, -1);
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.waiting.push(() => {
      this.taken.push(chunk);
      done();
    });
  }

  /** Takes the next writes; what they let through comes in the next turns. */
  async take(count = 1): Promise<void> {
    for (let i = 0; i < count; i++) {
      this.waiting.shift()?.();
      await turn();
    }
  }

  async takeAll(): Promise<void> {
    while (this.waiting.length > 0) await this.take();
  }
}

/** A turn of the event loop, in which what was written is flushed. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
