import {
  InitializeRequestSchema,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/sdk/types.js';
import fc from 'fast-check';
import { createServer } from '../../src/server/create-server';
import { createDirect } from '../../src/server/direct';
import { isPlainInitialize } from '../../src/server/initialize-params';
import type { ServerOptions } from '../../src/server/options';
import { checkParams } from '../../src/server/params';
import { PROTOCOL_VERSIONS } from '../../src/server/protocol-versions';
import { registry } from '../../src/tools/registry';
import { Connection } from '../../src/transport/connection';
import { recordingTap } from '../tap/recording-tap';
import { turn } from '../transport/slow-stream';

const OPTIONS: ServerOptions = { name: 'calculator', version: '1.2.3', instructions: 'Add.' };

test('the revisions are those of the SDK', () => {
  expect(PROTOCOL_VERSIONS).toEqual(SUPPORTED_PROTOCOL_VERSIONS);
});

interface Given {
  readonly options?: ServerOptions;
  /** Awaited after each line; by default its answer, as by a client that waits for each. */
  readonly pause?: (connection: Connection) => Promise<void> | undefined;
}

/** A whole session through the product's own connection, with the direct path or with the SDK alone. */
async function session(
  lines: readonly unknown[],
  isDirect: boolean,
  // The SDK answers a little later: a client that waits for each answer sees no difference.
  { options = OPTIONS, pause = (connection) => connection.idle() }: Given,
) {
  const { tap, operations } = recordingTap();
  const written: string[] = [];
  let answeredDirectly = 0;
  const direct = createDirect(registry, options);
  const connection = new Connection({
    tap,
    write: (line) => written.push(line),
    check: checkParams,
    connectSdk: (transport) => createServer(registry, options).connect(transport),
    ...(isDirect && {
      direct: (method, params) => {
        const answer = direct(method, params);
        if (answer) answeredDirectly++;
        return answer;
      },
    }),
  });
  for (const line of lines) {
    connection.receive({ text: typeof line === 'string' ? line : JSON.stringify(line) });
    const paused = pause(connection);
    if (paused) await paused;
  }
  await connection.idle();
  // What comes after all is over would be one answer too many.
  await turn();
  return {
    answeredDirectly,
    // Texts, not values: the order of members is compared too. A batch's answers come in any order.
    answers: written.map((line) =>
      line.startsWith('[')
        ? (JSON.parse(line) as object[]).map((one) => JSON.stringify(one)).sort()
        : line,
    ),
    operations: operations
      .map(
        ({
          traceId: _t,
          spanId: _s,
          parentSpanId: _p,
          session: { id: _i, ...known },
          ...rest
        }) => ({
          ...rest,
          ...known,
        }),
      )
      .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
  };
}

async function bothWays(lines: readonly unknown[], given: Given = {}) {
  const [direct, sdk] = await Promise.all([
    session(lines, true, given),
    session(lines, false, given),
  ]);
  expect(direct.answers).toEqual(sdk.answers);
  expect(direct.operations).toEqual(sdk.operations);
  expect(sdk.answeredDirectly).toBe(0);
  return direct;
}

const ask = (id: unknown, method: string, params?: unknown) => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});
const tell = (method: string, params?: unknown) => ({ jsonrpc: '2.0', method, params });
const call = (id: unknown, name: unknown, args?: unknown, more = {}) =>
  ask(id, 'tools/call', { name, arguments: args, ...more });
const CLIENT = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'c', version: '1' },
};
const hello = (changes: object = {}) => ask('hello', 'initialize', { ...CLIENT, ...changes });

