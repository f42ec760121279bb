import { Writable } from 'node:stream';
import type { Rewrite } from './pump';

const NEWLINE = 0x0a;
/** For the end of a line that the child has begun. */
const MAX_WAIT_MILLIS = 1_000;
const MAX_WAITING_BYTES = 65_536;

/**
 * A stderr that a child's bytes go to as they are, and lines of our own. Ours stand between the
 * child's lines: while it has begun one they wait for its end, but not for long.
 */
export class SharedStderr implements Rewrite {
  /** For our own lines: each write is whole lines, with their newlines. */
  readonly own: Writable;
  private atLineStart = true;
  private childIsOver = false;
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly stream: Writable) {
    this.own = new Writable({ write: (lines: Buffer, _, done) => this.take(lines, () => done()) });
  }

  /** @returns the child's bytes, with what waits behind their first newline */
  rewrite(chunk: Buffer): Buffer {
    this.atLineStart = chunk.at(-1) === NEWLINE;
    if (this.waiting.length === 0) return chunk;
    const newline = chunk.indexOf(NEWLINE);
    if (newline === -1) return chunk;
    const next = newline + 1;
    return Buffer.concat([chunk.subarray(0, next), ...this.takeWaiting(), chunk.subarray(next)]);
  }

  /** The child says no more. */
  end(): Buffer {
    this.childIsOver = true;
    return this.released();
  }

  private take(lines: Buffer, done: () => void): void {
    if (this.atLineStart) return void this.stream.write(lines, done);
    this.waiting.push(lines);
    this.waitingBytes += lines.length;
    if (this.childIsOver || this.waitingBytes > MAX_WAITING_BYTES) {
      return void this.stream.write(this.released(), done);
    }
    this.timer ??= setTimeout(() => this.stream.write(this.released()), MAX_WAIT_MILLIS);
    done();
  }

  /** What waits, on lines of its own, though the child's line has no end. */
  private released(): Buffer {
    const lines = this.takeWaiting();
    if (lines.length === 0) return Buffer.alloc(0);
    this.atLineStart = true;
    return Buffer.concat([Buffer.of(NEWLINE), ...lines]);
  }

  private takeWaiting(): Buffer[] {
    const lines = this.waiting;
    this.waiting = [];
    this.waitingBytes = 0;
    clearTimeout(this.timer);
    this.timer = undefined;
    return lines;
  }
}
