import { context } from '@opentelemetry/api';
import { LazyContext } from '../../src/cli/lazy-context';
import type { OpenOperation } from '../../src/tap/tap';
import { operation } from '../telemetry/operations';

afterEach(() => context.disable());

const open: OpenOperation = {
  operation: operation(),
  start: { wall: 0, monotonic: 0 } as unknown as OpenOperation['start'],
};
const { traceId, spanId } = operation();

/** The ids that are current while each of the two runs something. */
function seenWithin(lazy: LazyContext): unknown[] {
  const seen: unknown[] = [];
  lazy.atOnce(open, () => seen.push(lazy.currentIds() ?? 'none'));
  lazy.lasting(open, () => seen.push(lazy.currentIds() ?? 'none'));
  return seen;
}

test('before it is loaded, things run all the same, and no ids are current', () => {
  expect(seenWithin(new LazyContext())).toEqual(['none', 'none']);
});

test('once it is loaded, the ids are the request’s, and none outside', async () => {
  const lazy = new LazyContext();
  // Handed on before they are loaded, as the connection gets them.
  const { atOnce, lasting, currentIds } = lazy;
  await lazy.load();
  expect(seenWithin(lazy)).toEqual([
    { traceId, spanId },
    { traceId, spanId },
  ]);
  const seen: unknown[] = [];
  for (const activate of [atOnce, lasting]) activate(open, () => seen.push(currentIds()));
  expect(seen).toEqual([
    { traceId, spanId },
    { traceId, spanId },
  ]);
  expect(lazy.currentIds()).toBeUndefined();
});

test('what throws while it runs is not kept back', async () => {
  const lazy = new LazyContext();
  const fault = new Error('of the tool');
  const fail = () => {
    throw fault;
  };
  for (let loads = 0; loads < 2; loads++) {
    expect(() => lazy.atOnce(open, fail)).toThrow(fault);
    expect(() => lazy.lasting(open, fail)).toThrow(fault);
    await lazy.load();
  }
  expect(lazy.currentIds()).toBeUndefined();
});
