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
    const make = () => {
      const active = contextOf(open);
      return open.baggage === undefined ? active : baggage.extract(active, open.baggage, getter);
    };
    context.with(new DeferredContext(make), run);
  };
}

/** The ids of the span that is current, where it is sampled. */
export function currentIds(): { traceId: string; spanId: string } | undefined {
  const span = trace.getSpanContext(context.active());
  return span && span.traceFlags & TraceFlags.SAMPLED
    ? { traceId: span.traceId, spanId: span.spanId }
    : undefined;
}

/** A context that is made when someone looks into it: hardly a call's handling does. */
class DeferredContext implements Context {
  private made: Context | undefined;

  constructor(private readonly make: () => Context) {}

  getValue(key: symbol): unknown {
    return this.context.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return this.context.setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    return this.context.deleteValue(key);
  }

  private get context(): Context {
    return (this.made ??= this.make());
  }
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
