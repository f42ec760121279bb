import { diag, DiagLogLevel, type DiagLogger } from '@opentelemetry/api';
import { setGlobalErrorHandler } from '@opentelemetry/core';
import { inspect } from 'node:util';
import type { DiagLevel, LogLevel } from '../config/settings';
import type { PartialSuccesses } from './partial-success';

const LEVELS: Readonly<Record<DiagLevel, DiagLogLevel>> = {
  none: DiagLogLevel.NONE,
  error: DiagLogLevel.ERROR,
  warn: DiagLogLevel.WARN,
  info: DiagLogLevel.INFO,
  debug: DiagLogLevel.DEBUG,
  verbose: DiagLogLevel.VERBOSE,
  all: DiagLogLevel.ALL,
};
const MAX_MESSAGE = 500;

/**
 * OpenTelemetry's own diagnostics as log lines; its console logger would write to stdout.
 *
 * @param level OTEL_LOG_LEVEL: what is written. Warnings are heard in any case, for partial successes.
 */
export function hearDiagnostics(
  level: DiagLevel,
  partial: PartialSuccesses,
  write: (level: LogLevel, message: string) => void,
): void {
  const wanted = LEVELS[level];
  const told = new Set<string>();
  const say =
    (severity: DiagLogLevel, as: LogLevel) =>
    (message: string, ...args: unknown[]) => {
      if (severity === DiagLogLevel.WARN && partial.hear(message, args)) return;
      if (severity > wanted) return;
      if (severity <= DiagLogLevel.WARN) {
        // A fault that is there at every export is told once; the first word may be a component's name.
        const gist = [message, ...args.filter((arg) => typeof arg === 'string')].join(' ');
        if (told.has(gist)) return;
        if (told.size < 100) told.add(gist);
      }
      write(as, shorten([message, ...args.map(show)].join(' ')));
    };
  const logger: DiagLogger = {
    error: say(DiagLogLevel.ERROR, 'error'),
    warn: say(DiagLogLevel.WARN, 'warn'),
    info: say(DiagLogLevel.INFO, 'info'),
    debug: say(DiagLogLevel.DEBUG, 'debug'),
    verbose: say(DiagLogLevel.VERBOSE, 'debug'),
  };
  diag.setLogger(logger, {
    logLevel: Math.max(wanted, DiagLogLevel.WARN),
    suppressOverrideMessage: true,
  });
  setGlobalErrorHandler((error) =>
    logger.error(error instanceof Error ? error.message : String(error)),
  );
}

function show(value: unknown): string {
  return typeof value === 'string'
    ? value
    : inspect(value, { depth: 1, breakLength: Infinity, maxArrayLength: 3 });
}

function shorten(text: string): string {
  return text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)}…` : text;
}
