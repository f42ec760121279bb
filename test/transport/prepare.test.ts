import { Conversation, error, notification, request, result } from './conversation';
import { deferred } from './deferred';
import { heard } from './heard';
import { turn } from './slow-stream';

const REVISION = '2025-03-26';
const CLIENT = { protocolVersion: REVISION, clientInfo: { name: 'c', version: '1' } };

/** A conversation whose preparation the test ends as it likes. */
function start() {
  const { promise, resolve, reject } = deferred();
  const faults: unknown[] = [];
  const prepare = jest.fn(() => heard(promise, faults));
  return { talk: new Conversation({ prepare }), prepare, resolve, reject, faults };
}

const methods = (talk: Conversation): string[] => talk.passed.map(({ method }) => method);

test('initialize is handled before it, also a second one; nothing is prepared for them', () => {
  const { talk, prepare } = start();
  talk.receive(request('i', 'initialize', CLIENT), request('j', 'initialize', CLIENT));
  expect(methods(talk)).toEqual(['initialize', 'initialize']);
  expect(prepare).not.toHaveBeenCalled();
});

test('all else waits, and is handled in the order of arrival: a batch and a line too long too', async () => {
  const { talk, prepare, resolve } = start();
  talk.receive(request('i', 'initialize', CLIENT));
  await talk.answer(0, { protocolVersion: REVISION });
  talk.written.length = 0;

  talk.receive(
    notification('notifications/initialized'),
    request(1, 'a'),
    [request(2, 'b'), request(3, 'c')],
    '{',
  );
  talk.connection.receive({ oversizedBytes: 12_345_678 });
  talk.receive(request('j', 'initialize', CLIENT), request(4, 'd'));
  await turn();
  expect([methods(talk), talk.written]).toEqual([['initialize'], []]);

  resolve();
  await turn();
  expect(methods(talk).slice(1)).toEqual([
    'notifications/initialized',
    'a',
    'b',
    'c',
    'initialize',
    'd',
  ]);
  expect(talk.written).toEqual([
    error(-32700, expect.any(String)),
    error(-32600, expect.stringContaining('12345678 bytes')),
  ]);
  for (const index of [1, 2, 3]) await talk.answer(index);
  expect(talk.written.slice(2)).toEqual([
    result(1, { index: 1 }),
    [result(2, { index: 2 }), result(3, { index: 3 })],
  ]);

  talk.receive(request(5, 'e'));
  expect(methods(talk).at(-1)).toBe('e');
  expect(prepare).toHaveBeenCalledTimes(1);
});

test('initialize waits behind what already waits', async () => {
  const { talk, resolve } = start();
  talk.receive(request(1, 'a'), request('i', 'initialize', CLIENT));
  expect(methods(talk)).toEqual([]);
  resolve();
  await turn();
  expect(methods(talk)).toEqual(['a', 'initialize']);
});

test('idle waits for what waits, and for its answers', async () => {
  const { talk, resolve } = start();
  talk.receive(request(1, 'a'));
  expect(await talk.isIdle()).toBe(false);
  resolve();
  expect(await talk.isIdle()).toBe(false);
  await talk.answer(0);
  expect(await talk.isIdle()).toBe(true);
});

test('idle is told where nothing that waited needs an answer', async () => {
  const { talk, resolve } = start();
  talk.receive(notification('notifications/initialized'));
  const idle = talk.connection.idle();
  resolve();
  await idle;
  expect(methods(talk)).toEqual(['notifications/initialized']);
});

test('where it fails, what waits is handled all the same, and the fault is heard', async () => {
  const { talk, reject, faults, prepare } = start();
  talk.receive(request(1, 'a'), request(2, 'b'));
  const fault = new Error('not loaded');
  reject(fault);
  await turn();
  talk.receive(request(3, 'c'));
  expect(methods(talk)).toEqual(['a', 'b', 'c']);
  expect([faults, prepare.mock.calls.length]).toEqual([[fault], 1]);
  for (const index of [0, 1, 2]) await talk.answer(index);
  expect(await talk.isIdle()).toBe(true);
});
