import type { Session } from '../../src/tap/operation';
import { recordingTap, SESSION } from './recording-tap';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

/** What every operation of these tests has; ids count up from 1. */
const common = (traceId: number, spanId: number) => ({
  direction: 'received',
  toolKnown: false,
  traceId: traceId.toString(16).padStart(32, '0'),
  spanId: spanId.toString(16).padStart(16, '0'),
  sampled: true,
  startTime: 1_700_000_000_000,
  duration: 0,
  session: SESSION,
});

describe('the operation of', () => {
  test('a request', () => {
    const { tap, operations, time } = recordingTap();
    const open = tap.request(7, 'ping', undefined);
    time.monotonic += 1.5;
    time.wall += 1.5;
    tap.answered(open, { result: {} });
    expect(operations).toEqual([
      {
        ...common(1, 2),
        kind: 'request',
        method: 'ping',
        methodKnown: true,
        requestId: '7',
        duration: 1.5,
        outcome: 'ok',
      },
    ]);
  });

  test('a tool call', () => {
    const { tap, operations } = recordingTap();
    const args = { a: 1, b: '2', c: true };
    const open = tap.request('x', 'tools/call', { name: 'add', arguments: args });
    tap.answered(open, { result: { structuredContent: { result: 3 }, content: [] } });
    expect(operations).toEqual([
      {
        ...common(1, 2),
        kind: 'request',
        method: 'tools/call',
        methodKnown: true,
        requestId: 'x',
        tool: 'add',
        toolKnown: true,
        argumentsText: '{"a":1,"b":"2","c":true}',
        numericArguments: { a: 1 },
        resultText: '{"result":3}',
        numericResult: 3,
        outcome: 'ok',
      },
    ]);
  });

  test('a notification', () => {
    const { tap, operations } = recordingTap();
    tap.handled(tap.notification('notifications/nope', { a: 1 }));
    expect(operations).toEqual([
      {
        ...common(1, 2),
        kind: 'notification',
        method: 'notifications/nope',
        methodKnown: false,
        outcome: 'ok',
      },
    ]);
  });

  test.each([
    ['without an id', undefined, {}],
    ['with an id', 5, { requestId: '5' }],
  ])('a refused line %s', (_, id, known) => {
    const { tap, operations } = recordingTap();
    tap.refused(-32600, 'Invalid request', id);
    expect(operations).toEqual([
      {
        ...common(1, 2),
        ...known,
        kind: 'invalid',
        method: 'invalid',
        methodKnown: false,
        outcome: 'rejected',
        rpcError: { code: -32600, message: 'Invalid request' },
      },
    ]);
  });

  test('a response that nobody asked for', () => {
    const { tap, operations } = recordingTap();
    tap.ignored();
    expect(operations).toMatchObject([{ kind: 'invalid', method: 'invalid', outcome: 'rejected' }]);
    expect(operations[0]).not.toHaveProperty('rpcError');
  });
});

describe('how it ends', () => {
  const ends = {
    ok: (tap, open) => tap.answered(open, { result: {} }),
    tool_error: (tap, open) => tap.answered(open, { result: { isError: true } }),
    rejected: (tap, open) => tap.answered(open, { error: { code: -32601, message: 'm' } }),
    error: (tap, open) => tap.answered(open, { error: { code: -32603, message: 'm' } }),
    cancelled: (tap, open) => tap.cancelled(open),
  } satisfies Record<string, (tap: Tap, open: Open) => void>;
  type Tap = ReturnType<typeof recordingTap>['tap'];
  type Open = ReturnType<Tap['request']>;
  const rows = Object.entries(ends);

  test.each(rows)('%s', (outcome, end) => {
    const { tap, operations } = recordingTap();
    end(tap, tap.request(1, 'ping', undefined));
    expect(operations).toMatchObject([{ outcome }]);
    expect(tap.openCount).toBe(0);
  });

  test.each(rows)('once %s it does not end again', (_, end) => {
    const { tap, operations } = recordingTap();
    const open = tap.request(1, 'ping', undefined);
    end(tap, open);
    const before = structuredClone(operations);
    for (const [, again] of rows) again(tap, open);
    tap.handled(open);
    tap.close();
    expect(operations).toEqual(before);
  });

  test('what is open when the connection ends is cut off', () => {
    const { tap, operations, time } = recordingTap();
    tap.request(1, 'ping', undefined);
    tap.notification('notifications/initialized', undefined);
    time.monotonic += 9;
    tap.close();
    const end = { outcome: 'error', cutOff: true, duration: 9 };
    expect(operations).toMatchObject([end, end]);
    expect(tap.openCount).toBe(0);
  });

  test('with what is known of the session then', () => {
    const { tap, operations } = recordingTap();
    const open = tap.request(1, 'initialize', undefined);
    tap.describeSession({ protocolVersion: '2025-11-25' });
    tap.answered(open, { result: {} });
    tap.describeSession({ clientName: 'later' });
    expect(operations[0]!.session).toEqual({ ...SESSION, protocolVersion: '2025-11-25' });
  });

  test('never before its start, whatever the wall clock does', () => {
    const { tap, operations, time } = recordingTap();
    const open = tap.request(1, 'ping', undefined);
    time.wall -= 3_600_000;
    time.monotonic += 2;
    tap.answered(open, { result: {} });
    tap.refused(-32700, 'm');
    expect(operations).toMatchObject([
      { startTime: 1_700_000_000_000, duration: 2 },
      { startTime: 1_699_996_400_000, duration: 0 },
    ]);
  });
});

