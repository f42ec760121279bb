import { stopAll } from '../support/cli';
import { answer, call, error, LineSession, ping, result } from './support/lines';

afterAll(stopAll);

let session: LineSession;
beforeAll(async () => {
  session = await LineSession.start('2025-11-25');
});

const invalid = (reason: string) => `Invalid request: ${reason}`;
const ID = invalid('"id" must be a string or an integer of at most 2^53 - 1');
const VERSION = invalid('"jsonrpc" must be "2.0"');
const METHOD = invalid('"method" must be a string');
const PARAMS = invalid('"params" must be an object, where it is given');
const OBJECT = invalid(
  'a message is a JSON object, with "jsonrpc", "method" and, for a request, "id"',
);
const BATCH = invalid('batches belong to MCP 2025-03-26, which was not negotiated');
const params = (method: string, problem: string) => `Invalid params for ${method}: ${problem}`;

const req = (members: string) => `{"jsonrpc":"2.0",${members}}`;

describe.each<[string, [line: string, reply: object][]]>([
  [
    'what cannot be parsed has no id',
    [
      ['hello', error(-32700, expect.stringMatching(/^Parse error: /))],
      ['{"jsonrpc":"2.0","id":1,"method":"ping"', error(-32700, expect.any(String))],
      ["{'jsonrpc':'2.0'}", error(-32700, expect.any(String))],
      [`${JSON.stringify(ping(1))},`, error(-32700, expect.any(String))],
      ['\0', error(-32700, expect.any(String))],
    ],
  ],
  [
    'what is no request is refused, under its id where that is one',
    [
      ['1', error(-32600, OBJECT)],
      ['null', error(-32600, OBJECT)],
      ['"ping"', error(-32600, OBJECT)],
      ['{}', error(-32600, VERSION)],
      ['{"id":1,"method":"ping"}', error(-32600, VERSION, 1)],
      ['{"jsonrpc":"1.0","id":"x","method":"ping"}', error(-32600, VERSION, 'x')],
      [req('"id":2'), error(-32600, METHOD, 2)],
      [req('"id":3,"method":7'), error(-32600, METHOD, 3)],
      [req('"id":4,"method":"ping","params":[]'), error(-32600, PARAMS, 4)],
      [req('"id":5,"method":"ping","params":null'), error(-32600, PARAMS, 5)],
      [req('"method":"ping","params":1'), error(-32600, PARAMS)],
      [req('"id":null,"method":"ping"'), error(-32600, ID)],
      [req('"id":1.5,"method":"ping"'), error(-32600, ID)],
      [req('"id":9007199254740992,"method":"ping"'), error(-32600, ID)],
      [req('"id":{},"method":"ping"'), error(-32600, ID)],
      [req('"id":[1],"method":"ping"'), error(-32600, ID)],
      [req('"id":false,"method":"ping"'), error(-32600, ID)],
      ['[]', error(-32600, BATCH)],
      [JSON.stringify([ping(1), ping(2)]), error(-32600, BATCH)],
    ],
  ],
  [
    'unknown methods',
    ['no/such', '', 'TOOLS/LIST', 'tools/call ', '__proto__', 'constructor', 'toString'].map(
      (method) => [
        JSON.stringify({ ...ping(1), method }),
        error(-32601, `Method not found: ${method}`, 1),
      ],
    ),
  ],
  [
    'methods of MCP that are not offered',
    ['prompts/list', 'resources/read', 'logging/setLevel', 'tasks/get', 'server/discover'].map(
      (method) => [
        JSON.stringify({ ...ping(1), method, params: {} }),
        error(-32601, `Method not found: ${method}`, 1),
      ],
    ),
  ],
  [
    'bad params, in words',
    [
      [
        req('"id":1,"method":"tools/call"'),
        error(-32602, params('tools/call', '"name" is missing: the name of the tool to call'), 1),
      ],
      [
        req('"id":1,"method":"tools/call","params":{"name":3}'),
        error(
          -32602,
          params('tools/call', '"name" must be a string: the name of the tool to call'),
          1,
        ),
      ],
      [
        req('"id":1,"method":"tools/call","params":{"name":"add","arguments":[1,2]}'),
        error(-32602, params('tools/call', '"arguments" must be an object'), 1),
      ],
      [
        req('"id":1,"method":"tools/list","params":{"cursor":1}'),
        error(-32602, params('tools/list', '"cursor" must be a string'), 1),
      ],
      [
        req('"id":1,"method":"tools/list","params":{"cursor":"2"}'),
        error(-32602, 'Unknown cursor: the list of tools is one page', 1),
      ],
      [
        req('"id":1,"method":"ping","params":{"_meta":1}'),
        error(-32602, params('ping', '"_meta" must be an object'), 1),
      ],
      [
        req('"id":1,"method":"initialize","params":{}'),
        error(
          -32602,
          params('initialize', '"protocolVersion": expected string, received undefined'),
          1,
        ),
      ],
    ],
  ],
  [
    'unknown tools, with the nearest name',
    [
      [
        JSON.stringify(call(1, 'ad', { a: 1, b: 2 })),
        error(-32602, 'Unknown tool "ad" (did you mean "add"?)', 1),
      ],
      [
        JSON.stringify(call(1, '__proto__', {})),
        error(-32602, 'Unknown tool "__proto__" (one of: add, subtract, multiply, divide)', 1),
      ],
    ],
  ],
  [
    'requests',
    [
      [JSON.stringify(ping(0)), result(0)],
      [JSON.stringify(ping('')), result('')],
      [JSON.stringify(ping(-1)), result(-1)],
      [JSON.stringify(ping(Number.MAX_SAFE_INTEGER)), result(Number.MAX_SAFE_INTEGER)],
      [JSON.stringify(ping('\u2028€😀')), result('\u2028€😀')],
      [`  ${JSON.stringify(ping(1))}\t`, result(1)],
      [req('"id":1,"method":"ping","extra":true'), result(1)],
      [JSON.stringify(call(1, 'add', { a: 0.1, b: '0.2' })), answer(1, '0.3')],
      [JSON.stringify(call(2, 'add', { a: 1, b: 2 }, { task: { ttl: 1 } })), answer(2, '3')],
      [
        JSON.stringify(call(3, 'add', { a: 1, b: 2 }, { _meta: { progressToken: 'p' } })),
        answer(3, '3'),
      ],
    ],
  ],
])('%s', (_, rows) => {
  test.each(rows)('%s', async (line, reply) => {
    expect(await session.say(`${line}\n`)).toEqual([reply]);
  });
});

