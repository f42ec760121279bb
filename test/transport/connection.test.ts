import { ErrorCode, RpcError } from '../../src/json-rpc';
import { cancellation, Conversation, error, notification, request, result } from './conversation';

test('a request goes to the SDK under an id of ours and comes back under its own', async () => {
  const talk = new Conversation();
  talk.receive(request('x', 'tools/list', { cursor: 'c' }), request(7, 'ping'));
  expect(talk.passed).toEqual([
    { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { cursor: 'c' } },
    { jsonrpc: '2.0', id: 2, method: 'ping' },
  ]);
  await talk.answer(1);
  await talk.answer(0);
  expect(talk.written).toEqual([result(7, { index: 1 }), result('x', { index: 0 })]);
  expect(talk.outcomes).toEqual(['ping ok', 'tools/list ok']);
});

test('an error of the SDK is passed on', async () => {
  const talk = new Conversation();
  talk.receive(request(1, 'nope'));
  const fault = { code: -32601, message: 'Method not found: nope' };
  await talk.sdk.send({ jsonrpc: '2.0', id: 1, error: fault });
  expect(talk.written).toEqual([error(-32601, fault.message, 1)]);
  expect(talk.outcomes).toEqual(['nope rejected']);
});

test('what has no request is written as it is', async () => {
  const talk = new Conversation();
  const message = { jsonrpc: '2.0', method: 'notifications/tools/list_changed' } as const;
  await talk.sdk.send(message);
  expect(talk.written).toEqual([message]);
});

test('an answer to a request that is not there is dropped', async () => {
  const talk = new Conversation();
  await talk.sdk.send({ jsonrpc: '2.0', id: 99, result: {} });
  expect(talk.written).toEqual([]);
});

describe('an id used twice', () => {
  test('each request gets its own answer', async () => {
    const talk = new Conversation();
    talk.receive(request('x', 'ping'), request('x', 'ping'), request(1, 'ping'));
    await talk.answer(2);
    await talk.answer(1);
    await talk.answer(0);
    expect(talk.written).toEqual([
      result(1, { index: 2 }),
      result('x', { index: 1 }),
      result('x', { index: 0 }),
    ]);
  });

  test('a cancellation means the oldest that is in flight', async () => {
    const talk = new Conversation();
    talk.receive(request('x', 'ping'), request('x', 'ping'), cancellation('x'));
    await talk.answer(1);
    expect(talk.written).toEqual([result('x', { index: 1 })]);
    expect(talk.outcomes).toEqual(['ping cancelled', 'notifications/cancelled ok', 'ping ok']);
    talk.receive(cancellation('x'));
    expect(talk.outcomes.slice(3)).toEqual(['notifications/cancelled ok']);
  });
});

describe('cancellation', () => {
  test('the SDK is told, under the id that it knows; a late answer is dropped', async () => {
    const talk = new Conversation();
    talk.receive(request('x', 'tools/call', { name: 'add' }), cancellation('x'));
    expect(talk.passed[1]).toEqual({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 1 },
    });
    await talk.answer(0);
    expect(talk.written).toEqual([]);
    expect(talk.outcomes).toEqual(['tools/call cancelled', 'notifications/cancelled ok']);
    expect(await talk.isIdle()).toBe(true);
  });

  test('one that comes too late changes nothing', async () => {
    const talk = new Conversation();
    talk.receive(request(1, 'ping'));
    await talk.answer(0);
    talk.receive(cancellation(1));
    expect(talk.written).toHaveLength(1);
    expect(talk.outcomes).toEqual(['ping ok', 'notifications/cancelled ok']);
    expect(talk.passed).toHaveLength(1);
  });

  test('that of initialize, which MCP forbids, changes nothing', async () => {
    const talk = new Conversation();
    const params = { protocolVersion: '2025-11-25', clientInfo: { name: 'c', version: '1' } };
    talk.receive(request(1, 'initialize', params), cancellation(1));
    await talk.answer(0, { protocolVersion: '2025-11-25' });
    expect(talk.written).toEqual([result(1, { protocolVersion: '2025-11-25' })]);
    expect(talk.outcomes).toEqual(['notifications/cancelled ok', 'initialize ok']);
  });

  test.each([
    ['of another kind of id', { requestId: '1' }],
    ['of an id never used', { requestId: 2 }],
    ['of the id that the SDK sees', { requestId: 100 }],
    ['without an id', {}],
    ['of an id that is null', { requestId: null }],
    ['without params', undefined],
  ])('one %s changes nothing', async (_, params) => {
    const talk = new Conversation();
    talk.receive(request(1, 'ping'), notification('notifications/cancelled', params));
    await talk.answer(0);
    expect(talk.written).toEqual([result(1, { index: 0 })]);
  });
});