describe('a session on several connections', () => {
  const end = (clientPort: number) => ({
    ...{ clientAddress: '127.0.0.1', clientPort },
    ...{ serverAddress: '127.0.0.1', serverPort: 8100, httpVersion: '1.1' },
  });
  const ports = (operations: readonly { method: string; session: Session }[]) =>
    operations.map(({ method, session }) => [method, session.clientPort]);

  test('an operation keeps the one on which it came, whichever ends first', () => {
    const { tap, operations } = recordingTap();
    tap.describeSession(end(1));
    const first = tap.request(1, 'first', undefined);
    tap.describeSession(end(2));
    const second = tap.request(2, 'second', undefined);
    tap.describeSession(end(1));
    const third = tap.request(3, 'third', undefined);
    tap.answered(second, { result: {} });
    tap.answered(third, { result: {} });
    tap.answered(first, { result: {} });
    expect(ports(operations)).toEqual([
      ['second', 2],
      ['third', 1],
      ['first', 1],
    ]);
    for (const { session } of operations) expect(session).toMatchObject({ serverPort: 8100 });
  });

  test('and is told all else that is known when it ends', () => {
    const { tap, operations } = recordingTap();
    tap.describeSession(end(1));
    const first = tap.request(1, 'first', undefined);
    tap.describeSession({ ...end(2), protocolVersion: '2025-11-25', clientName: 'c' });
    tap.answered(first, { result: {} });
    expect(operations[0]!.session).toEqual({
      ...{ ...SESSION, ...end(1), protocolVersion: '2025-11-25', clientName: 'c' },
    });
  });

  test('an address tells connections apart as well as a port', () => {
    const { tap, operations } = recordingTap();
    tap.describeSession(end(1));
    const first = tap.request(1, 'first', undefined);
    tap.describeSession({ ...end(1), clientAddress: '127.0.0.2' });
    tap.answered(first, { result: {} });
    expect(operations[0]!.session.clientAddress).toBe('127.0.0.1');
  });

  test('cut off, refused and cancelled ones do, too', () => {
    const { tap, operations } = recordingTap();
    tap.describeSession(end(1));
    tap.request(1, 'cut off', undefined);
    const cancelled = tap.request(2, 'cancelled', undefined);
    tap.refused(-32700, 'no');
    tap.describeSession(end(2));
    tap.cancelled(cancelled);
    tap.close();
    expect(ports(operations)).toEqual([
      ['invalid', 1],
      ['cancelled', 1],
      ['cut off', 1],
    ]);
  });

  test('one object a session, while there is one connection: it is encoded once', () => {
    const { tap, operations } = recordingTap();
    tap.describeSession(end(1));
    for (const id of [1, 2, 3]) tap.answered(tap.request(id, 'ping', undefined), { result: {} });
    expect(new Set(operations.map(({ session }) => session)).size).toBe(1);
  });
});

