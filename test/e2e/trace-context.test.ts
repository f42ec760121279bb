import { stopAll, type Cli } from '../support/cli';
import type { Span } from '../support/otlp-types';
import { counted, sumOf } from './support/points';
import { run, type Run } from './support/run';
import { logLines, NO_SPAN, NO_TRACE, requestLines } from './support/stderr-lines';

// `_meta` of a request: the caller's trace context (W3C), and the samplers.

afterEach(stopAll);

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const traceparent = `00-${TRACE}-${PARENT}-01`;
const unsampled = `00-${TRACE}-${PARENT}-00`;

const call = (meta: object) => (cli: Cli) => cli.call('add', { a: 1, b: 2 }, meta);

async function callWith(meta: object, env: Record<string, string> = {}): Promise<Run> {
  return run({ env }, call(meta));
}
const onlySpan = ({ receiver }: Run): Span => {
  expect(receiver.spans).toHaveLength(1);
  return receiver.spans[0]!;
};

describe('the caller is the parent', () => {
  test.each<[string, object, string]>([
    ['traceparent alone', { traceparent }, ''],
    ['with tracestate', { traceparent, tracestate: 'a=1,b@v=2' }, 'a=1,b@v=2'],
    ['with a higher version', { traceparent: `01-${TRACE}-${PARENT}-01-more` }, ''],
    ['with other flags', { traceparent: `00-${TRACE}-${PARENT}-03` }, ''],
    ['a malformed tracestate is left out alone', { traceparent, tracestate: 'A=,=' }, ''],
    ['baggage beside it', { traceparent, baggage: 'k=v' }, ''],
  ])('%s', async (_title, meta, traceState) => {
    const finished = await callWith(meta);
    const span = onlySpan(finished);
    expect(span).toMatchObject({ traceId: TRACE, parentSpanId: PARENT, traceState });
    expect(span.spanId).not.toBe(PARENT);
    // OTLP: 0x100 says that it is known whether the parent is remote, 0x200 that it is.
    expect(span.flags & 0x301).toBe(0x301);
    const [line] = requestLines(logLines(finished.cli.stderr));
    expect(line).toMatchObject({ traceId: TRACE, spanId: span.spanId });
    expect(finished.receiver.logs[0]).toMatchObject({ traceId: TRACE, spanId: span.spanId });
  });

  test('of every kind of message', async () => {
    const meta = { _meta: { traceparent } };
    const { receiver } = await run({}, async (cli) => {
      await cli.request('ping', meta);
      await cli.request('tools/list', meta);
      await cli.request('no/such', meta);
      cli.notify('notifications/progress', meta);
      await cli.call('nothing', {}, { traceparent });
    });
    expect(receiver.spans).toHaveLength(5);
    for (const span of receiver.spans) {
      expect(span).toMatchObject({ traceId: TRACE, parentSpanId: PARENT });
    }
  });
});

describe('malformed values are ignored', () => {
  test.each([
    ['not hex', `00-${TRACE.replace('0', 'g')}-${PARENT}-01`],
    ['upper case', `00-${TRACE.toUpperCase()}-${PARENT}-01`],
    ['a trace id of zeros', `00-${NO_TRACE}-${PARENT}-01`],
    ['a span id of zeros', `00-${TRACE}-${NO_SPAN}-01`],
    ['the forbidden version', `ff-${TRACE}-${PARENT}-01`],
    ['version 00 with more', `00-${TRACE}-${PARENT}-01-more`],
    ['too short', `00-${TRACE}-${PARENT}`],
    ['empty', ''],
    ['a number', 5],
    ['an object', { traceparent }],
    ['white space', ` ${traceparent}`],
    ['a newline behind it', `${traceparent}\n`],
  ])('%s', async (_title, value) => {
    const span = onlySpan(await callWith({ traceparent: value, tracestate: 'a=1' }));
    expect(span).toMatchObject({ parentSpanId: '', traceState: '' });
    expect(span.traceId).not.toBe(TRACE);
    expect(span.flags & 0x301).not.toBe(0x301);
  });

  test('tracestate without traceparent', async () => {
    expect(onlySpan(await callWith({ tracestate: 'a=1' })).traceState).toBe('');
  });
});

