import fc from 'fast-check';
import { createClock } from '../../src/tap/clock';
import { injectContext } from '../../src/tap/inject-context';
import { traceparentOf } from '../../src/tap/trace-context';
import type { TapOptions } from '../../src/tap/tap';
import { MAX_PARSED_BYTES, MessageWatch } from '../../src/observe/message-watch';
import { Propagation } from '../../src/observe/propagation';
import { recordedConversation } from '../tap/recorded-conversation';
import { spaced } from '../tap/spaced-json';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

/** Cuts at these places, which may be any numbers. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const inside = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...inside].map((start, i) => bytes.subarray(start, inside[i] ?? bytes.length));
}
const everyBytes = (size: number, length: number) =>
  Array.from({ length: Math.floor(length / size) }, (_, i) => (i + 1) * size);

/** What the server gets of these bytes, which come in these pieces. */
function rewritten(
  bytes: string | Buffer,
  places: readonly number[] = [],
  changes?: Partial<TapOptions>,
) {
  const recorded = recordedConversation(changes);
  const { conversation, operations, time } = recorded;
  const clock = createClock({ wall: () => time.wall, monotonic: () => time.monotonic });
  const watch = new MessageWatch({ from: 'client', conversation, clock });
  const propagation = new Propagation(watch, clock);
  const out = cut(Buffer.from(bytes), places).map((chunk) => propagation.rewrite(chunk));
  const written = Buffer.concat([...out, propagation.end()]);
  propagation.tellFault();
  conversation.close();
  return { out, written, text: written.toString(), operations };
}

const message = (more: object) => JSON.stringify({ jsonrpc: '2.0', ...more });
const PING = message({ id: 1, method: 'ping' });

describe('the context of its own span is put into a message', () => {
  test.each([
    ['a request', PING],
    ['a notification', message({ method: 'notifications/initialized' })],
    ['one with params', message({ id: 1, method: 'tools/call', params: { name: 'a' } })],
    ['one with _meta', message({ id: 1, method: 'x', params: { _meta: { progressToken: 1 } } })],
    ['one with a byte order mark and a carriage return', `\uFEFF${PING}\r`],
    ['one with white space around', ` \t${PING}  `],
  ])('%s', (_, line) => {
    for (const newline of ['\n', '']) {
      const { text, operations } = rewritten(line + newline);
      const traceparent = traceparentOf({ operation: operations[0]! });
      expect(text).toBe(injectContext(line, { traceparent }) + newline);
      expect(text).toContain(traceparent);
    }
  });

  test('the client’s own is its parent, and is replaced', () => {
    const theirs = `00-${TRACE}-${SPAN}-01`;
    const params = { _meta: { traceparent: theirs, tracestate: 'a=1' } };
    const { text, operations } = rewritten(`${message({ id: 1, method: 'ping', params })}\n`);
    expect(operations).toMatchObject([{ traceId: TRACE, parentSpanId: SPAN }]);
    expect(JSON.parse(text).params._meta).toEqual({
      traceparent: `00-${TRACE}-${operations[0]!.spanId}-01`,
      tracestate: 'a=1',
    });
  });

  test('what is not sampled says so', () => {
    const { text } = rewritten(`${PING}\n`, [], { sampler: () => false });
    expect(text).toMatch(/"traceparent":"00-[0-9a-f]{32}-[0-9a-f]{16}-00"/);
  });
});

describe('nothing is changed in', () => {
  test.each<[string, string | Buffer]>([
    ['an answer', message({ id: 1, result: { method: 'x', params: {} } })],
    ['an error', message({ id: 1, error: { code: 1, message: 'm' } })],
    ['a batch', `[${PING},${PING}]`],
    ['a batch after a byte order mark', `\uFEFF [${PING}]`],
    ['a message of another version', PING.replace('2.0', '1.0')],
    ['an id that is a fraction', PING.replace('1,', '1.5,')],
    ['params that are a list', message({ id: 1, method: 'x', params: [] })],
    ['_meta that is null', message({ id: 1, method: 'x', params: { _meta: null } })],
    ['a word', 'noise'],
    ['two messages on a line', PING + PING],
    ['a message that is cut', PING.slice(0, -1)],
    ['white space', ' \t\r'],
    ['nothing', ''],
    [
      'a message with bytes that are no UTF-8',
      Buffer.concat([
        Buffer.from('{"jsonrpc":"2.0","method":"x'),
        Buffer.from([0xff]),
        Buffer.from('"}'),
      ]),
    ],
    ['zeros', Buffer.from([0, 0])],
  ])('%s', (_, line) => {
    for (const newline of ['\n', '\n\n', '']) {
      const bytes = Buffer.concat([Buffer.from(line), Buffer.from(newline)]);
      for (const places of [[], everyBytes(1, bytes.length)]) {
        expect(rewritten(bytes, places).written).toEqual(bytes);
      }
    }
  });
});

