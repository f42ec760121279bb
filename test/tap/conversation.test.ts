import { recordedConversation } from './recorded-conversation';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const TRACEPARENT = `00-${TRACE}-${SPAN}-01`;

describe('an answer finds its request', () => {
  test('per direction, since both sides count from 0', () => {
    const { client, server, operations } = recordedConversation();
    client({ id: 0, method: 'tools/call', params: { name: 'ask' } });
    server({ id: 0, method: 'elicitation/create', params: {} });
    client({ id: 0, result: { action: 'accept' } });
    expect(operations).toMatchObject([
      { method: 'elicitation/create', direction: 'sent', requestId: '0', outcome: 'ok' },
    ]);
    server({ id: 0, error: { code: -32603, message: 'm' } });
    expect(operations).toMatchObject([
      {},
      { method: 'tools/call', direction: 'received', requestId: '0', outcome: 'error' },
    ]);
  });

  test.each<[string, unknown, unknown]>([
    ['"1" and 1', '1', 1],
    ['0 and ""', 0, ''],
    ['"__proto__" and "constructor"', '__proto__', 'constructor'],
    ['0 and 1', 0, 1],
  ])('%s are two ids', (_, one, other) => {
    const { client, server, operations } = recordedConversation();
    client({ id: one, method: 'ping' });
    client({ id: other, method: 'tools/list' });
    server({ id: other, result: {} });
    expect(operations).toMatchObject([{ method: 'tools/list', outcome: 'ok' }]);
    server({ id: one, result: {} });
    expect(operations).toMatchObject([{}, { method: 'ping', outcome: 'ok' }]);
  });

  test('an id that is used twice is answered twice, in order', () => {
    const { client, server, operations, time } = recordedConversation();
    client({ id: 'dup', method: 'ping' });
    time.monotonic += 10;
    client({ id: 'dup', method: 'tools/list' });
    time.monotonic += 1;
    server({ id: 'dup', result: {} });
    server({ id: 'dup', error: { code: -32601, message: 'm' } });
    server({ id: 'dup', result: {} });
    expect(operations).toMatchObject([
      { method: 'ping', outcome: 'ok', duration: 11 },
      { method: 'tools/list', outcome: 'rejected', duration: 1 },
      { method: 'invalid', outcome: 'rejected', direction: 'sent' },
    ]);
  });

  test('in batches of both sides', () => {
    const { take, operations } = recordedConversation();
    const request = (id: number) => ({ jsonrpc: '2.0', id, method: 'ping' });
    const answer = (id: number) => ({ jsonrpc: '2.0', id, result: {} });
    expect(take('client', [request(50), request(51)])).toBe(true);
    expect(take('server', [answer(51), request(50), answer(50)])).toBe(true);
    expect(take('client', [answer(50)])).toBe(true);
    expect(operations.map((op) => [op.direction, op.requestId, op.outcome])).toEqual([
      ['received', '51', 'ok'],
      ['received', '50', 'ok'],
      ['sent', '50', 'ok'],
    ]);
  });

  test('it takes as long as passed between the two moments, whenever it is looked at', () => {
    const { client, conversation, operations, time } = recordedConversation();
    client({ id: 1, method: 'ping' });
    const at = { wall: time.wall + 3, monotonic: time.monotonic + 3 };
    time.monotonic += 500;
    conversation.take('server', { jsonrpc: '2.0', id: 1, result: {} }, at);
    expect(operations).toMatchObject([{ duration: 3 }]);
  });
});

describe('an answer that finds none', () => {
  test.each<[string, Record<string, unknown>]>([
    ['nobody asked', { id: 9, result: {} }],
    ['an error nobody asked for', { id: 9, error: { code: -32603, message: 'm' } }],
    ['a result without an id', { result: {} }],
    ['a result with a null id', { id: null, result: {} }],
    ['the id is a fraction', { id: 1.5, result: {} }],
    ['the id is an object', { id: {}, result: {} }],
  ])('%s: one refused line, in the direction in which it went', (_, answer) => {
    for (const from of ['client', 'server'] as const) {
      const recorded = recordedConversation();
      expect(recorded[from](answer)).toBe(true);
      const direction = from === 'server' ? 'sent' : 'received';
      expect(recorded.operations).toMatchObject([
        { kind: 'invalid', method: 'invalid', outcome: 'rejected', direction },
      ]);
    }
  });

  test.each<[string, Record<string, unknown>]>([
    ['a null id', { id: null, error: { code: -32700, message: 'm' } }],
    ['no id', { error: { code: -32700, message: 'm' } }],
  ])('an error with %s answers a line that was refused already', (_, answer) => {
    const { client, server, operations } = recordedConversation();
    client({ id: 1, method: 'ping' });
    expect(server(answer)).toBe(true);
    expect(operations).toEqual([]);
  });
});

