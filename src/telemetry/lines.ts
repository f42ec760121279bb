import { Writable } from 'node:stream';
import { createLogger, format, transports } from 'winston';
import type { LogLevel, Settings } from '../config/settings';
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

/** What winston is given: many entries as one message, whose level says nothing. */
interface Message {
  readonly level: 'lines';
  readonly message: '';
  readonly entries: readonly LogEntry[];
}
/** Where winston's formats leave what is to be written. */
const TEXT = Symbol.for('message');

/**
 * Log lines through winston. All lines of one turn of the event loop are one message to it and leave
 * in one write: a message costs it 17 µs, a line in a message less than one.
 */
export function createLines(
  { logLevel, logFormat }: Pick<Settings, 'logLevel' | 'logFormat'>,
  writeLines: WriteLines,
): Lines {
  const render = logFormat === 'json' ? formatJson : formatText;
  const logger = createLogger({
    levels: { lines: 0 },
    level: 'lines',
    format: format.printf((info) => {
      let text = '';
      for (const entry of (info as unknown as Message).entries) text += `${render(entry)}\n`;
      return text;
    }),
    transports: [new transports.Stream({ stream: sink(writeLines) })],
  });

  let waiting: LogEntry[] = [];
  const flush = () => {
    if (waiting.length === 0) return;
    const entries = waiting;
    waiting = [];
    logger.log({ level: 'lines', message: '', entries } satisfies Message);
  };
  const takes = (level: LogLevel) => isWanted(level, logLevel);
  const write = (entry: LogEntry) => {
    if (waiting.length === 0) setImmediate(flush);
    waiting.push(entry);
  };
  return {
    takes,
    write,
    log: (entry) => {
      if (takes(entry.level)) write(entry);
    },
    flush,
  };
}

function sink(writeLines: WriteLines): Writable {
  return new Writable({
    objectMode: true,
    write(info: Message & { [TEXT]: string }, _encoding, done) {
      writeLines(info[TEXT], info.entries.length);
      done();
    },
  });
}
