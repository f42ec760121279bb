import type { Readable } from 'node:stream';
import { now } from './time';

/** What a stream brought: as text, as whole lines, and when its last byte came. */
export class Output {
  text = '';
  readonly lines: string[] = [];
  /** On the clock of `now()`; undefined before the first byte. */
  lastByteAt: number | undefined;
  private rest = '';
  private reading = false;

  constructor(
    private readonly stream: Readable,
    private readonly changed: (lines: string[]) => void,
  ) {}

  /** Begins to read. Until then what the child writes stays in the pipe, which fills up. */
  read(): void {
    if (this.reading) return;
    this.reading = true;
    // setEncoding puts characters together that chunks split.
    this.stream.setEncoding('utf8').on('data', (chunk: string) => {
      this.lastByteAt = now();
      this.text += chunk;
      const lines = (this.rest + chunk).split('\n');
      this.rest = lines.pop()!;
      for (const line of lines) this.lines.push(line);
      this.changed(lines);
    });
    this.stream.on('error', () => {});
  }
}
