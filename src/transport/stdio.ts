import type { Readable, Writable } from 'node:stream';
import { LineSplitter, type Line } from './line-splitter';
import { Output } from './output';

export interface StdioStreams {
  readonly stdin: Readable;
  readonly stdout: Writable;
}

/** Why no more is read. */
export type EndReason = 'stdin ended' | 'stdout closed' | 'stopped';

/**
 * Lines on stdin and stdout. Reading waits while the reader of stdout is behind, so what a client
 * does not read, it also cannot ask for without bound.
 */
export class StdioTransport {
  /** Resolves once, when no more lines will come. */
  readonly ended: Promise<EndReason>;
  private readonly output: Output;
  private readonly splitter = new LineSplitter();
  private end!: (reason: EndReason) => void;
  private isOver = false;

  constructor(private readonly streams: StdioStreams) {
    this.ended = new Promise((resolve) => (this.end = resolve));
    this.output = new Output(streams.stdout, {
      onBlocked: (blocked) => this.pauseReading(blocked),
      onClosed: () => this.stop('stdout closed'),
    });
  }

  get write(): (line: string) => void {
    return this.output.write;
  }

  /** Starts to read; `receive` gets each line. */
  listen(receive: (line: Line) => void): void {
    const { stdin } = this.streams;
    const take = (lines: Line[]) => {
      for (const line of lines) if (!this.isOver) receive(line);
    };
    const ended = () => {
      take(this.splitter.end());
      this.stop('stdin ended');
    };
    stdin.on('data', (chunk: Buffer) => take(this.splitter.push(chunk)));
    stdin.on('end', ended);
    // A terminal that goes away is an error (EIO) and no end; both are the end of the input.
    stdin.on('error', ended);
    stdin.on('close', ended);
  }

  /** No new work: what was read stays in hand, nothing more is read. */
  stop(reason: EndReason = 'stopped'): void {
    if (this.isOver) return;
    this.isOver = true;
    this.streams.stdin.pause();
    this.end(reason);
  }

  /** See `Output.finish`. */
  finish(stallMillis: number): Promise<number> {
    return this.output.finish(stallMillis);
  }

  private pauseReading(pause: boolean): void {
    if (this.isOver) return;
    if (pause) this.streams.stdin.pause();
    else this.streams.stdin.resume();
  }
}