describe('cancellation', () => {
  const cancel = (requestId: unknown) => ({
    method: 'notifications/cancelled',
    params: { requestId },
  });

  test.each([
    ['client', 'server'],
    ['server', 'client'],
  ] as const)('by the %s ends its own request, not the other’s', (asker, other) => {
    const recorded = recordedConversation();
    recorded[asker]({ id: 1, method: 'ping' });
    recorded[other]({ id: 1, method: 'ping' });
    recorded[asker](cancel(1));
    const direction = asker === 'client' ? 'received' : 'sent';
    expect(recorded.operations).toMatchObject([
      { method: 'ping', outcome: 'cancelled', direction },
      { method: 'notifications/cancelled', outcome: 'ok', direction },
    ]);
    expect(recorded.tap.openCount).toBe(1);
  });

  test('an answer that comes all the same is none that nobody asked for, but once', () => {
    const { client, server, operations } = recordedConversation();
    client({ id: 1, method: 'ping' });
    client(cancel(1));
    server({ id: 1, result: {} });
    expect(operations).toHaveLength(2);
    server({ id: 1, result: {} });
    expect(operations).toMatchObject([{}, {}, { kind: 'invalid', outcome: 'rejected' }]);
  });

  test('after the answer changes nothing', () => {
    const { client, server, operations } = recordedConversation();
    client({ id: 1, method: 'ping' });
    server({ id: 1, result: {} });
    client(cancel(1));
    expect(operations).toMatchObject([
      { method: 'ping', outcome: 'ok' },
      { method: 'notifications/cancelled' },
    ]);
  });

  test('an id that is used again is another request', () => {
    const { client, server, operations } = recordedConversation();
    client({ id: 1, method: 'ping' });
    client(cancel(1));
    client({ id: 1, method: 'tools/list' });
    server({ id: 1, result: {} });
    expect(operations.map(({ method, outcome }) => [method, outcome])).toEqual([
      ['ping', 'cancelled'],
      ['notifications/cancelled', 'ok'],
      ['tools/list', 'ok'],
    ]);
  });

  test.each([[9], ['1'], [null], [undefined], [{}], [[1]], [1.5]])(
    'of %j, which nobody asks, is a notification and no more',
    (requestId) => {
      const { client, operations, tap } = recordedConversation();
      client({ id: 1, method: 'ping' });
      client(cancel(requestId));
      expect(operations).toMatchObject([{ kind: 'notification', outcome: 'ok' }]);
      expect(tap.openCount).toBe(1);
    },
  );

  test('of initialize is forbidden: it waits for its answer', () => {
    const { client, server, operations } = recordedConversation();
    client({ id: 0, method: 'initialize', params: {} });
    client(cancel(0));
    server({ id: 0, result: { protocolVersion: '2025-11-25' } });
    expect(operations).toMatchObject([
      { method: 'notifications/cancelled' },
      { method: 'initialize', outcome: 'ok' },
    ]);
  });
});

