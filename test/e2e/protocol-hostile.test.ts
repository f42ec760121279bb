import { stopAll } from '../support/cli';
import { answer, call, CONSOLE, error, LineSession, result } from './support/lines';

afterAll(stopAll);

const DEPTH = 200_000;
const LISTS = `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`;
const OBJECTS = `${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`;

/** A request's text whose `"…"` is replaced by text too deep for JSON.stringify. */
const put = (message: object, deep: string): string =>
  JSON.stringify(message).replaceAll('"…"', deep);
const request = (method: string, params: unknown) => ({ jsonrpc: '2.0', id: 1, method, params });

const failed = result(1, expect.objectContaining({ isError: true }));
const invalid = error(-32600, expect.any(String));
const params = error(-32602, expect.any(String), 1);
const CLIENT = { protocolVersion: '2025-11-25', clientInfo: { name: 'c', version: '1' } };

let session: LineSession;
beforeAll(async () => {
  // The records are made of what was sent: telemetry must bear it too.
  session = await LineSession.start(undefined, CONSOLE);
});

describe.each([
  ['lists', LISTS],
  ['objects', OBJECTS],
])('%s nested 200,000 deep', (kind, deep) => {
  const isObject = kind === 'objects';
  test.each<[string, object, object | undefined]>([
    ['as operands', call(1, 'add', { a: '…', b: '…' }), failed],
    ['as another argument', call(1, 'add', { a: 1, b: 2, c: '…' }), failed],
    ['as arguments', call(1, 'add', '…'), isObject ? failed : params],
    ['as a tool’s name', call(1, '…' as string, {}), params],
    ['as a task', call(1, 'add', { a: 1, b: 2 }, { task: '…' }), answer(1, '3')],
    [
      'as params',
      request('ping', '…'),
      isObject ? result(1) : error(-32600, expect.any(String), 1),
    ],
    ['in _meta', request('ping', { _meta: { deep: '…' } }), result(1)],
    ['as _meta', request('ping', { _meta: '…' }), isObject ? result(1) : params],
    ['as a progress token', request('ping', { _meta: { progressToken: '…' } }), params],
    ['as traceparent', request('ping', { _meta: { traceparent: '…' } }), result(1)],
    ['as a cursor', request('tools/list', { cursor: '…' }), params],
    ['to an unknown method', request('no/such', { a: '…' }), error(-32601, expect.any(String), 1)],
    ['as a method', { jsonrpc: '2.0', id: 1, method: '…' }, error(-32600, expect.any(String), 1)],
    ['as an id', { jsonrpc: '2.0', id: '…', method: 'ping' }, invalid],
    ['as a version', { jsonrpc: '…', id: 1, method: 'ping' }, error(-32600, expect.any(String), 1)],
    ['as a result', { jsonrpc: '2.0', id: 1, result: '…' }, undefined],
    [
      'in a notification',
      { jsonrpc: '2.0', method: 'n', params: { _meta: { a: '…' } } },
      undefined,
    ],
    [
      'as what is cancelled',
      { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: '…' } },
      undefined,
    ],
    [
      'as a capability',
      request('initialize', { ...CLIENT, capabilities: { experimental: { a: '…' } } }),
      result(1, expect.anything()),
    ],
    [
      'as capabilities',
      request('initialize', { ...CLIENT, capabilities: '…' }),
      isObject ? result(1, expect.anything()) : params,
    ],
    [
      'as a client',
      request('initialize', { ...CLIENT, capabilities: {}, clientInfo: '…' }),
      params,
    ],
  ])('%s', async (_, message, reply) => {
    expect(await session.say(`${put(message, deep)}\n`)).toEqual(reply ? [reply] : []);
  });

  test('as a line', async () => {
    expect(await session.say(`${deep}\n`)).toEqual([invalid]);
  });

  test('never closed', async () => {
    const open = deep.slice(0, deep.length / 2);
    expect(await session.say(`${open}\n`)).toEqual([error(-32700, expect.any(String))]);
  });
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'an argument named %s is an argument too many, and nothing else',
  async (name) => {
    const line = JSON.stringify(call(1, 'add', { a: 1, b: 2, x: 3 })).replace('"x"', `"${name}"`);
    const [reply] = await session.say(`${line}\n`);
    const { content } = (reply as { result: { content: { text: string }[] } }).result;
    expect(content[0]!.text).toMatch(new RegExp(`^Unknown argument: "${name}"`));
  },
);

test.each([
  ['an operand in the prototype', '{"__proto__":{"a":1,"b":2}}'],
  ['operands named like members of Object', '{"constructor":1,"toString":2}'],
])('%s is none', async (_, args) => {
  const line = JSON.stringify(call(1, 'add', '…')).replace('"…"', args);
  const [reply] = await session.say(`${line}\n`);
  const { content } = (reply as { result: { content: { text: string }[] } }).result;
  expect(content[0]!.text).toMatch(/^Both numbers are required for addition/);
});

test('afterwards it calculates as before', async () => {
  const line = `${JSON.stringify(call('x', 'divide', { a: 1, b: 8 }))}\n`;
  expect(await session.say(line)).toEqual([answer('x', '0.125')]);
  expect(await session.cli.end()).toMatchObject({ code: 0, signal: null });
});
