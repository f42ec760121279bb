import { Writable } from 'node:stream';
import { createLogger, format, transports } from 'winston';
import { LOG_LEVELS, type LogLevel, type Settings } from '../config/settings';
import { formatJson, formatText, isWanted, type LogEntry } from './log-entry';

/** Takes whole lines, with their number. */
export type WriteLines = (text: string, lines: number) => void;

export interface Lines {
  /** Whether lines of this level are wanted (`--log-level`). */
  takes(level: LogLevel): boolean;
  /** Writes an entry, where its level is wanted. */
  log(entry: LogEntry): void;
  /** Writes an entry whatever its level: its own setting has let it pass. */
  write(entry: LogEntry): void;
  flush(): void;
}

/** Log lines through winston. All lines of one turn of the event loop leave in one write. */
export function createLines(
  { logLevel, logFormat }: Pick<Settings, 'logLevel' | 'logFormat'>,
  writeLines: WriteLines,
): Lines {
  const sink = new LineSink(writeLines);
  const render = logFormat === 'json' ? formatJson : formatText;
  const logger = createLogger({
    levels: Object.fromEntries(LOG_LEVELS.map((name, index) => [name, index])),
    level: LOG_LEVELS.at(-1)!,
    format: format.printf((info) => render(info['entry'] as LogEntry)),
    transports: [new transports.Stream({ stream: sink, eol: '\n' })],
  });
  const takes = (level: LogLevel) => isWanted(level, logLevel);
  const write = (entry: LogEntry) => {
    logger.log({ level: entry.level, message: entry.message, entry });
  };
  return {
    takes,
    write,
    log: (entry) => {
      if (takes(entry.level)) write(entry);
    },
    flush: () => sink.flush(),
  };
}

class LineSink extends Writable {
  private text = '';
  private lines = 0;

  constructor(private readonly writeLines: WriteLines) {
    super({ decodeStrings: false });
  }

  override _write(text: string, _encoding: BufferEncoding, done: () => void): void {
    if (this.lines === 0) setImmediate(() => this.flush());
    this.text += text;
    this.lines++;
    done();
  }

  flush(): void {
    if (this.lines === 0) return;
    this.writeLines(this.text, this.lines);
    this.text = '';
    this.lines = 0;
  }
}
