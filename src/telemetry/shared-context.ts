import {
  context,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  type Context,
  type ContextManager,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { OpenOperation } from '../tap/tap';
import type { TraceContext } from '../tap/trace-context';
import { contextOf, sampledIds } from './context';

/** What is registered with OpenTelemetry's API, by and for all copies of it in a process. */
interface Registered {
  /** Of the copy that registered first. Another's version may register nothing. */
  readonly version: string;
  context?: ContextManager;
}

/** Where each copy of the API looks, whatever its version 1.x. */
const REGISTERED = Symbol.for('opentelemetry.js.api.1');

/**
 * OpenTelemetry's context in a process that is not ours: its author's context manager, by whichever
 * copy of the API it was registered. Ours would refuse to look where an older one has registered.
 */
export class SharedContext {
  /** @param main the author's script, from which the author's copy of the API is found */
  constructor(private readonly main: string | undefined) {}

  /** Runs something while a request's span is the current one. Where nobody manages context, we do from now on. */
  during(open: OpenOperation, run: () => void): void {
    const manager = this.manager ?? this.register();
    manager.with(contextOf(open, manager.active()), run);
  }

  /** The span that is current, the author's own among them; `{}` where there is none. */
  readonly active = (): TraceContext => {
    const span = trace.getSpanContext(this.current);
    if (!span) return {};
    const { traceId, spanId, traceFlags } = span;
    const traceState = span.traceState?.serialize();
    return {
      traceId,
      spanId,
      sampled: (traceFlags & TraceFlags.SAMPLED) !== 0,
      ...(traceState && { traceState }),
    };
  };

  /** The ids of the span that is current, for log lines. */
  readonly currentIds = () => sampledIds(this.current);

  private get current(): Context {
    return this.manager?.active() ?? ROOT_CONTEXT;
  }

  private get manager(): ContextManager | undefined {
    return registry()[REGISTERED]?.context;
  }

  private register(): ContextManager {
    const manager = new AsyncLocalStorageContextManager().enable();
    const version = registry()[REGISTERED]?.version ?? versionNear(this.main);
    if (version === undefined) context.setGlobalContextManager(manager);
    else (registry()[REGISTERED] ??= { version }).context = manager;
    return manager;
  }
}

const registry = () => globalThis as { [REGISTERED]?: Registered };

/** The version of the API that a script would import: under another, it could register nothing itself. */
function versionNear(script: string | undefined): string | undefined {
  try {
    const entry = createRequire(script!).resolve('@opentelemetry/api');
    const manifest = readFileSync(join(entry, '..', '..', '..', 'package.json'), 'utf8');
    return (JSON.parse(manifest) as { version: string }).version;
  } catch {
    return undefined; // It has none, and needs none.
  }
}