test('a caller’s trace is gone on with, under a span of our own', () => {
  const { tap, operations } = recordingTap({ sampler: (_, parentSampled) => parentSampled! });
  const parents = ['01', '00'].map((flags) => `00-${TRACE}-${SPAN}-${flags}`);
  for (const traceparent of parents) {
    const _meta = { traceparent, tracestate: 'a=1', baggage: 'k=v' };
    const open = tap.request(1, 'ping', { _meta });
    expect(open.baggage).toBe('k=v');
    tap.answered(open, { result: {} });
  }
  const own = { traceId: TRACE, parentSpanId: SPAN, traceState: 'a=1' };
  expect(operations).toMatchObject([
    { ...own, spanId: '0000000000000001', sampled: true },
    { ...own, spanId: '0000000000000002', sampled: false },
  ]);
});

describe('the context of what carried a message', () => {
  const traceparent = `00-${TRACE}-${SPAN}-01`;
  const CARRIER = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
  const ambient = { ...CARRIER, sampled: true, traceState: 'http=1', baggage: 'from=header' };
  const own = { traceId: TRACE, parentSpanId: SPAN };
  const carriers = { traceId: CARRIER.traceId, parentSpanId: CARRIER.spanId, traceState: 'http=1' };
  const root = { traceId: '0'.repeat(31) + '1', parentSpanId: undefined };
  const link = { ...CARRIER, sampled: true, traceState: 'http=1' };

  type Row = [string, object | undefined, object | undefined, string | undefined, object];
  test.each<Row>([
    ['neither', undefined, undefined, undefined, { ...root, link: undefined }],
    ['alone it is the parent', undefined, ambient, 'from=header', { ...carriers, link: undefined }],
    ['the message names one: a link', { traceparent }, ambient, undefined, { ...own, link }],
    [
      'each with its baggage',
      { traceparent, baggage: 'from=meta' },
      ambient,
      'from=meta',
      { ...own, link },
    ],
    ['baggage alone in the message', { baggage: 'from=meta' }, ambient, 'from=meta', carriers],
    ['a malformed one in the message', { traceparent: 'x' }, ambient, 'from=header', carriers],
    [
      'both the same',
      { traceparent },
      { traceId: TRACE, spanId: SPAN },
      undefined,
      { ...own, link: undefined },
    ],
    ['baggage alone', undefined, { baggage: 'k=v' }, 'k=v', { ...root, link: undefined }],
    [
      'baggage alone, beside a parent',
      { traceparent },
      { baggage: 'k=v' },
      undefined,
      { ...own, link: undefined },
    ],
    [
      'not sampled',
      { traceparent },
      { ...CARRIER, sampled: false },
      undefined,
      { ...own, link: { ...CARRIER, sampled: false } },
    ],
  ])('%s', (_, _meta, context, baggage, expected) => {
    const { tap, operations } = recordingTap();
    const open = tap.request(1, 'ping', { _meta }, { ambient: context });
    expect(open.baggage).toBe(baggage);
    tap.answered(open, { result: {} });
    expect(operations).toMatchObject([expected]);
  });

  test('decides over sampling where it is the parent alone', () => {
    const sampler = (_: string, parentSampled?: boolean) => parentSampled ?? true;
    const { tap, operations } = recordingTap({ sampler });
    const circumstances = { ambient: { ...ambient, sampled: false } };
    tap.answered(tap.request(1, 'ping', undefined, circumstances), { result: {} });
    tap.answered(tap.request(1, 'ping', { _meta: { traceparent } }, circumstances), { result: {} });
    expect(operations).toMatchObject([{ sampled: false }, { sampled: true }]);
  });

  test('is that of notifications and of refused lines, too', () => {
    const { tap, operations } = recordingTap();
    tap.handled(tap.notification('notifications/initialized', undefined, { ambient }));
    tap.refused(-32700, 'no JSON', undefined, { ambient });
    expect(operations).toMatchObject([carriers, carriers]);
  });

  test('stands behind the operation in whose course a message was sent', () => {
    const { tap, operations } = recordingTap();
    const parent = { traceId: TRACE, spanId: SPAN };
    tap.answered(tap.request(1, 'ping', undefined, { parent, ambient }), { result: {} });
    expect(operations).toMatchObject([{ ...own, link: undefined }]);
  });
});
