import {
  context,
  createTraceState,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  type Context,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CBaggagePropagator } from '@opentelemetry/core';
import type { OpenOperation } from '../tap/tap';

/**
 * Makes a request's ids OpenTelemetry's current ones while it is handled, so that a log line, or a
 * span that a tool's author starts, falls into its trace.
 */
export function createActivator(): (open: OpenOperation, run: () => void) => void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const baggage = new W3CBaggagePropagator();
  const getter = { keys: () => ['baggage'], get: (carrier: string) => carrier };
  return (open, run) => {
    const active = contextOf(open);
    const full =
      open.baggage === undefined ? active : baggage.extract(active, open.baggage, getter);
    context.with(full, run);
  };
}

/** The ids of the span that is current, where it is sampled. */
export function currentIds(): { traceId: string; spanId: string } | undefined {
  const span = trace.getSpanContext(context.active());
  return span && span.traceFlags & TraceFlags.SAMPLED
    ? { traceId: span.traceId, spanId: span.spanId }
    : undefined;
}

function contextOf({ operation }: OpenOperation): Context {
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId: operation.traceId,
    spanId: operation.spanId,
    traceFlags: operation.sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    ...(operation.traceState === undefined
      ? {}
      : { traceState: createTraceState(operation.traceState) }),
  });
}