describe('a refused request', () => {
  test('params that the check refuses never reach the SDK', () => {
    const refusal = new RpcError(ErrorCode.invalidParams, 'Invalid params for ping: no');
    const talk = new Conversation({ check: () => refusal });
    talk.receive(request(1, 'ping'));
    expect(talk.passed).toEqual([]);
    expect(talk.written).toEqual([error(-32602, 'Invalid params for ping: no', 1)]);
    expect(talk.outcomes).toEqual(['ping rejected']);
  });

  test('what the SDK cannot even take is an internal error, and the next request is served', async () => {
    const talk = new Conversation();
    const faults: unknown[] = [];
    talk.sdk.onerror = (fault) => faults.push(fault);
    const { onmessage } = talk.sdk;
    talk.sdk.onmessage = () => {
      throw new RangeError('too deep');
    };
    talk.receive(request(1, 'ping'));
    expect(talk.written).toEqual([error(-32603, 'Internal error', 1)]);
    expect(faults).toEqual([new RangeError('too deep')]);
    expect(talk.outcomes).toEqual(['ping error']);
    expect(await talk.isIdle()).toBe(true);

    talk.sdk.onmessage = onmessage!;
    talk.receive(request(2, 'ping'));
    await talk.answer(0);
    expect(talk.written[1]).toEqual(result(2, { index: 0 }));
  });

  test('a line too long is refused with its size', () => {
    const talk = new Conversation();
    talk.connection.receive({ oversizedBytes: 12_345_678 });
    expect(talk.written).toEqual([
      error(-32600, expect.stringMatching(/^Invalid request: .*12345678 bytes.*10 MB/)),
    ]);
    expect(talk.outcomes).toEqual(['invalid rejected']);
  });
});

describe('what is never answered', () => {
  test.each([
    ['a known notification', notification('notifications/initialized')],
    ['an unknown notification', notification('notifications/nope', { a: 1 })],
    ["a notification by a request's name", notification('tools/call', { name: 'add' })],
  ])('%s', (_, message) => {
    const talk = new Conversation();
    talk.receive(message);
    expect(talk.written).toEqual([]);
    expect(talk.passed).toHaveLength(1);
    expect(talk.outcomes).toEqual([`${message.method} ok`]);
  });

  test.each([
    ['a result', result(1, {})],
    ['an error', error(-32600, 'm', 1)],
    ['an error with the id null', error(-32700, 'm', null)],
  ])('%s that nobody asked for is counted', (_, message) => {
    const talk = new Conversation();
    talk.receive(request(1, 'ping'), message);
    expect([talk.written, talk.outcomes]).toEqual([[], ['invalid rejected']]);
  });
});

describe('idle', () => {
  test('waits for every request that was taken in', async () => {
    const talk = new Conversation();
    expect(await talk.isIdle()).toBe(true);
    talk.receive(request(1, 'ping'), request(2, 'ping'), request(3, 'ping'));
    await talk.answer(0);
    talk.receive(cancellation(2));
    expect(await talk.isIdle()).toBe(false);
    await talk.answer(2);
    expect(await talk.isIdle()).toBe(true);
  });
});