/** No span, and no ids that lead to none; counted all the same. */
function expectUnsampled({ receiver, cli }: Run): void {
  expect(receiver.spans).toEqual([]);
  const [line] = requestLines(logLines(cli.stderr));
  expect(line).toMatchObject({ traceId: NO_TRACE, spanId: NO_SPAN });
  expect(receiver.logs[0]).toMatchObject({ traceId: '', spanId: '' });
  expect(counted(receiver.latest('mcp.requests.total'))).toEqual({
    'method=tools/call outcome=ok tool=add': 1,
  });
  expect(sumOf(receiver.latest('mcp.server.operation.duration'))).toBe(1);
  expect(sumOf(receiver.latest('otel.sdk.span.started'))).toBe(0);
}

const sampler = (name: string, arg?: string): Record<string, string> => ({
  OTEL_TRACES_SAMPLER: name,
  ...(arg !== undefined && { OTEL_TRACES_SAMPLER_ARG: arg }),
});

describe('samplers', () => {
  test.each<[string, object, Record<string, string>]>([
    ['the default honours the parent', { traceparent: unsampled }, {}],
    ['parentbased_always_on too', { traceparent: unsampled }, sampler('parentbased_always_on')],
    ['always_off', { traceparent }, sampler('always_off')],
    ['parentbased_always_off, a root', {}, sampler('parentbased_always_off')],
    ['traceidratio 0', { traceparent }, sampler('traceidratio', '0')],
    ['parentbased_traceidratio 0, a root', {}, sampler('parentbased_traceidratio', '0')],
  ])('no span: %s', async (_title, meta, env) => {
    expectUnsampled(await callWith(meta, env));
  });

  test.each<[string, object, Record<string, string>]>([
    ['always_on', { traceparent: unsampled }, sampler('always_on')],
    [
      'parentbased_always_off, a sampled parent',
      { traceparent },
      sampler('parentbased_always_off'),
    ],
    ['traceidratio 1', { traceparent: unsampled }, sampler('traceidratio', '1')],
    ['traceidratio without an argument', {}, sampler('traceidratio')],
    [
      'parentbased_traceidratio 0, a sampled parent',
      { traceparent },
      sampler('parentbased_traceidratio', '0'),
    ],
  ])('a span: %s', async (_title, meta, env) => {
    const { flags } = onlySpan(await callWith(meta, env));
    expect(flags & 1).toBe(1);
  });

  test('traceidratio 0.5 takes about half, by the trace id', async () => {
    const trace = (i: number): string => i.toString(16).padStart(8, '0').repeat(3) + 'c0000000';
    const sampled = async (): Promise<string[]> => {
      const env = sampler('traceidratio', '0.5');
      const { receiver } = await run({ env }, (cli) =>
        Promise.all(
          Array.from({ length: 200 }, (_, i) => {
            const id = trace(i * 0x0123_4567 + 1).slice(-32);
            return cli.request('ping', { _meta: { traceparent: `00-${id}-${PARENT}-01` } });
          }),
        ),
      );
      expect(sumOf(receiver.latest('mcp.requests.total'))).toBe(200);
      return receiver.spans.map(({ traceId }) => traceId).sort();
    };
    const [first, second] = await Promise.all([sampled(), sampled()]);
    expect(first).toEqual(second);
    expect(first.length).toBeGreaterThan(50);
    expect(first.length).toBeLessThan(150);
  });
});

describe('OTEL_PROPAGATORS', () => {
  test.each([
    ['none', false],
    ['baggage', false],
    ['tracecontext', true],
    ['tracecontext,baggage', true],
    ['', true],
  ])('%j', async (value, isRead) => {
    const span = onlySpan(await callWith({ traceparent }, { OTEL_PROPAGATORS: value }));
    expect(span.parentSpanId).toBe(isRead ? PARENT : '');
    expect(span.traceId === TRACE).toBe(isRead);
  });
});
