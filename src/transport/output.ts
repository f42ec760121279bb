import type { Writable } from 'node:stream';

/** Large texts go out in slices of a pipe's size, so that a slow reader's progress can be seen. */
const SLICE_BYTES = 65_536;
const STALL_CHECK_MILLIS = 100;

export interface OutputEvents {
  /** The reader is behind: true until what waits has been written. */
  onBlocked(blocked: boolean): void;
  /** The reader is gone (EPIPE). */
  onClosed(): void;
}

/** Writes lines to a stream: all lines of one chunk of input, or of one turn of the event loop, in one write. */
export class Output {
  private lines: string[] = [];
  private unwritten = 0;
  private lastProgress = 0;
  private blocked = false;
  private closed = false;
  private corked = false;
  private onWritten: (() => void) | undefined;
  private givenUp = false;

  constructor(
    private readonly stream: Writable,
    private readonly events: OutputEvents,
    private readonly monotonic: () => number = () => performance.now(),
  ) {
    stream.on('error', () => this.close());
    stream.on('close', () => this.close());
    stream.on('drain', () => this.setBlocked(false));
  }

  readonly write = (line: string): void => {
    if (this.closed) return;
    if (this.lines.length === 0 && !this.corked) setImmediate(() => this.flush());
    this.lines.push(line);
  };

  /** Runs what writes lines, and sends them as soon as it is done. */
  corkDuring(run: () => void): void {
    this.corked = true;
    try {
      run();
    } finally {
      this.corked = false;
      this.flush();
    }
  }

  /**
   * Waits until all is written.
   *
   * @param stallMillis the reader is given up, for good, when it has taken nothing for so long
   * @returns how many writes were given up: 0 where all of it was taken
   */
  finish(stallMillis: number): Promise<number> {
    this.flush();
    this.lastProgress = this.monotonic();
    return new Promise((resolve) => {
      const check = () => {
        this.givenUp ||= this.monotonic() - this.lastProgress >= stallMillis;
        if (this.unwritten > 0 && !this.closed && !this.givenUp) return;
        clearInterval(timer);
        this.onWritten = undefined;
        resolve(this.closed ? 0 : this.unwritten);
      };
      const timer = setInterval(check, STALL_CHECK_MILLIS);
      this.onWritten = check;
      check();
    });
  }

  private flush(): void {
    if (this.lines.length === 0 || this.closed) return;
    const bytes = Buffer.from(this.lines.join('\n') + '\n', 'utf8');
    this.lines = [];
    for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
      this.unwritten++;
      const more = this.stream.write(bytes.subarray(at, at + SLICE_BYTES), () => this.written());
      if (!more) this.setBlocked(true);
    }
  }

  private written(): void {
    this.unwritten--;
    this.lastProgress = this.monotonic();
    this.onWritten?.();
  }

  private setBlocked(blocked: boolean): void {
    if (this.blocked === blocked) return;
    this.blocked = blocked;
    this.events.onBlocked(blocked);
  }

  private close(): void {
    if (this.closed) return;
    this.closed = true;
    this.onWritten?.();
    this.events.onClosed();
  }
}
