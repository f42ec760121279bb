import { context, createContextKey, propagation, trace, TraceFlags } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenOperation } from '../../src/tap/tap';
import { SharedContext } from '../../src/telemetry/shared-context';
import { operation } from './operations';

const REGISTERED = Symbol.for('opentelemetry.js.api.1');
const registry = globalThis as { [REGISTERED]?: Record<string, unknown> };
const KEY = createContextKey('the author’s');

let temp: string;
beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), 'ts-calculator-context-'));
  delete registry[REGISTERED];
});
afterEach(() => {
  context.disable();
  delete registry[REGISTERED];
  rmSync(temp, { recursive: true });
});

const open = (changes: Parameters<typeof operation>[0] = {}, baggage?: string): OpenOperation => ({
  operation: operation(changes),
  start: { wall: 0, monotonic: 0 },
  ...(baggage === undefined ? {} : { baggage }),
});
const { traceId, spanId } = operation();

function within<T>(shared: SharedContext, one: OpenOperation, look: () => T): T {
  let seen!: T;
  shared.during(one, () => void (seen = look()));
  return seen;
}

/** A script whose author has a version of the API. */
function scriptBeside(version: string): string {
  const api = join(temp, 'node_modules', '@opentelemetry', 'api');
  mkdirSync(join(api, 'build', 'src'), { recursive: true });
  writeFileSync(join(api, 'build', 'src', 'index.js'), '');
  const main = 'build/src/index.js';
  writeFileSync(
    join(api, 'package.json'),
    JSON.stringify({ name: '@opentelemetry/api', version, main }),
  );
  return join(temp, 'server.mjs');
}

describe('where nobody manages context', () => {
  test('a request is current from the first one on, also after a pause', async () => {
    const shared = new SharedContext(undefined);
    expect(shared.active()).toEqual({});
    const later = within(shared, open(), async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return [trace.getActiveSpan()?.spanContext(), shared.active(), shared.currentIds()];
    });
    expect(await later).toEqual([
      { traceId, spanId, traceFlags: TraceFlags.SAMPLED },
      { traceId, spanId, sampled: true },
      { traceId, spanId },
    ]);
    expect(shared.active()).toEqual({});
  });

  test('the author can register a provider later: under the version of his API', () => {
    within(new SharedContext(scriptBeside('1.4.1')), open(), () => undefined);
    expect(registry[REGISTERED]).toMatchObject({ version: '1.4.1' });
  });

  test('a provider that was registered without a manager stays', () => {
    const provider = new NodeTracerProvider();
    expect(trace.setGlobalTracerProvider(provider)).toBe(true);
    const span = within(new SharedContext(scriptBeside('1.4.1')), open(), () =>
      trace.getTracer('x').startSpan('own').spanContext(),
    );
    expect(span.traceId).toBe(traceId);
    trace.disable();
  });
});

describe("where the author's manager is registered", () => {
  const manager = () => new AsyncLocalStorageContextManager().enable();

  test('it is used, and what the author has put into the context stays', () => {
    const own = manager();
    context.setGlobalContextManager(own);
    const shared = new SharedContext(undefined);
    const seen = context.with(context.active().setValue(KEY, 'mine'), () =>
      within(shared, open(), () => [own.active().getValue(KEY), shared.active().spanId]),
    );
    expect(seen).toEqual(['mine', spanId]);
  });

  test('also by a copy of the API that ours would not heed', () => {
    const own = manager();
    registry[REGISTERED] = { version: '1.0.0', context: own };
    const seen = within(new SharedContext(undefined), open(), () =>
      trace.getSpanContext(own.active()),
    );
    expect(seen).toMatchObject({ traceId, spanId });
    expect(registry[REGISTERED]).toEqual({ version: '1.0.0', context: own });
  });
});

test("a span of the author's own is the one that is current", () => {
  const shared = new SharedContext(undefined);
  const own = { traceId, spanId: '1'.repeat(16), traceFlags: TraceFlags.NONE };
  const active = within(shared, open(), () =>
    context.with(trace.setSpanContext(context.active(), own), shared.active),
  );
  expect(active).toEqual({ traceId, spanId: own.spanId, sampled: false });
});

test("the caller's trace state and baggage are there", () => {
  const shared = new SharedContext(undefined);
  const [state, baggage] = within(shared, open({ traceState: 'a=1' }, 'user=ann'), () => [
    shared.active().traceState,
    propagation.getActiveBaggage()?.getEntry('user')?.value,
  ]);
  expect([state, baggage]).toEqual(['a=1', 'ann']);
});
