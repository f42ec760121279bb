import { AsyncLocalStorage } from 'node:async_hooks';
import type { Session } from '../../src/tap/operation';
import { Conversation, error, request } from './conversation';

const initialize = (clientInfo: object) =>
  request('i', 'initialize', { protocolVersion: '2025-11-25', clientInfo });

test('an answered initialize tells who speaks, in which revision', async () => {
  const known: Partial<Session>[] = [];
  const talk = new Conversation({ onInitialized: (session) => known.push(session) });
  talk.receive(initialize({ name: 'n'.repeat(200), version: '1' }));
  expect(known).toEqual([]);
  // The server may agree on another revision than was asked for.
  await talk.answer(0, { protocolVersion: '2025-06-18' });
  const expected = {
    protocolVersion: '2025-06-18',
    clientName: `${'n'.repeat(127)}…`,
    clientVersion: '1',
  };
  expect(known).toEqual([expected]);
  expect(talk.tap.operations[0]!.session).toMatchObject(expected);
});

test('a refused initialize begins nothing', async () => {
  const known: unknown[] = [];
  const talk = new Conversation({ onInitialized: (session) => known.push(session) });
  talk.receive(initialize({ name: 'c', version: '1' }));
  await talk.sdk.send({ jsonrpc: '2.0', id: 1, error: { code: -32600, message: 'no' } });
  expect(talk.written).toEqual([error(-32600, 'no', 'i')]);
  expect([known, talk.tap.operations[0]!.session.protocolVersion]).toEqual([[], undefined]);
});

test('the SDK is given each message within the context of its operation', () => {
  const current = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const talk = new Conversation({
    activate: {
      atOnce: () => {
        throw new Error('the SDK takes its time');
      },
      lasting: ({ operation }, run) => current.run(operation.spanId, run),
    },
  });
  talk.sdk.onmessage = () => void seen.push(current.getStore());
  talk.receive(request(1, 'ping'), { jsonrpc: '2.0', method: 'n' });
  const open = [...(talk.tap.tap as unknown as { open: Set<never> }).open];
  expect(open).toHaveLength(1);
  expect(seen).toHaveLength(2);
  expect(new Set(seen).size).toBe(2);
  expect(seen[1]).toBe(talk.tap.operations[0]!.spanId);
});

test('start does nothing, close is told to the SDK', async () => {
  const talk = new Conversation();
  const closed = jest.fn();
  talk.sdk.onclose = closed;
  await talk.sdk.start();
  await talk.sdk.close();
  expect(closed).toHaveBeenCalledTimes(1);
});
