import { SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js';
import { stopAll } from '../support/cli';
import { answer, call, cancel, error, initialize, ping, pipe, result } from './support/lines';

afterEach(stopAll);

const BATCHES = '2025-03-26';
const NEWEST = '2025-11-25';
const SLOW = { args: ['--fault', 'slow=600'] };

test('the SDK speaks no revision that this test does not', () => {
  expect([...SUPPORTED_PROTOCOL_VERSIONS].sort()).toEqual([
    '2024-10-07',
    '2024-11-05',
    '2025-03-26',
    '2025-06-18',
    '2025-11-25',
  ]);
});

test.each([
  ...SUPPORTED_PROTOCOL_VERSIONS.map((version) => [version, version]),
  ['2023-01-01', NEWEST],
  ['2099-01-01', NEWEST],
  ['', NEWEST],
  ['__proto__', NEWEST],
])('revision "%s" is answered by %s, and a session in it', async (asked, agreed) => {
  const { replies, exit } = await pipe([
    initialize(asked),
    { jsonrpc: '2.0', method: 'notifications/initialized' },
    { jsonrpc: '2.0', id: 'list', method: 'tools/list' },
    call('call', 'add', { a: 1, b: 2 }),
    [ping(1), ping(2)],
  ]);
  expect(replies).toHaveLength(4);
  const reply = (id?: string) => replies.find((message) => message.id === id);
  expect(reply('init').result).toMatchObject({
    protocolVersion: agreed,
    capabilities: { tools: {} },
    serverInfo: { name: 'ts-calculator', version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
    instructions: expect.stringContaining('Exact arithmetic'),
  });
  expect(reply('list').result.tools).toHaveLength(4);
  expect(reply('call')).toEqual(answer('call', '3'));
  const batch = replies.find((message) => message.id === undefined);
  if (agreed === BATCHES) expect(batch).toEqual([result(1), result(2)]);
  else expect(batch).toEqual(error(-32600, expect.stringContaining('batches belong to MCP')));
  expect(exit).toMatchObject({ code: 0, signal: null });
});

test('requests before initialize are answered', async () => {
  const { replies } = await pipe([
    ping(1),
    { jsonrpc: '2.0', id: 2, method: 'tools/list' },
    call(3, 'multiply', { a: '1e-20', b: 3 }),
  ]);
  expect(replies.map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(replies[2]).toEqual(answer(3, '0.00000000000000000003'));
});

test('initialize a second time is answered too', async () => {
  const { replies } = await pipe([initialize(NEWEST, 1), initialize(BATCHES, 2), [ping(3)]]);
  const byId = (id: number) => replies.find((message) => message.id === id);
  expect(byId(1).result.protocolVersion).toBe(NEWEST);
  expect(byId(2).result.protocolVersion).toBe(BATCHES);
  expect(replies).toContainEqual([result(3)]);
});

test('a batch of everything', async () => {
  const { replies } = await pipe([
    initialize(BATCHES),
    [
      call(1, 'add', { a: 1, b: 2 }),
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      { jsonrpc: '2.0', id: 'x', method: 'no/such' },
      'no message',
      { jsonrpc: '2.0', id: 4, method: 5 },
      [ping(6)],
      initialize(BATCHES, 'again'),
      call(7, 'divide', { a: 1, b: 0 }),
    ],
    [{ jsonrpc: '2.0', method: 'notifications/initialized' }],
    [],
  ]);
  expect(replies).toHaveLength(3);
  const batch = replies.find(Array.isArray);
  expect(batch).toHaveLength(7);
  expect(batch).toEqual(
    expect.arrayContaining([
      answer(1, '3'),
      error(-32601, 'Method not found: no/such', 'x'),
      error(-32600, expect.any(String)),
      error(-32600, expect.any(String), 4),
      error(-32600, expect.stringContaining('must not be part of a batch'), 'again'),
      result(7, expect.objectContaining({ isError: true })),
    ]),
  );
  expect(replies).toContainEqual(error(-32600, 'Invalid request: an empty batch'));
});

describe('cancellation', () => {
  test('a cancelled request is not answered; the others are', async () => {
    const { replies, exit } = await pipe(
      [
        call(1, 'add', { a: 1, b: 1 }),
        call('x', 'add', { a: 2, b: 2 }),
        call('x', 'add', { a: 3, b: 3 }),
        cancel('x'),
        cancel(2),
        cancel('1'),
      ],
      SLOW,
    );
    expect(replies).toEqual([answer(1, '2'), answer('x', '6')]);
    expect(exit).toMatchObject({ code: 0, signal: null });
  });

  test('where all are cancelled nothing is waited for', async () => {
    const args = ['--fault', 'slow=60000'];
    const { cli, exit } = await pipe([call(1, 'add', { a: 1, b: 1 }), cancel(1)], { args });
    expect([cli.stdout, exit.code]).toEqual(['', 0]);
  });

  test('one that comes after the answer changes nothing', async () => {
    const { replies } = await pipe([ping(1), cancel(0), ping(2), cancel(99)]);
    expect(replies).toEqual([result(1), result(2)]);
  });

  test('initialize cannot be cancelled', async () => {
    const { replies } = await pipe([initialize(NEWEST, 1), cancel(1)]);
    expect(replies).toEqual([result(1, expect.anything())]);
  });

  test('a member of a batch', async () => {
    const batch = [call(1, 'add', { a: 1, b: 1 }), call(2, 'add', { a: 2, b: 2 })];
    const { replies } = await pipe([initialize(BATCHES), batch, cancel(1)], SLOW);
    expect(replies[1]).toEqual([answer(2, '4')]);
  });
});