describe('what the server does while one request is open belongs to it', () => {
  const call = (id: unknown, more: object = {}) => ({
    id,
    method: 'tools/call',
    params: { name: 'a', ...more },
  });

  test('its requests and notifications, and what is answered and refused', () => {
    const { client, server, take, operations, conversation } = recordedConversation();
    client(call(1, { _meta: { traceparent: TRACEPARENT, tracestate: 'a=1' } }));
    server({ id: 0, method: 'roots/list' });
    server({ method: 'notifications/message', params: {} });
    take('server', 'a banner');
    client({ id: 0, result: {} });
    const { spanId } = conversation.current!.operation;
    const child = { traceId: TRACE, parentSpanId: spanId, traceState: 'a=1', sampled: true };
    expect(operations).toMatchObject([
      { method: 'notifications/message', ...child },
      { kind: 'invalid', ...child },
      { method: 'roots/list', ...child },
    ]);
  });

  test('with its decision not to be sampled', () => {
    const { client, server, operations } = recordedConversation({
      sampler: (_, parent) => parent ?? true,
    });
    client(call(1, { _meta: { traceparent: TRACEPARENT.replace(/1$/, '0') } }));
    server({ method: 'notifications/message' });
    expect(operations).toMatchObject([{ sampled: false, traceId: TRACE }]);
  });

  test('a context of its own comes first', () => {
    const { client, server, operations } = recordedConversation();
    client(call(1));
    const params = { _meta: { traceparent: TRACEPARENT } };
    server({ method: 'notifications/message', params });
    expect(operations).toMatchObject([{ traceId: TRACE, parentSpanId: SPAN }]);
  });

  test('but not what the client says meanwhile', () => {
    const { client, operations } = recordedConversation();
    client(call(1));
    client({ method: 'notifications/initialized' });
    expect(operations[0]!.parentSpanId).toBeUndefined();
  });

  test.each<[string, (it: ReturnType<typeof recordedConversation>) => void]>([
    ['two are open', ({ client }) => [1, 2].map((id) => client(call(id)))],
    ['two of one id are open', ({ client }) => [1, 1].map((id) => client(call(id)))],
    ['none is', () => undefined],
    [
      'it is answered',
      ({ client, server }) => {
        client(call(1));
        server({ id: 1, result: {} });
      },
    ],
    ['only a subscription is', ({ client }) => client({ id: 1, method: 'subscriptions/listen' })],
  ])('not where %s: then it is a root', (_, before) => {
    const recorded = recordedConversation();
    before(recorded);
    recorded.operations.length = 0;
    recorded.server({ id: 0, method: 'roots/list' });
    recorded.client({ id: 0, result: {} });
    expect(recorded.operations).toMatchObject([{ method: 'roots/list' }]);
    expect(recorded.operations[0]!.parentSpanId).toBeUndefined();
    expect(recorded.conversation.current).toBeUndefined();
  });

  test.each([
    ['first', 20, 1],
    ['last', 1, 20],
    ['under the same id', 1, 1],
  ])('a subscription does not count, which came %s', (order, subscription, id) => {
    const { client, conversation } = recordedConversation();
    const messages = [{ id: subscription, method: 'subscriptions/listen' }, call(id)];
    for (const message of order === 'last' ? messages.reverse() : messages) client(message);
    expect(conversation.current?.operation.method).toBe('tools/call');
  });
});

describe('where it is known in the course of what the server says something', () => {
  const HANDLER = { traceId: 'f'.repeat(32), spanId: 'e'.repeat(16), sampled: true };
  const question = { jsonrpc: '2.0', id: 0, method: 'sampling/createMessage' };
  const asked = (parent: object) => {
    const { client, server, take, operations } = recordedConversation();
    client({ id: 1, method: 'tools/call', params: { name: 'a', _meta: { progressToken: 1 } } });
    take('server', question, undefined, parent);
    client({ id: 0, result: {} });
    const progress = { method: 'notifications/progress', params: { progressToken: 1 } };
    take('server', { jsonrpc: '2.0', ...progress }, undefined, parent);
    server({ id: 1, result: {} });
    return operations;
  };

  test('that counts, though a request is open; progress names its own', () => {
    const [sampling, progress, call] = asked(HANDLER);
    expect(sampling).toMatchObject({ traceId: HANDLER.traceId, parentSpanId: HANDLER.spanId });
    expect(progress).toMatchObject({ traceId: call!.traceId, parentSpanId: call!.spanId });
  });

  test('so does that it is in the course of nothing', () => {
    const [sampling, , call] = asked({});
    expect(sampling!.parentSpanId).toBeUndefined();
    expect(sampling!.traceId).not.toBe(call!.traceId);
  });
});

describe('progress', () => {
  const progress = (progressToken: unknown) => ({
    method: 'notifications/progress',
    params: { progressToken, progress: 1 },
  });
  const call = (id: number, progressToken: unknown) => ({
    id,
    method: 'tools/call',
    params: { name: 'a', _meta: { progressToken } },
  });

  test('names its request among many', () => {
    const { client, server, operations } = recordedConversation();
    const spans = new Map<unknown, string>();
    for (const [id, token] of [[1, 'a'] as const, [2, 1] as const, [3, '1'] as const]) {
      client(call(id, token));
      server(progress(token));
      spans.set(token, operations.at(-1)!.parentSpanId!);
    }
    expect(new Set(spans.values()).size).toBe(3);
    for (const token of [1, '1', 'a']) {
      server(progress(token));
      expect(operations.at(-1)).toMatchObject({
        method: 'notifications/progress',
        parentSpanId: spans.get(token),
      });
    }
  });

  test('of the client is about what the server has asked', () => {
    const { client, server, operations } = recordedConversation();
    server({ id: 0, method: 'sampling/createMessage', params: { _meta: { progressToken: 0 } } });
    client(progress(0));
    client({ id: 0, result: {} });
    expect(operations[0]!.parentSpanId).toBe(operations[1]!.spanId);
    expect(operations[0]!.direction).toBe('received');
  });

  test('of what was taken back is not about another', () => {
    const { client, server, operations } = recordedConversation();
    client(call(1, 1));
    client({ method: 'notifications/cancelled', params: { requestId: 1 } });
    client(call(2, 2));
    server(progress(1));
    expect(operations.at(-1)!.method).toBe('notifications/progress');
    expect(operations.at(-1)!.parentSpanId).toBeUndefined();
  });

  test('where two have one token, the later of them', () => {
    const { client, server, operations, conversation } = recordedConversation();
    client(call(1, 't'));
    client(call(2, 't'));
    server({ id: 1, result: {} });
    client({ id: 3, method: 'ping' });
    server(progress('t'));
    server({ id: 3, result: {} });
    expect(conversation.current?.operation.requestId).toBe('2');
    expect(operations[1]!.parentSpanId).toBe(conversation.current?.operation.spanId);
  });

  test.each([[undefined], [null], [{}], [['t']]])('a token that is %j names none', (token) => {
    const { client, server, operations } = recordedConversation();
    client(call(1, token));
    client(call(2, token));
    server(progress(token));
    expect(operations[0]!.parentSpanId).toBeUndefined();
  });
});