describe('a line waits for its end', () => {
  test('and no longer', () => {
    const { out } = rewritten(`${PING}\n${PING}\n`, [
      PING.length,
      PING.length + 1,
      2 * PING.length,
    ]);
    expect(out.map((chunk) => chunk.toString().split('\n').length - 1)).toEqual([0, 1, 0, 1]);
    expect(out[0]).toHaveLength(0);
  });

  test.each([
    [-1, true],
    [0, true],
    [1, false],
    [1_000, false],
  ])('of %d bytes beside a megabyte: rewritten: %j, however it is cut', (more, isRewritten) => {
    const blob = (length: number) =>
      message({
        id: 1,
        method: 'tools/call',
        params: { name: 'a', arguments: { blob: 'x'.repeat(length) } },
      });
    const line = blob(MAX_PARSED_BYTES + more - blob(0).length);
    expect(line).toHaveLength(MAX_PARSED_BYTES + more);
    const bytes = Buffer.from(`${PING}\n${line}\n${PING}\n`);
    const newline = PING.length + 1 + line.length;
    for (const places of [
      [],
      everyBytes(65_536, bytes.length),
      [newline],
      [newline + 1],
      [newline - 1],
    ]) {
      const { text, operations } = rewritten(bytes, places);
      const lines = text.split('\n');
      expect(lines[1] === line).toBe(!isRewritten);
      expect(lines[0]).toContain('traceparent');
      expect(lines[2]).toContain('traceparent');
      expect(operations).toHaveLength(3);
      expect(operations).toMatchObject(Array(3).fill({ kind: 'request' }));
    }
  });

  test('but one that is too long passes at once', () => {
    const start = `{"jsonrpc":"2.0","id":1,"params":{"a":"${'x'.repeat(MAX_PARSED_BYTES)}`;
    const bytes = `${start}","_meta":{}},"method":"x"}\n`;
    const { out, operations, written } = rewritten(bytes, [start.length, start.length + 3]);
    expect(out.map(({ length }) => length)).toEqual([
      start.length,
      3,
      bytes.length - start.length - 3,
    ]);
    expect(written.toString()).toBe(bytes);
    expect(operations).toMatchObject([{ method: 'x' }]);
  });
});

test('a fault of what looks on costs no byte, and is told afterwards', () => {
  const clock = createClock();
  const fail = (): never => {
    throw new Error('of ours');
  };
  const watch = { line: fail, push: fail, end: fail } as unknown as MessageWatch;
  const propagation = new Propagation(watch, clock);
  const long = 'x'.repeat(MAX_PARSED_BYTES + 1);
  const bytes = Buffer.from(`${PING}\n${long}\n${PING}`);
  const out = cut(bytes, [5, PING.length + 10]).map((chunk) => propagation.rewrite(chunk));
  expect(Buffer.concat([...out, propagation.end()]).equals(bytes)).toBe(true);
  expect(() => propagation.tellFault()).toThrow('of ours');
  expect(() => propagation.tellFault()).not.toThrow();
});

const params = fc.oneof(
  fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })),
  fc.record({ _meta: fc.dictionary(fc.constantFrom('traceparent', 'a'), fc.jsonValue()) }),
);
const anyMessage = fc.record(
  {
    jsonrpc: fc.constant('2.0'),
    id: fc.integer(),
    method: fc.constantFrom('ping', 'tools/call', 'é😀'),
    params,
    result: fc.jsonValue({ maxDepth: 1 }),
  },
  { requiredKeys: ['jsonrpc'] },
);
const line = fc.oneof(
  { weight: 5, arbitrary: anyMessage.chain(spaced).map((text) => Buffer.from(text)) },
  fc.array(anyMessage, { maxLength: 3 }).map((batch) => Buffer.from(JSON.stringify(batch))),
  fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom('', '\r', ' ', '\uFEFF', 'noise', PING, `${PING}\r`, `\uFEFF${PING}`)
    .map(Buffer.from),
);
const stream = fc
  .tuple(fc.array(line, { maxLength: 8 }), fc.boolean())
  .map(([lines, isEnded]) =>
    Buffer.concat([
      ...lines.flatMap((one, i) => (i > 0 ? [Buffer.from('\n'), one] : [one])),
      Buffer.from(isEnded ? '\n' : ''),
    ]),
  );

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return [...lines, bytes.subarray(start)];
}

test('of any bytes, however they are cut, only the piece put in is new', () => {
  fc.assert(
    fc.property(stream, fc.array(fc.nat(10_000), { maxLength: 12 }), (bytes, places) => {
      const { written, operations } = rewritten(bytes, places);
      expect(rewritten(bytes).written).toEqual(written);
      const known = new Set(operations.map((operation) => traceparentOf({ operation })));
      const [before, after] = [linesOf(bytes), linesOf(written)];
      expect(after).toHaveLength(before.length);
      let injected = 0;
      before.forEach((line, i) => {
        const now = after[i]!;
        if (line.equals(now)) return;
        const { traceparent } = JSON.parse(now.toString().replace(/^\uFEFF/, '')).params._meta;
        expect(known.delete(traceparent)).toBe(true);
        expect(injectContext(line.toString(), { traceparent })).toBe(now.toString());
        injected++;
      });
      // What was alone on its line and has a place for it has got it.
      const fit = before.filter((line) => isFit(line)).length;
      expect(injected).toBe(fit);
    }),
    { numRuns: 400 },
  );
});

/** One request or notification as text, into whose _meta something can be put. */
function isFit(line: Buffer): boolean {
  const text = line.toString();
  const said = parsed(text.replace(/^\uFEFF/, ''));
  if (!Buffer.from(text).equals(line) || typeof said?.['method'] !== 'string') return false;
  const { jsonrpc, params, id } = said;
  if (jsonrpc !== '2.0' || ('id' in said && !Number.isSafeInteger(id))) return false;
  if (params === undefined) return true;
  const { _meta = {} } = params as Record<string, unknown>;
  return typeof _meta === 'object' && _meta !== null && !Array.isArray(_meta);
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
