import type { LogLevel } from '../config/settings';
import { MAX_CONTENT_CHARACTERS, redactText } from '../tap/bounded-json';
import type { Clock, Moment } from '../tap/clock';
import type { Redaction } from '../tap/redaction';
import type { OpenOperation } from '../tap/tap';
import type { LogEntry } from '../telemetry/log-entry';
import { LineSplitter, type Line } from '../transport/line-splitter';

const MAX_LINE_BYTES = 65_536;
/** Colours and the like: for a terminal, not for a record. */
const ESCAPES = /\u001b\[[0-9;?]*[A-Za-z]/g;
/** Where a line says how grave it is, it does so near its beginning. */
const HEAD_CHARACTERS = 200;
const LEVEL_WORD =
  /\b(?:(trace|debug)|(info|notice)|(warn|warning)|(error|err|critical|fatal|panic|exception|traceback))\b/i;
const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

export interface ServerLogOptions {
  readonly clock: Clock;
  readonly hides: Redaction;
  /** The request in whose course a line is written, where there is one alone. */
  readonly current: () => OpenOperation | undefined;
  readonly write: (line: Omit<LogEntry, 'logger'>) => void;
}

/** What an observed server writes on stderr, a log record a line. */
export class ServerLog {
  private readonly splitter = new LineSplitter(MAX_LINE_BYTES);

  constructor(private readonly options: ServerLogOptions) {}

  /** @param at when it came */
  push(chunk: Buffer, at: Moment): void {
    this.write(this.splitter.push(chunk), at);
  }

  end(): void {
    this.write(this.splitter.end(), this.options.clock.now());
  }

  private write(lines: readonly Line[], at: Moment): void {
    const { hides, current, write } = this.options;
    const operation = current()?.operation;
    const ids = operation?.sampled
      ? { traceId: operation.traceId, spanId: operation.spanId }
      : undefined;
    for (const line of lines) {
      const text =
        'text' in line ? line.text.replace(ESCAPES, '') : `a line of ${line.oversizedBytes} bytes`;
      const message = redactText(text.trimEnd(), MAX_CONTENT_CHARACTERS, hides);
      if (message === '') continue;
      write({
        time: at.wall,
        level: levelOf(text),
        message,
        attributes: { 'log.iostream': 'stderr' },
        ...ids,
      });
    }
  }
}

/** By the first word that says it; info where none does. */
function levelOf(text: string): LogLevel {
  const [, ...words] = LEVEL_WORD.exec(text.slice(0, HEAD_CHARACTERS)) ?? [];
  return LEVELS[words.findIndex((word) => word !== undefined)] ?? 'info';
}