describe('at the end', () => {
  test('a subscription of the client’s was open by intent, all else is cut off', () => {
    const { client, server, conversation, operations, tap } = recordedConversation();
    client({ id: 1, method: 'subscriptions/listen' });
    client({ id: 2, method: 'tools/call', params: { name: 'a' } });
    server({ id: 1, method: 'roots/list' });
    conversation.close();
    conversation.close();
    expect(tap.openCount).toBe(0);
    const ends = operations.map(({ method, outcome, cutOff }) => [method, outcome, cutOff]);
    expect(ends.sort()).toEqual([
      ['roots/list', 'error', true],
      ['subscriptions/listen', 'ok', undefined],
      ['tools/call', 'error', true],
    ]);
  });

  test('a subscription that was taken back is cancelled', () => {
    const { client, conversation, operations } = recordedConversation();
    client({ id: 1, method: 'subscriptions/listen' });
    client({ method: 'notifications/cancelled', params: { requestId: 1 } });
    conversation.close();
    expect(operations).toMatchObject([{ outcome: 'cancelled' }, {}]);
  });

  test('of more than 65,536 that nobody answers the oldest are given up', () => {
    const { client, operations, tap } = recordedConversation();
    for (let id = 0; id < 65_540; id++) client({ id, method: 'ping' });
    expect(tap.openCount).toBe(65_536);
    expect(operations.map(({ requestId, cutOff }) => [requestId, cutOff])).toEqual([
      ...[0, 1, 2, 3].map((id) => [String(id), true]),
    ]);
  });
});

test.each<[string, unknown]>([
  ['a word', 'Server running'],
  ['a number', 42],
  ['null', null],
  ['an empty object', {}],
  ['an empty batch', []],
  ['no version', { id: 1, method: 'ping' }],
  ['params are an array', { jsonrpc: '2.0', id: 1, method: 'ping', params: [] }],
  ['a null id', { jsonrpc: '2.0', id: null, method: 'ping' }],
  ['a method that is a number', { jsonrpc: '2.0', method: 1 }],
])('what is no message is refused, and counted once: %s', (_, said) => {
  for (const from of ['client', 'server'] as const) {
    const { take, operations, tap } = recordedConversation();
    expect(take(from, said)).toBe(false);
    expect(operations).toMatchObject([{ kind: 'invalid', outcome: 'rejected' }]);
    expect(tap.openCount).toBe(0);
  }
});

test('a batch with a member that is none is no batch of messages, but the others count', () => {
  const { take, operations } = recordedConversation();
  expect(take('server', [1, { jsonrpc: '2.0', method: 'notifications/message' }, []])).toBe(false);
  expect(operations.map(({ kind }) => kind)).toEqual(['invalid', 'notification', 'invalid']);
});

test('what runs during a message has its operation; answers and noise have none', () => {
  const { take } = recordedConversation();
  const during: string[] = [];
  const run = (said: unknown) =>
    take('client', said, ({ operation }) => during.push(operation.method));
  run({ jsonrpc: '2.0', id: 1, method: 'ping' });
  run({ jsonrpc: '2.0', method: 'notifications/initialized' });
  run({ jsonrpc: '2.0', id: 1, result: {} });
  run('noise');
  expect(during).toEqual(['ping', 'notifications/initialized']);
});

test('null for params, which some libraries write, is none', () => {
  const { client, server, operations } = recordedConversation();
  client({ id: 1, method: 'tools/list', params: null });
  server({ id: 1, result: { tools: [] } });
  client({ method: 'notifications/initialized', params: null });
  expect(operations).toMatchObject([
    { kind: 'request', method: 'tools/list', outcome: 'ok' },
    { kind: 'notification', outcome: 'ok' },
  ]);
});
