import fc from 'fast-check';
import { isObject, parseMember } from '../../src/json-rpc';
import type { Side } from '../../src/tap/conversation';
import { recordedConversation } from './recorded-conversation';

const SIDES = ['client', 'server'] as const;
const strangeId = fc.constantFrom<unknown>(-0, '0', '', '__proto__', null, 1.5, 2 ** 53, {}, []);
/** Few, so that they collide. */
const id = fc.oneof({ weight: 8, arbitrary: fc.constantFrom<unknown>(0, 1, '1') }, strangeId);
const name = fc.constantFrom<unknown>('a', 'b', '__proto__', '', 1, null, [], {});
const METHODS = [
  ...['initialize', 'tools/call', 'tools/call', 'tools/list', 'subscriptions/listen', 'ping'],
  ...['notifications/cancelled', 'notifications/cancelled', 'notifications/progress', 'x'],
];
const KEY = 'io.modelcontextprotocol/';
const meta = fc.oneof(
  fc.record(
    {
      progressToken: id,
      traceparent: name,
      [`${KEY}protocolVersion`]: name,
      [`${KEY}clientInfo`]: fc.oneof(fc.record({ name, version: name }), fc.jsonValue()),
      [`${KEY}serverInfo`]: fc.oneof(fc.record({ name, version: name }), fc.jsonValue()),
    },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
);
const params = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ requestId: id, progressToken: id, name }, { requiredKeys: [] }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      _meta: meta,
      name,
      arguments: fc.jsonValue(),
      clientInfo: fc.jsonValue(),
    }),
  },
  fc.jsonValue(),
);
const result = fc.oneof(
  fc.constant({}),
  fc.record(
    {
      isError: fc.boolean(),
      content: fc.oneof(fc.array(fc.record({ text: name })), fc.jsonValue()),
      structuredContent: fc.jsonValue(),
      tools: fc.oneof(fc.array(fc.record({ name, inputSchema: fc.jsonValue() })), fc.jsonValue()),
      serverInfo: fc.record({ name, version: name }),
      protocolVersion: name,
      _meta: meta,
    },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
);
const error = fc.oneof(
  fc.record({ code: fc.constantFrom<unknown>(-32603, -32602, '1', null, 0), message: name }),
  fc.jsonValue(),
);
const jsonrpc = fc.constant('2.0');
const method = fc.constantFrom<unknown>(...METHODS, 1, null);
const member = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      { jsonrpc, id, method: fc.constantFrom(...METHODS), params },
      { requiredKeys: ['jsonrpc', 'id', 'method'] },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      jsonrpc,
      method: fc.constant('notifications/cancelled'),
      params: fc.record({ requestId: id }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      jsonrpc,
      id,
      method: fc.constantFrom('initialize', 'ping', 'subscriptions/listen'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ jsonrpc, method, params }, { requiredKeys: ['jsonrpc', 'method'] }),
  },
  { weight: 4, arbitrary: fc.record({ jsonrpc, id, result }) },
  {
    weight: 2,
    arbitrary: fc.record({ jsonrpc, id, error }, { requiredKeys: ['jsonrpc', 'error'] }),
  },
  fc.jsonValue(),
);
/** As JSON.parse makes it: `__proto__` is a member like any other. */
const asParsed = <T>(arbitrary: fc.Arbitrary<T>) =>
  arbitrary.map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const said = asParsed(
  fc.oneof({ weight: 6, arbitrary: member }, fc.array(member, { maxLength: 4 })),
);
const script = fc.array(fc.tuple(fc.constantFrom(...SIDES), said), { maxLength: 40 });

interface Waiting {
  readonly id: unknown;
  readonly method: string;
  readonly place: number;
}