// The SDK is a file of its own in the bundle, with its own copy of every class: what it makes of a
// tool's error shows here alone.
test.each([
  ['add', { a: 1, b: 2 }],
  ['add', { a: 1 }],
  ['add', { a: 'x', b: 1 }],
  ['divide', { a: 1, b: 0 }],
  ['multiply', { a: '1e99999', b: 1 }],
  ['ad', { a: 1, b: 2 }],
])('the SDK says what the direct way says: %s %j', async (name, args) => {
  const direct = await session.say(`${JSON.stringify(call(1, name, args))}\n`);
  const task = { task: { ttl: 1 } };
  expect(await session.say(`${JSON.stringify(call(1, name, args, task))}\n`)).toEqual(direct);
});

describe('never answered', () => {
  test.each([
    ['a notification', req('"method":"notifications/initialized"')],
    ['an unknown notification', req('"method":"notifications/no/such","params":{"a":[]}')],
    ['a notification named like a request', req('"method":"tools/call","params":{"name":"add"}')],
    ['progress of nothing', req('"method":"notifications/progress","params":{"progressToken":1}')],
    ['a cancellation of nothing', req('"method":"notifications/cancelled","params":{}')],
    ['a result', req('"id":1,"result":{}')],
    ['an error', req('"id":1,"error":{"code":-32603,"message":"m"}')],
    ['an error with the id null', req('"id":null,"error":{"code":-32700,"message":"m"}')],
    ['an error without an id', req('"error":{"code":-32700,"message":"m"}')],
    ['an empty line', ''],
    ['blanks', ' \t '],
    ['a carriage return', '\r'],
    ['a byte order mark', '\uFEFF'],
  ])('%s', async (_, line) => {
    expect(await session.say(`${line}\n`)).toEqual([]);
  });
});

test('what was said was never zod’s', () => {
  expect(session.cli.stdout).not.toMatch(/invalid_type|ZodError|\\"path\\"|"issues"/);
});

test('and the session ends as it should', async () => {
  expect(await session.cli.end()).toMatchObject({ code: 0, signal: null });
});
