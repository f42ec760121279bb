import type { LogLevel } from '../config/settings';
import type { Operation } from '../tap/operation';
import type { LogEntry } from './log-entry';
import { statusCode } from './vocabularies/failure';
import { methodLabel, toolLabel } from './vocabularies/names';

/**
 * An operation as a log line: `tools/call add ok 0.12 ms`. It is made of labels and numbers alone,
 * never of content, and a name that is not known is `_OTHER`: nothing that was sent can forge it.
 *
 * @param logger the service's name
 */
export function requestLogEntry(op: Operation, logger: string): LogEntry {
  const method = methodLabel(op);
  const tool = toolLabel(op);
  const detail = failureDetail(op);
  return {
    time: op.startTime + op.duration,
    level: requestLogLevel(op),
    logger,
    message: [
      ...(op.direction === 'sent' ? ['sent'] : []),
      method,
      ...(tool === undefined ? [] : [tool]),
      op.outcome,
      ...(detail === undefined ? [] : [detail]),
      `${op.duration.toFixed(2)} ms`,
    ].join(' '),
    ...(op.sampled ? { traceId: op.traceId, spanId: op.spanId } : {}),
    attributes: {
      method,
      ...(tool === undefined ? {} : { tool }),
      outcome: op.outcome,
      ...(detail === undefined ? {} : { error: detail }),
      duration_ms: Math.round(op.duration * 1000) / 1000,
    },
  };
}

/** Notifications are told at DEBUG: the contract promises a line for each request. */
export function requestLogLevel(op: Operation): LogLevel {
  if (op.outcome === 'error') return 'error';
  if (op.outcome === 'tool_error') return 'warn';
  return op.kind === 'notification' && op.outcome === 'ok' ? 'debug' : 'info';
}

function failureDetail(op: Operation): string | undefined {
  if (op.outcome === 'tool_error') return op.toolError?.label;
  return op.cutOff ? 'cut_off' : statusCode(op);
}
