import { LOG_LEVELS, type LogLevel } from '../config/settings';

/** One log line, wherever it goes: to stderr and over OTLP. Plain, cloneable data. */
export interface LogEntry {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly level: LogLevel;
  readonly logger: string;
  readonly message: string;
  /** Absent where there is no (sampled) span. */
  readonly traceId?: string;
  readonly spanId?: string;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/** The level as a line shows it and as OTLP's `severity_text`. */
export const LEVEL_WORDS: Readonly<Record<LogLevel, string>> = {
  error: 'ERROR',
  warn: 'WARN',
  info: 'INFO',
  debug: 'DEBUG',
};

/** Whether a level is wanted where `least` is the least that is (`--log-level`). */
export function isWanted(level: LogLevel, least: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) <= LOG_LEVELS.indexOf(least);
}

const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);

/** The contract's text form of an entry, for people: one line, without its newline. */
export function formatText(entry: LogEntry): string {
  const { logger, message, traceId = NO_TRACE, spanId = NO_SPAN } = entry;
  const time = new Date(entry.time).toISOString();
  const level = LEVEL_WORDS[entry.level];
  return escapeControls(
    `${time} - ${logger} - ${level} - [trace_id=${traceId} span_id=${spanId}] - ${message}`,
  );
}

/** The contract's other form, for programs: one JSON object, without its newline. */
export function formatJson(entry: LogEntry): string {
  const line = JSON.stringify({
    time: new Date(entry.time).toISOString(),
    logger: entry.logger,
    level: LEVEL_WORDS[entry.level],
    trace_id: entry.traceId ?? NO_TRACE,
    span_id: entry.spanId ?? NO_SPAN,
    message: entry.message,
    attributes: entry.attributes ?? {},
  });
  return escapeControls(line);
}

// C0, DEL, C1, and Unicode's own line ends: what starts a new line or drives a terminal.
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** Each control character as JSON would escape it, so that an entry stays one harmless line. */
function escapeControls(text: string): string {
  return text.replace(CONTROLS, (control) => {
    if (control === '\n') return '\\n';
    return `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