/** Sessions, and how many of their requests are answered directly. */
const SESSIONS: [name: string, lines: unknown[], direct: number][] = [
  [
    'a handshake and calls',
    [
      hello(),
      tell('notifications/initialized'),
      ask(1, 'tools/list'),
      ask(2, 'ping'),
      call(3, 'add', { a: 0.1, b: '0.2' }),
      call(4, 'divide', { a: 1, b: 3 }),
      call(5, 'multiply', { a: '9'.repeat(3000), b: 7 }),
      call(6, 'subtract', { a: 2 ** 53, b: -0 }),
    ],
    7,
  ],
  ...PROTOCOL_VERSIONS.concat('1.0', '').map((protocolVersion): [string, unknown[], number] => [
    `revision "${protocolVersion}"`,
    [hello({ protocolVersion })],
    1,
  ]),
  ['no handshake at all', [call(1, 'add', { a: 1, b: 2 }), ask(2, 'tools/list', {})], 2],
  ['two handshakes', [hello(), hello({ protocolVersion: '2024-11-05' })], 2],
  [
    'calls that fail',
    [
      call(1, 'divide', { a: 1, b: 0 }),
      call(2, 'add', {}),
      call(3, 'add'),
      call(4, 'add', { a: 1, b: 'x' }),
      call(5, 'add', { a: 1, b: 2, c: 3 }),
      call(6, 'add', { a: '1'.repeat(20_000), b: 2 }),
      call(7, 'add', { a: null, b: [1] }),
      '{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"add","arguments":{"__proto__":1,"a":1,"b":1e400}}}',
    ],
    8,
  ],
  [
    'tools that are not there',
    [call(1, 'ad', {}), call(2, '', {}), call(3, 'constructor', {}), call(4, 'x'.repeat(500))],
    4,
  ],
  [
    'params that are refused',
    [
      ask(1, 'tools/call'),
      call(2, 7),
      call(3, 'add', []),
      ask(4, 'tools/list', { cursor: 1 }),
      ask(5, 'ping', { _meta: 1 }),
      ask(6, 'ping', { _meta: { progressToken: {} } }),
      ask(7, 'ping', []),
    ],
    0,
  ],
  [
    'pages that are not there',
    [ask(1, 'tools/list', { cursor: '' }), ask(2, 'tools/list', { cursor: 'next' })],
    2,
  ],
  [
    'ids of all kinds',
    [
      ...['', 'a"\\\u2028\u{1f600}\ud800', 0, -1, 2 ** 53 - 1, 1e15, 'x'.repeat(300)].map((id) =>
        ask(id, 'ping'),
      ),
      ask(null, 'ping'),
      ask(1.5, 'ping'),
      ask(2 ** 53, 'ping'),
      ask({}, 'ping'),
      ask(true, 'ping'),
    ],
    7,
  ],
  ['an id used twice', [call(1, 'add', { a: 1, b: 1 }), call(1, 'add', { a: 2, b: 2 })], 2],
  [
    'methods that are not there',
    [
      ask(1, 'nope'),
      ask(2, 'ping'),
      ask(3, 'constructor'),
      ask(4, 'resources/list'),
      ask(5, 'tools/call2'),
      ask(6, ''),
    ],
    1,
  ],
  [
    'a method of the SDK, then others once it is done',
    [ask(1, 'logging/setLevel', { level: 'info' }), ask(2, 'ping'), call(3, 'add', { a: 1, b: 2 })],
    2,
  ],
  [
    '_meta with a token, a trace and a task',
    [
      call(
        1,
        'add',
        { a: 1, b: 2 },
        { _meta: { progressToken: 7, traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` } },
      ),
      call(
        2,
        'add',
        { a: 1, b: 2 },
        { _meta: { 'io.modelcontextprotocol/related-task': { taskId: 't' } } },
      ),
      call(3, 'add', { a: 1, b: 2 }, { task: { ttl: 1 } }),
      call(4, 'add', { a: 1, b: 2 }, { task: null }),
    ],
    1,
  ],
  [
    'cancellations',
    [
      tell('notifications/cancelled', { requestId: 1 }),
      call(1, 'add', { a: 1, b: 2 }),
      tell('notifications/cancelled', { requestId: 1 }),
      tell('notifications/cancelled', {}),
      tell('notifications/progress', { progressToken: 1, progress: 1 }),
      tell('nope'),
    ],
    1,
  ],
  [
    'a batch',
    [
      hello({ protocolVersion: '2025-03-26' }),
      [
        call(1, 'add', { a: 1, b: 2 }),
        tell('notifications/initialized'),
        ask(2, 'nope'),
        ask(3, 'ping'),
        hello(),
        5,
      ],
      [],
      [tell('notifications/initialized')],
    ],
    2,
  ],
  ['a batch where none is allowed', [hello(), [ask(1, 'ping')]], 1],
  [
    'lines that are no request',
    [
      '{',
      '[1',
      '""',
      'null',
      '{}',
      { jsonrpc: '1.0', id: 1, method: 'ping' },
      { jsonrpc: '2.0', id: 1, result: {} },
    ],
    0,
  ],
  [
    'a handshake that the SDK must judge',
    [
      hello({
        capabilities: { tasks: { list: {}, requests: { sampling: { createMessage: {} } } } },
      }),
      ask(1, 'ping'),
    ],
    1,
  ],
  [
    'a handshake of the wrong form',
    [
      hello({ capabilities: { roots: { listChanged: 'yes' } } }),
      hello({ clientInfo: {} }),
      hello({ protocolVersion: 1 }),
      ask('bare', 'initialize'),
      hello({ clientInfo: { name: 'c', version: '1', icons: 'no' } }),
    ],
    0,
  ],
  [
    'a handshake as real clients send it',
    [
      hello({
        capabilities: {
          roots: { listChanged: true },
          sampling: {},
          elicitation: {},
          experimental: {},
          extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: [] } },
        },
        clientInfo: {
          name: 'claude-ai',
          version: '0.1.0',
          title: 'Claude',
          websiteUrl: 'https://claude.ai',
        },
      }),
    ],
    1,
  ],
];

test.each(SESSIONS)('%s', async (_, lines, direct) => {
  expect((await bothWays(lines)).answeredDirectly).toBe(direct);
});

describe('a drill is the SDK’s: a call that waits can be cancelled', () => {
  const lines = [
    call(1, 'add', { a: 1, b: 2 }),
    tell('notifications/cancelled', { requestId: 1 }),
    ask(2, 'ping'),
  ];

  test.each([
    ['while it waits', turn, false],
    ['while the SDK’s Server is still awaited', () => undefined, true],
  ])('%s', async (_, pause, isEarly) => {
    const signals: { signal: AbortSignal; wasAborted: boolean }[] = [];
    const beforeCall = (signal: AbortSignal) => {
      signals.push({ signal, wasAborted: signal.aborted });
      return new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject()));
    };
    const options = { ...OPTIONS, beforeCall };
    const { answeredDirectly, answers, operations } = await bothWays(lines, { options, pause });
    expect(answeredDirectly).toBe(1);
    expect(answers).toEqual(['{"jsonrpc":"2.0","id":2,"result":{}}']);
    expect(operations.map(({ method, outcome }) => `${method} ${outcome}`).sort()).toEqual([
      'notifications/cancelled ok',
      'ping ok',
      'tools/call cancelled',
    ]);
    // Once each way.
    expect(signals.map(({ wasAborted }) => wasAborted)).toEqual([isEarly, isEarly]);
    expect(signals.every(({ signal }) => signal.aborted)).toBe(true);
  });
});

test('answers leave in the order of their questions, whoever gives them', async () => {
  const written: string[] = [];
  const connection = new Connection({
    tap: recordingTap().tap,
    write: (line) => written.push(line),
    check: checkParams,
    direct: createDirect(registry, OPTIONS),
    connectSdk: (transport) => createServer(registry, OPTIONS).connect(transport),
  });
  const lines = [
    ask(1, 'ping'),
    ask(2, 'nope'),
    ask(3, 'ping'),
    call(4, 'add', { a: 1, b: 2 }),
    ask(5, 'nope'),
  ];
  for (const line of lines) connection.receive({ text: JSON.stringify(line) });
  await connection.idle();
  expect(written.map((line) => JSON.parse(line).id)).toEqual([1, 2, 3, 4, 5]);
});

describe('anything at all', () => {
  const anything = fc.jsonValue({ maxDepth: 2 });
  const some = (...values: unknown[]) => fc.constantFrom(...values);
  const capability = fc.oneof(
    { arbitrary: some({}), weight: 6 },
    some({ listChanged: true }, { form: {} }, { context: {} }),
    anything,
  );
  const capabilities = {
    roots: capability,
    sampling: capability,
    elicitation: capability,
    experimental: capability,
    extensions: capability,
    tasks: capability,
  };
  const params = fc.record(
    {
      name: fc.oneof(some('add', 'divide', 'nope'), anything),
      arguments: fc.oneof(
        fc.record({
          a: fc.oneof(fc.double(), fc.bigInt().map(String), anything),
          b: fc.oneof(fc.integer(), anything),
        }),
        anything,
      ),
      cursor: some('', 'c'),
      protocolVersion: fc.oneof(some(...PROTOCOL_VERSIONS), anything),
      capabilities: fc.oneof(
        fc.record({ ...capabilities, other: anything }, { requiredKeys: [] }),
        anything,
      ),
      clientInfo: fc.oneof(
        fc.record(
          { name: some('c', 1), version: some('1', null), title: anything, icons: some([]) },
          { requiredKeys: ['name', 'version'] },
        ),
        anything,
      ),
      _meta: fc.oneof(some({}, { progressToken: 1 }), anything),
    },
    { requiredKeys: [] },
  );
  const message = fc.record(
    {
      jsonrpc: some('2.0'),
      id: fc.oneof(fc.integer(), fc.string()),
      method: some('initialize', 'ping', 'tools/list', 'tools/call', 'x'),
      params,
    },
    { requiredKeys: ['jsonrpc', 'method', 'id'] },
  );

  test('is answered the same both ways', async () => {
    let direct = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 5 }), async (lines) => {
        direct += (await bothWays(lines)).answeredDirectly;
      }),
      { numRuns: 500 },
    );
    expect(direct).toBeGreaterThan(200);
  });

  test('a plain initialize is one that the SDK’s schema takes', () => {
    const given = fc.record({
      protocolVersion: some('2025-11-25', '2025-11-25', 1),
      capabilities: fc.record(capabilities, { requiredKeys: [] }),
      clientInfo: fc.record(
        {
          name: some('c'),
          version: some('1'),
          title: fc.oneof(some('t'), anything),
          description: some('d', 'd', 1),
          icons: some([]),
        },
        { requiredKeys: ['name', 'version'] },
      ),
    });
    let plain = 0;
    const property = fc.property(given, (candidate) => {
      if (!isPlainInitialize(candidate)) return;
      plain++;
      const request = { method: 'initialize', params: candidate };
      expect(InitializeRequestSchema.safeParse(request).error).toBeUndefined();
    });
    fc.assert(property, { numRuns: 10_000 });
    expect(plain).toBeGreaterThan(100);
  });
});
