import { cancellation, Conversation, error, notification, request, result } from './conversation';
import { deferred } from './deferred';
import { turn } from './slow-stream';

/** A conversation for which the SDK's Server is loaded when the test says so. */
function start() {
  const { promise, resolve, reject } = deferred();
  const load = jest.fn(() => promise);
  const loaded = async (): Promise<void> => {
    resolve();
    await turn();
  };
  const failed = async (fault: Error): Promise<void> => {
    reject(fault);
    await turn();
  };
  return { talk: new Conversation({}, load), load, loaded, failed };
}

test('it is loaded with the first request: before, a notification means nothing', async () => {
  const { talk, load, loaded } = start();
  talk.receive(notification('n'), cancellation(1));
  expect([talk.outcomes, load.mock.calls.length]).toEqual([
    ['n ok', 'notifications/cancelled ok'],
    0,
  ]);
  talk.receive(request(1, 'a'), request(2, 'b'));
  await loaded();
  talk.receive(request(3, 'c'));
  expect(talk.passed.map(({ method }) => method)).toEqual(['a', 'b', 'c']);
  expect(load).toHaveBeenCalledTimes(1);
});

test('what comes meanwhile is handled in the order of arrival', async () => {
  const { talk, loaded } = start();
  talk.receive(request('x', 'a'), notification('n', { a: 1 }), request('y', 'b', { b: 1 }));
  await turn();
  expect([talk.passed, await talk.isIdle()]).toEqual([[], false]);

  await loaded();
  talk.receive(request('z', 'c'));
  expect(talk.passed).toEqual([
    { jsonrpc: '2.0', id: 1, method: 'a' },
    { jsonrpc: '2.0', method: 'n', params: { a: 1 } },
    { jsonrpc: '2.0', id: 2, method: 'b', params: { b: 1 } },
    { jsonrpc: '2.0', id: 3, method: 'c' },
  ]);
  for (const index of [0, 1, 2]) await talk.answer(index);
  expect(talk.written).toEqual(['x', 'y', 'z'].map((id, index) => result(id, { index })));
  expect(await talk.isIdle()).toBe(true);
});

test('what is cancelled meanwhile is not answered, and no longer awaited', async () => {
  const { talk, loaded } = start();
  talk.receive(request('x', 'a'), request('y', 'b'), cancellation('x'));
  expect(talk.outcomes).toEqual(['a cancelled', 'notifications/cancelled ok']);
  await loaded();
  expect(
    talk.passed.map(({ method, id, params }) => [method, id ?? params?.['requestId']]),
  ).toEqual([
    ['a', 1],
    ['b', 2],
    ['notifications/cancelled', 1],
  ]);
  await talk.answer(0);
  expect([talk.written, await talk.isIdle()]).toEqual([[], false]);
  await talk.answer(1);
  expect([talk.written, await talk.isIdle()]).toEqual([[result('y', { index: 1 })], true]);
});

test('all cancelled: nothing is awaited any more, though it is not yet loaded', async () => {
  const { talk } = start();
  talk.receive(request('x', 'a'), cancellation('x'));
  expect([talk.written, await talk.isIdle()]).toEqual([[], true]);
});

test('where it cannot be loaded, each request is an internal error, later ones too', async () => {
  const { talk, load, failed } = start();
  talk.receive(request('x', 'a'), notification('n'), request('y', 'b'), request('z', 'c'));
  talk.receive(cancellation('y'));
  expect(await talk.isIdle()).toBe(false);
  const fault = new Error('not loaded');
  await failed(fault);
  expect(talk.written).toEqual(['x', 'z'].map((id) => error(-32603, 'Internal error', id)));
  expect(await talk.isIdle()).toBe(true);

  talk.receive(request('late', 'd'));
  expect(talk.written[2]).toEqual(error(-32603, 'Internal error', 'late'));
  expect(await talk.isIdle()).toBe(true);
  expect([talk.faults, load.mock.calls.length]).toEqual([[fault], 1]);
  expect(talk.outcomes).toEqual([
    'n ok',
    'b cancelled',
    'notifications/cancelled ok',
    'a error',
    'c error',
    'd error',
  ]);
});
