import type { LogLevel } from '../config/settings';

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

const SEVERITY: Readonly<Record<LogLevel, number>> = { error: 0, warn: 1, info: 2, debug: 3 };

/** Whether a level is wanted where `least` is the least that is (`--log-level`). */
export function isWanted(level: LogLevel, least: LogLevel): boolean {
  return SEVERITY[level] <= SEVERITY[least];
}

const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);

/** Renders an entry as one line, without its newline. */
export type Format = (entry: LogEntry) => string;

/** A format of its own for each who writes lines: it remembers the time of the line before. */
export function createFormat(form: 'text' | 'json'): Format {
  const isoTime = createIsoTime();
  return form === 'json'
    ? (entry) => formatJson(entry, isoTime(entry.time))
    : (entry) => formatText(entry, isoTime(entry.time));
}

/** The contract's text form of an entry, for people. */
function formatText(entry: LogEntry, time: string): string {
  const { traceId = NO_TRACE, spanId = NO_SPAN } = entry;
  const logger = escapeControls(entry.logger);
  const message = escapeControls(entry.message);
  return `${time} - ${logger} - ${LEVEL_WORDS[entry.level]} - [trace_id=${traceId} span_id=${spanId}] - ${message}`;
}

/** The contract's other form, for programs: one JSON object. */
function formatJson(entry: LogEntry, time: string): string {
  const line = JSON.stringify({
    time,
    logger: entry.logger,
    level: LEVEL_WORDS[entry.level],
    trace_id: entry.traceId ?? NO_TRACE,
    span_id: entry.spanId ?? NO_SPAN,
    message: entry.message,
    attributes: entry.attributes ?? {},
  });
  return escapeControls(line);
}

/** ISO 8601, to the millisecond: made anew only where it differs from the line before. */
function createIsoTime(): (time: number) => string {
  let lastMillis = NaN;
  let lastTime = '';
  return (time) => {
    const millis = Math.trunc(time);
    if (millis !== lastMillis) {
      lastTime = new Date(millis).toISOString();
      lastMillis = millis;
    }
    return lastTime;
  };
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
