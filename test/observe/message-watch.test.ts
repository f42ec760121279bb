import { createClock } from '../../src/tap/clock';
import type { Side } from '../../src/tap/conversation';
import { MAX_PARSED_BYTES, MessageWatch } from '../../src/observe/message-watch';
import { recordedConversation } from '../tap/recorded-conversation';

const SIZES = [1, 2, 3, 7, 64, 65_536, Infinity];

function watch(from: Side = 'client') {
  const recorded = recordedConversation();
  const noise: string[] = [];
  const { conversation, time } = recorded;
  const clock = createClock({ wall: () => time.wall, monotonic: () => time.monotonic });
  const onNoise = (beginning: string) => noise.push(beginning);
  const hears = new MessageWatch({ from, conversation, clock, onNoise });
  const push = (text: string | Buffer, size = Infinity): void => {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size)
      hears.push(bytes.subarray(at, at + size), clock.now());
  };
  const seen = () => recorded.operations.map(({ kind, method }) => `${kind} ${method}`);
  return { ...recorded, noise, hears, push, seen };
}

const note = (method: string) => JSON.stringify({ jsonrpc: '2.0', method });
const A = note('notifications/initialized');
const B = note('notifications/é😀');
const HEARD_A = 'notification notifications/initialized';
const HEARD_B = 'notification notifications/é😀';
const INVALID = 'invalid invalid';

describe.each<[string, string | Buffer, string[], string[]]>([
  ['two messages', `${A}\n${B}\n`, [HEARD_A, HEARD_B], []],
  ['a last one without a newline', `${A}\n${B}`, [HEARD_A, HEARD_B], []],
  ['carriage returns', `${A}\r\n${B}\r\n`, [HEARD_A, HEARD_B], []],
  ['blank lines and white space', `\n\r\n  \t\n ${A} \n\n`, [HEARD_A], []],
  ['a byte order mark', `\uFEFF${A}\n`, [HEARD_A], []],
  [
    'U+2028 within a string',
    `${note('notifications/\u2028')}\n`,
    ['notification notifications/\u2028'],
    [],
  ],
  ['a batch', `[${A},${B}]\n`, [HEARD_A, HEARD_B], []],
  [
    'a banner before',
    `Server running on stdio\n${A}\n`,
    [INVALID, HEARD_A],
    ['Server running on stdio'],
  ],
  ['JSON that is no message', `{"level":"info"}\n${A}\n`, [INVALID, HEARD_A], ['{"level":"info"}']],
  ['a scalar', '42\nnull\n"x"\n', [INVALID, INVALID, INVALID], ['42', 'null', '"x"']],
  ['an empty batch', '[]\n', [INVALID], ['[]']],
  ['a batch with one that is none', `[${A},1]\n`, [HEARD_A, INVALID], [`[${A},1]`]],
  ['two messages on a line', `${A}${B}\n`, [INVALID], [`${A}${B}`]],
  [
    'a message over two lines',
    '{"jsonrpc":"2.0",\n"method":"x"}\n',
    [INVALID, INVALID],
    ['{"jsonrpc":"2.0",', '"method":"x"}'],
  ],
  ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x0a]), [INVALID], ['\ufffd\ufffd']],
  ['zeros', Buffer.from([0, 0, 0x0a]), [INVALID], ['\0\0']],
  ['a long banner', `${'x'.repeat(5_000)}\n`, [INVALID], [`${'x'.repeat(120)}…`]],
])('%s', (_, bytes, expected, told) => {
  test.each(SIZES)('in chunks of %d bytes', (size) => {
    const { push, hears, seen, noise } = watch();
    push(bytes, size);
    hears.end();
    expect(seen()).toEqual(expected);
    expect(noise).toEqual(told);
  });
});

test('it is noise of either side', () => {
  for (const from of ['client', 'server'] as const) {
    const { push, operations } = watch(from);
    push('noise\n');
    const direction = from === 'client' ? 'received' : 'sent';
    expect(operations).toMatchObject([{ direction, rpcError: { code: -32700 } }]);
  }
});

test('a message began when the chunk came that ended it', () => {
  const { push, operations, time } = watch();
  push(A.slice(0, 5));
  time.wall += 1_000;
  time.monotonic += 1_000;
  push(`${A.slice(5)}\n`);
  expect(operations).toMatchObject([{ startTime: time.wall }]);
});

test('what runs with a message has its operation', () => {
  const { hears, time } = watch();
  const during: string[] = [];
  hears.line({ text: A }, time, ({ operation }) => during.push(operation.method));
  hears.line({ text: 'noise' }, time, ({ operation }) => during.push(operation.method));
  expect(during).toEqual(['notifications/initialized']);
});

describe('a line of more than a megabyte', () => {
  const blob = 'x'.repeat(MAX_PARSED_BYTES);
  const sizes = [65_536, 1_000_003, Infinity];

  test.each(sizes)('is paired by its outline, in chunks of %d bytes', (size) => {
    const { push, server, operations, noise } = watch();
    const params = { name: 'a', arguments: { blob }, _meta: { progressToken: 7 } };
    push(`${A}\n`);
    push(
      `${JSON.stringify({ jsonrpc: '2.0', params, method: 'tools/call', id: 'big' })}\n${A}\n`,
      size,
    );
    server({ id: 'big', result: {} });
    expect(operations.map(({ method, outcome, tool }) => [method, outcome, tool])).toEqual([
      ['notifications/initialized', 'ok', undefined],
      ['notifications/initialized', 'ok', undefined],
      ['tools/call', 'ok', 'a'],
    ]);
    expect(noise).toEqual([]);
  });

  test.each(sizes)('as the answer, the id last, in chunks of %d bytes', (size) => {
    const { push, client, operations } = watch('server');
    client({ id: 3, method: 'tools/call', params: { name: 'a' } });
    const result = { content: [{ type: 'text', text: blob }], isError: true };
    push(`${JSON.stringify({ result, jsonrpc: '2.0', id: 3 })}\n`, size);
    expect(operations).toMatchObject([{ method: 'tools/call', outcome: 'tool_error' }]);
  });

  test('as an error with a message of that length', () => {
    const { push, client, operations } = watch('server');
    client({ id: 3, method: 'ping' });
    push(`${JSON.stringify({ jsonrpc: '2.0', id: 3, error: { code: -32601, message: blob } })}\n`);
    expect(operations).toMatchObject([{ method: 'ping', outcome: 'rejected' }]);
  });

  test.each(sizes)('that is no JSON is refused once, in chunks of %d bytes', (size) => {
    const { push, operations, noise, seen } = watch();
    push(`${blob}x\n${A}\n`, size);
    expect(seen()).toEqual([INVALID, HEARD_A]);
    expect(operations).toHaveLength(2);
    expect(noise).toHaveLength(1);
  });
});
