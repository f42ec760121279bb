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

/** Runs something while a request's ids are OpenTelemetry's current ones. */
export type Activate = (open: OpenOperation, run: () => void) => void;

export interface Activators {
  /** For handling that is over when it returns. */
  readonly atOnce: Activate;
  /** For handling that goes on later. */
  readonly lasting: Activate;
}

/**
 * Makes a request's ids OpenTelemetry's current ones while it is handled, so that a log line, or a
 * span that a tool's author starts, falls into its trace.
 */
export function createActivators(): Activators {
  const manager = new RequestContextManager();
  context.setGlobalContextManager(manager.enable());
  const deferred = (open: OpenOperation) => new DeferredContext(() => contextOf(open));
  return {
    atOnce: (open, run) => manager.during(deferred(open), run),
    lasting: (open, run) => context.with(deferred(open), run),
  };
}

/** The ids of the span that is current, where it is sampled. */
export const currentIds = () => sampledIds(context.active());

/** The same of a context. */
export function sampledIds(active: Context): { traceId: string; spanId: string } | undefined {
  const span = trace.getSpanContext(active);
  return span && span.traceFlags & TraceFlags.SAMPLED
    ? { traceId: span.traceId, spanId: span.spanId }
    : undefined;
}

/**
 * OpenTelemetry's own context manager, with a way beside it for what does not outlast a call. From
 * the first use of its AsyncLocalStorage on, Node 20 calls hooks at every promise, timer and write.
 */
class RequestContextManager extends AsyncLocalStorageContextManager {
  private current: Context | undefined;

  override active(): Context {
    return this.current ?? super.active();
  }

  override with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    inner: Context,
    run: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return this.replacing(undefined, () => super.with(inner, run, thisArg, ...args));
  }

  during(current: Context, run: () => void): void {
    this.replacing(current, run);
  }

  private replacing<T>(current: Context | undefined, run: () => T): T {
    const outer = this.current;
    this.current = current;
    try {
      return run();
    } finally {
      this.current = outer;
    }
  }
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

const baggagePropagator = new W3CBaggagePropagator();
const baggageGetter = { keys: () => ['baggage'], get: (carrier: string) => carrier };

/** A context in which a request's span is the current one, with the caller's baggage. */
export function contextOf({ operation, baggage }: OpenOperation, outer = ROOT_CONTEXT): Context {
  const active = trace.setSpanContext(outer, {
    traceId: operation.traceId,
    spanId: operation.spanId,
    traceFlags: operation.sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    ...(operation.traceState === undefined
      ? {}
      : { traceState: createTraceState(operation.traceState) }),
  });
  return baggage === undefined ? active : baggagePropagator.extract(active, baggage, baggageGetter);
}
