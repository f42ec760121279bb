import { context, propagation, trace, TraceFlags } from '@opentelemetry/api';
import type { OpenOperation } from '../../src/tap/tap';
import { createActivators, currentIds } from '../../src/telemetry/context';
import { operation } from './operations';

const { atOnce, lasting } = createActivators();
afterAll(() => context.disable());

const open = (changes: Parameters<typeof operation>[0] = {}, baggage?: string): OpenOperation => ({
  operation: operation(changes),
  start: { wall: 0, monotonic: 0 } as unknown as OpenOperation['start'],
  ...(baggage === undefined ? {} : { baggage }),
});
const { traceId, spanId } = operation();

/** What a tool sees while it runs. */
function within<T>(one: OpenOperation, look: () => T, activate = lasting): T {
  let seen!: T;
  activate(one, () => void (seen = look()));
  return seen;
}

test('while a request is handled its ids are the current ones, and then no more', () => {
  expect(within(open(), currentIds)).toEqual({ traceId, spanId });
  expect(currentIds()).toBeUndefined();
});

test('also after a pause, and beside another request', async () => {
  const later = (one: OpenOperation) =>
    within(one, () => new Promise((resolve) => setTimeout(resolve, 5)).then(currentIds));
  const other = '1'.repeat(16);
  const seen = await Promise.all([later(open()), later(open({ spanId: other }))]);
  expect(seen).toEqual([
    { traceId, spanId },
    { traceId, spanId: other },
  ]);
});

test('a span that is not sampled is current, but no line names it', () => {
  const one = open({ sampled: false });
  expect(within(one, currentIds)).toBeUndefined();
  const span = within(one, () => trace.getSpanContext(context.active()));
  expect(span).toMatchObject({ traceId, spanId, traceFlags: TraceFlags.NONE });
});

test("the caller's trace state and baggage are there", () => {
  const one = open({ traceState: 'a=1,b=2' }, 'user=ann,tier=gold');
  const span = within(one, () => trace.getSpanContext(context.active()));
  expect(span?.traceState?.serialize()).toBe('a=1,b=2');
  const baggage = within(one, () => propagation.getBaggage(context.active()));
  expect(baggage?.getEntry('user')?.value).toBe('ann');
  expect(baggage?.getEntry('tier')?.value).toBe('gold');
});

test.each(['', ';;;', 'x'.repeat(20_000)])(
  'baggage that is none of it harms nothing',
  (baggage) => {
    expect(within(open({}, baggage), currentIds)).toEqual({ traceId, spanId });
  },
);

test('what a handler throws comes through', () => {
  expect(() =>
    lasting(open(), () => {
      throw new Error('from the tool');
    }),
  ).toThrow('from the tool');
});

describe('at once', () => {
  const atOnceWithin = <T>(one: OpenOperation, look: () => T) => within(one, look, atOnce);

  test('its ids are the current ones, and then no more, whatever was thrown', () => {
    expect(atOnceWithin(open(), currentIds)).toEqual({ traceId, spanId });
    const throwing = () => {
      throw new Error('a tool');
    };
    expect(() => atOnceWithin(open(), throwing)).toThrow('a tool');
    expect(currentIds()).toBeUndefined();
  });

  test('a span that a tool starts is a child, and within it current, also later', async () => {
    const other = '1'.repeat(16);
    const child = () =>
      trace.setSpanContext(context.active(), { traceId, spanId: other, traceFlags: 1 });
    const seen = await atOnceWithin(open(), () =>
      context.with(child(), async () => {
        const now = currentIds();
        await new Promise((resolve) => setTimeout(resolve, 5));
        return [now, currentIds()];
      }),
    );
    expect(seen).toEqual([
      { traceId, spanId: other },
      { traceId, spanId: other },
    ]);
    expect(atOnceWithin(open(), () => (context.with(child(), () => {}), currentIds()))).toEqual({
      traceId,
      spanId,
    });
  });
});
