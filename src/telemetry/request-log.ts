import type { LogLevel } from '../config/settings';
import type { Operation } from '../tap/operation';
import type { LogEntry } from './log-entry';
import { statusCode } from './vocabularies/failure';
import { methodLabel, toolLabel } from './vocabularies/names';

/**
 * An operation as a log line: `tools/call add ok 0.12 ms`. It is made of labels and numbers alone,
 * never of content, and a name that is not known is `_OTHER`. What an observed server calls its tools
 * stands in it: control characters are escaped, so that it stays one line.
 *
 * @param logger the service's name
 */
export function requestLogEntry(op: Operation, logger: string): LogEntry {
  const method = methodLabel(op);
  const tool = toolLabel(op);
  const { outcome, duration } = op;
  const detail = failureDetail(op);

  // Plainly put together: it is done for each request.
  let message = op.direction === 'sent' ? `sent ${method}` : method;
  const attributes: Record<string, string | number> = { method };
  if (tool !== undefined) {
    message += ` ${tool}`;
    attributes['tool'] = tool;
  }
  message += ` ${outcome}`;
  attributes['outcome'] = outcome;
  if (detail !== undefined) {
    message += ` ${detail}`;
    attributes['error'] = detail;
  }
  message += ` ${duration.toFixed(2)} ms`;
  attributes['duration_ms'] = Math.round(duration * 1000) / 1000;

  const time = op.startTime + duration;
  const level = requestLogLevel(op);
  return op.sampled
    ? { time, level, logger, message, traceId: op.traceId, spanId: op.spanId, attributes }
    : { time, level, logger, message, attributes };
}

/**
 * Notifications are told at DEBUG: the contract promises a line for each request. So is what an
 * observed server prints among its messages, of which one warning tells.
 */
export function requestLogLevel(op: Operation): LogLevel {
  if (op.outcome === 'error') return 'error';
  if (op.outcome === 'tool_error') return 'warn';
  if (op.kind === 'notification' && op.outcome === 'ok') return 'debug';
  return op.kind === 'invalid' && op.direction === 'sent' ? 'debug' : 'info';
}

function failureDetail(op: Operation): string | undefined {
  if (op.outcome === 'tool_error') return op.toolError?.label;
  return op.cutOff ? 'cut_off' : statusCode(op);
}
