import { lineOutlet } from '../../src/transport/reply';
import { cancellation, Conversation, error, notification, request, result } from './conversation';

const REVISION = '2025-03-26';

async function negotiated(version = REVISION): Promise<Conversation> {
  const talk = new Conversation();
  await talk.initialize(version);
  return talk;
}

test.each(['2024-10-07', '2024-11-05', '2025-06-18', '2025-11-25'])(
  'under %s a batch is one refused line',
  async (version) => {
    const talk = await negotiated(version);
    talk.receive([request(1, 'ping'), request(2, 'ping')]);
    const reason = expect.stringMatching(/^Invalid request: batches belong to MCP 2025-03-26/);
    expect(talk.written).toEqual([error(-32600, reason)]);
    expect([talk.passed, talk.outcomes]).toEqual([[], ['invalid rejected']]);
  },
);

test('before initialize a batch is refused', () => {
  const talk = new Conversation();
  talk.receive([request(1, 'ping')]);
  expect(talk.written).toEqual([error(-32600, expect.any(String))]);
});

test('piped behind the handshake, a batch is answered', async () => {
  const talk = new Conversation();
  const params = { protocolVersion: REVISION, clientInfo: { name: 'c', version: '1' } };
  talk.receive(request('i', 'initialize', params), [request(1, 'ping')]);
  await talk.answer(1);
  expect(talk.written).toEqual([[result(1, { index: 1 })]]);
});

test('what the server answers to initialize counts, not what was asked for', async () => {
  const talk = new Conversation();
  const params = { protocolVersion: REVISION, clientInfo: { name: 'c', version: '1' } };
  talk.receive(request('i', 'initialize', params));
  await talk.answer(0, { protocolVersion: '2025-11-25' });
  talk.receive([request(1, 'ping')]);
  expect(talk.written[1]).toEqual(error(-32600, expect.any(String)));
});

test('the answers come as one array, when the last is in', async () => {
  const talk = await negotiated();
  talk.receive([
    request(1, 'ping'),
    notification('notifications/initialized'),
    request('x', 'ping'),
    { jsonrpc: '2.0', id: 5, method: 7 },
    'no message',
    result(9, {}),
    [request(3, 'ping')],
  ]);
  expect(talk.written).toEqual([]);
  expect(await talk.isIdle()).toBe(false);
  await talk.answer(1);
  expect(talk.written).toEqual([]);
  await talk.answer(0);
  expect(talk.written).toHaveLength(1);
  expect(talk.written[0]).toEqual([
    error(-32600, expect.stringContaining('"method"'), 5),
    error(-32600, expect.stringContaining('a message is a JSON object')),
    error(-32600, expect.stringContaining('a message is a JSON object')),
    result('x', { index: 1 }),
    result(1, { index: 0 }),
  ]);
  expect(await talk.isIdle()).toBe(true);
});

test.each([
  ['notifications', [notification('a'), notification('b')]],
  ['responses', [result(1, {}), error(-32000, 'm', null)]],
])('a batch of %s is not answered', async (_, batch) => {
  const talk = await negotiated();
  talk.receive(batch);
  expect([talk.written, await talk.isIdle()]).toEqual([[], true]);
});

test('a cancelled member is left out; where all are, nothing is written', async () => {
  const talk = await negotiated();
  talk.receive([request(1, 'ping'), request(2, 'ping')], [request(3, 'ping')]);
  talk.receive(cancellation(1), cancellation(3));
  await talk.answer(1);
  expect(talk.written).toEqual([[result(2, { index: 1 })]]);
  expect(await talk.isIdle()).toBe(true);
});

test('a cancellation within the batch finds what came before it there', async () => {
  const talk = await negotiated();
  talk.receive([request(1, 'ping'), cancellation(1), request(2, 'ping')]);
  await talk.answer(1);
  expect(talk.written).toEqual([[result(2, { index: 1 })]]);
});

test('initialize must not be part of a batch', async () => {
  const talk = await negotiated();
  talk.receive([request(1, 'initialize', {})]);
  const reason = 'Invalid request: initialize must not be part of a batch';
  expect(talk.written).toEqual([[error(-32600, reason, 1)]]);
  expect(talk.passed).toEqual([]);
});

test.each([
  ['an empty batch', 0, 'an empty batch'],
  ['one too long', 10_001, '10001 messages; at most 10000'],
])('%s is one refused line', async (_, size, reason) => {
  const talk = await negotiated();
  talk.receive(Array.from({ length: size }, () => 1));
  expect(talk.written).toEqual([error(-32600, expect.stringContaining(reason))]);
  expect(await talk.isIdle()).toBe(true);
});

test('of 10,000 members each is answered', async () => {
  const talk = await negotiated();
  talk.receive(Array.from({ length: 10_000 }, (_, id) => ({ jsonrpc: '1', id })));
  const [answers] = talk.written as [{ id: number }[]];
  expect(answers.map(({ id }) => id)).toEqual(Array.from({ length: 10_000 }, (_, id) => id));
});

test('a batch that asks for no answer gets none; one that does, one line, with the last answer', () => {
  const lines: string[] = [];
  const { batch } = lineOutlet((line) => lines.push(line));
  const silent = batch(2);
  silent.nothing();
  silent.nothing();
  const asked = batch(2);
  asked.nothing();
  expect(lines).toEqual([]);
  asked.send('{"a":1}', false);
  expect(lines).toEqual(['[{"a":1}]']);
});
