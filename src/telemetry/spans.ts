import {
  createTraceState,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type HrTime,
  type SpanContext,
  type SpanStatus,
} from '@opentelemetry/api';
import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace-node';
import type { AttributeLimits } from '../config/settings';
import { cutText, MAX_CONTENT_CHARACTERS } from '../tap/bounded-json';
import type { Link, Operation } from '../tap/operation';
import { limitAttributes, limitText } from './attributes';
import { addHrTime, toHrTime } from './time';
import { failureMessage } from './vocabularies/failure';
import { spanName } from './vocabularies/names';
import { createAttributeWriter, type AttributeWriterOptions } from './vocabularies/writer';

export interface SpanFactoryOptions extends Omit<AttributeWriterOptions, 'valueLength'> {
  readonly limits: AttributeLimits;
  readonly resource: Resource;
  /** One object for all spans: exporters group by its identity. */
  readonly scope: InstrumentationScope;
}

const UNSET: SpanStatus = { code: SpanStatusCode.UNSET };

/**
 * Makes spans of operations, as the objects that OpenTelemetry's exporters take: no tracer runs, since
 * ids, times and the sampling decision are the operation's. Call it for sampled operations only.
 */
export function createSpanFactory(options: SpanFactoryOptions): (op: Operation) => ReadableSpan {
  const { resource, scope, limits } = options;
  const attributesOf = createAttributeWriter({ ...options, valueLength: limits.valueLength });

  return (op) => {
    const startTime = toHrTime(op.startTime);
    const duration = toHrTime(Math.max(0, op.duration));
    const endTime = addHrTime(startTime, duration);
    const { attributes, dropped } = limitAttributes(attributesOf(op), limits);
    const context = spanContext(op);
    const span: ReadableSpan = {
      name: spanName(op),
      kind: op.direction === 'received' ? SpanKind.SERVER : SpanKind.CLIENT,
      spanContext: () => context,
      startTime,
      endTime,
      duration,
      ended: true,
      status: spanStatus(op, limits),
      attributes,
      events: op.outcome === 'tool_error' ? [exceptionEvent(op, endTime, limits)] : [],
      links: op.link ? [{ context: { ...spanContext(op.link), isRemote: true } }] : [],
      resource,
      instrumentationScope: scope,
      droppedAttributesCount: dropped,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    };
    if (op.parentSpanId === undefined) return span;
    const parentSpanContext = { ...context, spanId: op.parentSpanId, isRemote: true };
    return { ...span, parentSpanContext };
  };
}

function spanContext({ traceId, spanId, sampled, traceState }: Operation | Link): SpanContext {
  const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  const context = { traceId, spanId, traceFlags };
  if (traceState === undefined) return context;
  return { ...context, traceState: createTraceState(traceState) };
}

/** What a span says of how the operation ended. */
export function spanStatus(op: Operation, limits: AttributeLimits): SpanStatus {
  const message = failureMessage(op);
  if (message === undefined) return UNSET;
  return { code: SpanStatusCode.ERROR, message: bounded(message, limits) };
}

/** The event of an operation whose tool failed (semantic conventions, "Exceptions on spans"). */
export function exceptionEvent(op: Operation, time: HrTime, limits: AttributeLimits): TimedEvent {
  const type = op.toolError?.label ?? 'internal';
  const message = op.toolError?.message;
  const { attributes, dropped } = limitAttributes(
    {
      'exception.type': type,
      ...(message ? { 'exception.message': bounded(message, limits) } : {}),
    },
    limits,
  );
  return { name: 'exception', time, attributes, droppedAttributesCount: dropped };
}

/** A message may quote what was sent: it is held to what content is held to. */
function bounded(message: string, { valueLength }: AttributeLimits): string {
  return limitText(cutText(message, MAX_CONTENT_CHARACTERS), valueLength);
}
