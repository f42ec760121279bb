import type { Readable, Writable } from 'node:stream';
import { setImmediate as poll, setTimeout as pause } from 'node:timers/promises';

const CHECK_MILLIS = 5;
/** More than a pipe holds: who still writes after so much is not the one whose end it was. */
const MAX_LAST_BYTES = 1_048_576;

export interface Patience {
  readonly idleMillis: number;
  /** Asked again and again: an end may begin meanwhile. */
  readonly stallMillis: () => number;
}

/** Gives what is written in place of the bytes that come. */
export interface Rewrite {
  /** @returns as much as can be said by now; the rest comes with a later chunk, or with `end` */
  rewrite(chunk: Buffer): Buffer;
  end(): Buffer;
}

export interface PumpOptions {
  /** Sees each chunk as it came, once it has been written on. */
  readonly look?: ((chunk: Buffer) => void) | undefined;
  readonly rewrite?: Rewrite | undefined;
  /** Others write there too: the end of the source does not end the sink. */
  readonly keepSink?: boolean;
  /** The source has ended. */
  readonly onEnd?: () => void;
  /** The sink's reader is gone, before the end. */
  readonly onSinkClosed?: () => void;
  /** A fault of `look` or `rewrite`: told once, and the bytes go on. */
  readonly onFault?: (error: unknown) => void;
}

/**
 * Bytes one way: each chunk is written on first and looked at afterwards. The source waits while the
 * sink is full, so no more is held than the two buffers take. The end of the source ends the sink,
 * and a closed sink closes the source: each end sees of the other what it would see without us.
 */
export class Pump {
  /** Resolves when nothing more is read. */
  readonly ended: Promise<void>;
  private resolveEnded!: () => void;
  private isOver = false;
  private sinkIsClosed = false;
  private faultIsTold = false;
  private unwritten = 0;
  private lastProgress = 0;
  private bytesLeft = Infinity;

  constructor(
    private readonly source: Readable,
    private readonly sink: Writable,
    private readonly options: PumpOptions = {},
  ) {
    this.ended = new Promise((resolve) => (this.resolveEnded = resolve));
    sink.on('drain', () => void (this.isOver || source.resume()));
    sink.on('error', () => this.closed());
    sink.on('close', () => this.closed());
    source.on('data', (chunk: Buffer) => this.pass(chunk));
    source.on('end', () => this.sourceEnded());
    // A terminal that goes away is an error (EIO) and no end; both are the end of the input.
    source.on('error', () => this.sourceEnded());
    source.on('close', () => this.sourceEnded());
  }

  /** Reads no more. What was read is written still, and then the sink is ended. */
  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.source.pause();
    this.guard(() => this.write(this.options.rewrite?.end()));
    if (!this.options.keepSink) this.sink.end();
    this.resolveEnded();
  }

  /**
   * Waits until the source is read to its end, and all is written. It is not waited for without end:
   * the source is given up when it gives nothing while the sink is free, the sink's reader when it
   * takes nothing.
   *
   * @returns whether all of it was read and taken; true as well where the reader had gone
   */
  async finish({ idleMillis, stallMillis }: Patience): Promise<boolean> {
    this.lastProgress = performance.now();
    this.bytesLeft = MAX_LAST_BYTES;
    while ((this.unwritten > 0 || !this.isOver) && !this.sinkIsClosed) {
      // Who was held up himself has not looked yet: the poll comes before the verdict.
      if (this.idle >= Math.min(idleMillis, stallMillis())) await poll();
      if (this.unwritten === 0 && this.idle >= idleMillis) this.end();
      if (this.unwritten > 0 && this.idle >= stallMillis()) {
        this.end();
        return false;
      }
      await pause(CHECK_MILLIS);
    }
    return this.bytesLeft >= 0;
  }

  /** Milliseconds since something was read or written. */
  private get idle(): number {
    return performance.now() - this.lastProgress;
  }

  private sourceEnded(): void {
    if (this.isOver) return;
    this.end();
    this.options.onEnd?.();
  }

  private pass(chunk: Buffer): void {
    // What a stream still gives after its pause, or after our end.
    if (this.isOver) return;
    const { rewrite, look } = this.options;
    let bytes: Buffer | undefined = chunk;
    if (rewrite) this.guard(() => (bytes = rewrite.rewrite(chunk)));
    if (!this.write(bytes)) this.source.pause();
    if (look) this.guard(() => look(chunk));
    this.lastProgress = performance.now();
    this.bytesLeft -= chunk.length;
    if (this.bytesLeft < 0) this.end();
  }

  /** @returns whether the sink takes more at once */
  private write(bytes: Buffer | undefined): boolean {
    if (!bytes || bytes.length === 0 || this.sinkIsClosed) return true;
    this.unwritten++;
    return this.sink.write(bytes, this.written);
  }

  private readonly written = (): void => {
    this.unwritten--;
    this.lastProgress = performance.now();
  };

  private closed(): void {
    if (this.sinkIsClosed) return;
    this.sinkIsClosed = true;
    if (this.isOver) return;
    this.isOver = true;
    this.source.destroy();
    this.resolveEnded();
    this.options.onSinkClosed?.();
  }

  /** What looks on must not harm the stream. */
  private guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      if (this.faultIsTold) return;
      this.faultIsTold = true;
      this.options.onFault?.(error);
    }
  }
}