/** What is to come of each request, told as plainly as it can be: lists in place of maps. */
function expectedOutcomes(lines: readonly (readonly [Side, unknown])[]): string[] {
  const outcomes: string[] = [];
  const waiting: Record<Side, Waiting[]> = { client: [], server: [] };
  const end = (side: Side, wanted: unknown, outcome: string, spared?: string): void => {
    const at = waiting[side].findIndex((one) => one.id === wanted);
    if (at === -1 || waiting[side][at]!.method === spared) return;
    outcomes[waiting[side][at]!.place] = outcome;
    waiting[side].splice(at, 1);
  };
  for (const [side, line] of lines) {
    for (const one of Array.isArray(line) ? line : [line]) {
      const message = parseMember(one, true);
      if (message.kind === 'request') {
        waiting[side].push({ ...message, place: outcomes.push('cut off') - 1 });
      } else if (message.kind === 'notification' && message.method === 'notifications/cancelled') {
        end(side, message.params?.['requestId'], 'cancelled', 'initialize');
      } else if (message.kind === 'response') {
        end(side === 'client' ? 'server' : 'client', message.id, outcomeOf(message.answer));
      }
    }
  }
  for (const one of waiting.client) {
    if (one.method === 'subscriptions/listen') outcomes[one.place] = 'ok';
  }
  return outcomes;
}

function outcomeOf(answer: object): string {
  if ('error' in answer) {
    return (answer.error as { code: number }).code === -32602 ? 'rejected' : 'error';
  }
  const { result } = answer as { result: unknown };
  return isObject(result) && result['isError'] === true ? 'tool_error' : 'ok';
}

const kinds = (lines: readonly (readonly [Side, unknown])[]) =>
  lines
    .flatMap(([, line]) => (Array.isArray(line) && line.length > 0 ? (line as unknown[]) : [line]))
    .map((one) => parseMember(one, true).kind);

test.each([true, false])(
  'whatever is said, with content %j: each request ends once, as it was answered; all is counted',
  (captureContent) => {
    fc.assert(
      fc.property(script, (lines) => {
        const { take, conversation, operations, tap, time } = recordedConversation({
          captureContent,
        });
        const begun: string[] = [];
        for (const [side, line] of lines) {
          time.monotonic++;
          const areMessages = take(side, line, ({ operation }) => {
            if (operation.kind === 'request') begun.push(operation.spanId);
          });
          expect(areMessages).toBe(!kinds([[side, line]]).includes('invalid'));
        }
        conversation.close();
        expect(tap.openCount).toBe(0);

        const ended = new Map(operations.map((op) => [op.spanId, op]));
        expect(ended.size).toBe(operations.length);
        const outcomes = begun.map((spanId) => {
          const { cutOff, outcome } = ended.get(spanId)!;
          return cutOff ? 'cut off' : outcome;
        });
        expect(outcomes).toEqual(expectedOutcomes(lines));

        const count = (kind: string, of: readonly string[]) =>
          of.filter((one) => one === kind).length;
        const had = operations.map(({ kind }) => kind);
        const said = kinds(lines);
        expect(count('request', had)).toBe(count('request', said));
        expect(count('notification', had)).toBe(count('notification', said));
        // Answers that nobody asked for are refused lines as well.
        const unasked = count('invalid', had) - count('invalid', said);
        expect(unasked).toBeGreaterThanOrEqual(0);
        expect(unasked).toBeLessThanOrEqual(count('response', said));
        // What goes to another thread must survive it.
        expect(() => structuredClone(operations)).not.toThrow();
      }),
      { numRuns: 400 },
    );
  },
);

test('any JSON at all is taken without an error', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SIDES), fc.json({ maxDepth: 4 }), (side, text) => {
      const { take, conversation, tap } = recordedConversation();
      take(side, JSON.parse(text));
      conversation.close();
      expect(tap.openCount).toBe(0);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['a message', '{"a":'.repeat(300_000) + '1' + '}'.repeat(300_000)],
  ['a batch', '['.repeat(300_000) + ']'.repeat(300_000)],
])('%s nested 300,000 deep is taken without an error', (_, text) => {
  const { take, operations } = recordedConversation({ captureContent: true });
  const deep: unknown = JSON.parse(text);
  take('client', deep);
  take('client', {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'a', arguments: deep, _meta: deep },
  });
  take('server', {
    jsonrpc: '2.0',
    id: 1,
    result: { structuredContent: deep, content: deep, _meta: deep },
  });
  expect(operations).toMatchObject([{ kind: 'invalid' }, { method: 'tools/call', outcome: 'ok' }]);
});
