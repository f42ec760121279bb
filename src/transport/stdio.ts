import type { Readable, Writable } from 'node:stream';
import { LineSplitter, type Line } from './line-splitter';
import { Output } from './output';

export interface StdioOptions {
  readonly stdin: Readable;
  readonly stdout: Writable;
  /** A reader of stdout that takes nothing for so long is given up, once nothing more is asked. */
  readonly stallMillis: number;
}

/** Why no more is read. */
export type StopReason = 'stdin ended' | 'stdout closed' | 'stopped';

/**
 * What is read ahead while the reader of stdout is behind: more than a pipe holds, since the end of
 * stdin shows only when everything before it has been read.
 */
const MAX_HELD_BYTES = 4 * 1024 * 1024;

/**
 * Lines on stdin and stdout. They wait while the reader of stdout is behind, so what a client does
 * not read, it also cannot ask for without bound.
 */
export class StdioTransport {
  /** Resolves once, when no more lines will come. */
  readonly ended: Promise<StopReason>;
  private readonly output: Output;
  private readonly splitter = new LineSplitter();
  private receive: (line: Line) => void = () => undefined;
  private end!: (reason: StopReason) => void;
  private held: Buffer[] = [];
  private heldBytes = 0;
  private blocked = false;
  private inputEnded = false;
  private isOver = false;

  constructor(private readonly options: StdioOptions) {
    this.ended = new Promise((resolve) => (this.end = resolve));
    this.output = new Output(options.stdout, {
      onBlocked: (blocked) => {
        this.blocked = blocked;
        this.goOn();
      },
      onClosed: () => this.stop('stdout closed'),
    });
  }

  get write(): (line: string) => void {
    return this.output.write;
  }

  /** Starts to read; `receive` gets each line. */
  listen(receive: (line: Line) => void): void {
    this.receive = receive;
    const { stdin } = this.options;
    const ended = () => void this.drain();
    stdin.on('data', (chunk: Buffer) => this.hold(chunk));
    stdin.on('end', ended);
    // A terminal that goes away is an error (EIO) and no end; both are the end of the input.
    stdin.on('error', ended);
    stdin.on('close', ended);
  }

  /** No new work: nothing more is read, and what waits is left. */
  stop(reason: StopReason = 'stopped'): void {
    if (this.isOver) return;
    this.isOver = true;
    this.held = [];
    this.options.stdin.pause();
    this.end(reason);
  }

  /** See `Output.finish`. */
  finish(): Promise<number> {
    return this.output.finish(this.options.stallMillis);
  }

  private hold(chunk: Buffer): void {
    this.held.push(chunk);
    this.heldBytes += chunk.length;
    if (this.heldBytes >= MAX_HELD_BYTES) this.options.stdin.pause();
    if (this.held.length === 1) this.goOn();
  }

  /** Takes what is held, a chunk a turn: its answers may show that the reader is behind. */
  private goOn(): void {
    if (this.blocked || this.inputEnded || this.isOver) return;
    this.takeChunk();
    if (this.held.length > 0) setImmediate(() => this.goOn());
    else this.options.stdin.resume();
  }

  /** After the end of stdin: takes what is held as its answers are read, unless nobody reads them. */
  private async drain(): Promise<void> {
    if (this.inputEnded) return;
    this.inputEnded = true;
    while (this.held.length > 0) {
      if ((await this.finish()) > 0) return this.stop('stdin ended');
      this.takeChunk();
    }
    this.take(this.splitter.end());
    this.stop('stdin ended');
  }

  private takeChunk(): void {
    const chunk = this.held.shift();
    if (!chunk) return;
    this.heldBytes -= chunk.length;
    this.output.corkDuring(() => this.take(this.splitter.push(chunk)));
  }

  private take(lines: Line[]): void {
    for (const line of lines) if (!this.isOver) this.receive(line);
  }
}
