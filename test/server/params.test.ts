import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { RELATED_TASK_META_KEY } from '@modelcontextprotocol/sdk/types.js';
import fc from 'fast-check';
import { createServer } from '../../src/server/create-server';
import { checkParams } from '../../src/server/params';
import { registry } from '../../src/tools/registry';

const CLIENT = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'c', version: '1' },
};

const TOKEN = '"_meta.progressToken" must be a string or an integer';
const NAME = '"name" must be a string: the name of the tool to call';
const TASK = `"_meta.${RELATED_TASK_META_KEY}" must be an object with a "taskId"`;

test.each<[string, object | undefined, string]>([
  ['tools/call', undefined, '"name" is missing: the name of the tool to call'],
  ['tools/call', { arguments: {} }, '"name" is missing: the name of the tool to call'],
  ['tools/call', { name: 1 }, NAME],
  ['tools/call', { name: null }, NAME],
  ['tools/call', { name: ['add'] }, NAME],
  ['tools/call', { name: 'add', arguments: null }, '"arguments" must be an object'],
  ['tools/call', { name: 'add', arguments: [1, 2] }, '"arguments" must be an object'],
  ['tools/call', { name: 'add', arguments: '{}' }, '"arguments" must be an object'],
  ['tools/list', { cursor: 1 }, '"cursor" must be a string'],
  ['tools/list', { cursor: null }, '"cursor" must be a string'],
  ['ping', { _meta: null }, '"_meta" must be an object'],
  ['ping', { _meta: [] }, '"_meta" must be an object'],
  ['ping', { _meta: 'a' }, '"_meta" must be an object'],
  ['ping', { _meta: { progressToken: null } }, TOKEN],
  ['ping', { _meta: { progressToken: 1.5 } }, TOKEN],
  ['ping', { _meta: { progressToken: 2 ** 53 } }, TOKEN],
  ['ping', { _meta: { progressToken: {} } }, TOKEN],
  ['ping', { _meta: { [RELATED_TASK_META_KEY]: {} } }, TASK],
  ['ping', { _meta: { [RELATED_TASK_META_KEY]: 'id' } }, TASK],
  ['tools/call', { name: 1, _meta: 1 }, '"_meta" must be an object'],
])('%s with %j is refused', (method, params, problem) => {
  const fault = checkParams(method, params as Record<string, unknown>);
  expect(fault).toMatchObject({
    code: -32602,
    message: `Invalid params for ${method}: ${problem}`,
  });
});

test.each<[string, object | undefined]>([
  ['ping', undefined],
  ['ping', { anything: [] }],
  ['ping', { _meta: { progressToken: 0, traceparent: 1 } }],
  ['no/such', { name: 1, arguments: 1, cursor: 1 }],
  ['toString', {}],
  ['__proto__', {}],
  ['tools/list', {}],
  ['tools/list', { cursor: '' }],
  ['tools/call', { name: 'add' }],
  ['tools/call', { name: 'nope', arguments: { a: null } }],
  ['initialize', CLIENT],
  ['initialize', { ...CLIENT, protocolVersion: '1.0', more: 1 }],
])('%s with %j is passed on', (method, params) => {
  expect(checkParams(method, params as Record<string, unknown>)).toBeUndefined();
});

test('a long method is shortened where it is told', () => {
  const { message } = checkParams('m'.repeat(10_000), { _meta: 1 })!;
  expect(message.length).toBeLessThan(200);
});

/** Gives one message to the SDK, as the connection does; resolves with what it says to it. */
async function ask(message: JSONRPCMessage): Promise<JSONRPCMessage | undefined> {
  const server = createServer(registry, { name: 's', version: '1' });
  let answer: JSONRPCMessage | undefined;
  const transport = {
    onmessage: undefined as ((message: JSONRPCMessage) => void) | undefined,
    start: async () => {},
    close: async () => {},
    send: async (sent: JSONRPCMessage) => void (answer = sent),
  };
  await server.connect(transport as never);
  transport.onmessage!(message);
  for (let turn = 0; turn < 3 && !answer; turn++) await new Promise(setImmediate);
  return answer;
}

test.each<[object | undefined, string]>([
  [undefined, '"protocolVersion": expected string, received undefined'],
  [{ ...CLIENT, protocolVersion: 1 }, '"protocolVersion": expected string, received number'],
  [{ ...CLIENT, capabilities: undefined }, '"capabilities": expected object, received undefined'],
  [{ ...CLIENT, clientInfo: {} }, '"clientInfo.name": expected string, received undefined'],
  [
    { ...CLIENT, clientInfo: { name: 'c', version: 1 } },
    '"clientInfo.version": expected string, received number',
  ],
])('initialize with %j is refused by the server', async (params, problem) => {
  const message = { jsonrpc: '2.0', id: 1, method: 'initialize', params } as JSONRPCMessage;
  expect(await ask(message)).toEqual({
    jsonrpc: '2.0',
    id: 1,
    error: { code: -32602, message: `Invalid params for initialize: ${problem}` },
  });
});

describe('what the check lets pass, the SDK answers', () => {
  const some = (...values: unknown[]) => fc.constantFrom(...values);
  const anything = fc.jsonValue({ maxDepth: 2 });
  const meta = fc.oneof(
    anything,
    fc.record(
      {
        progressToken: fc.oneof(some(1, 1.5, -1, 2 ** 53, 'token', '', null), anything),
        [RELATED_TASK_META_KEY]: fc.oneof(some({ taskId: 'a' }, { taskId: 1 }, {}), anything),
        traceparent: anything,
        ['io.modelcontextprotocol/other']: anything,
      },
      { requiredKeys: [] },
    ),
  );
  const params = fc.record(
    {
      _meta: meta,
      name: fc.oneof(some('add', 'nope'), anything),
      arguments: fc.oneof(some({ a: 1, b: 2 }), anything),
      cursor: fc.oneof(some('', 'c'), anything),
      task: fc.oneof(some({}, { ttl: 1 }, { ttl: 'a' }), anything),
      protocolVersion: fc.oneof(some('2025-11-25', ''), anything),
      capabilities: fc.oneof(some({}, { sampling: {} }, { tasks: {} }), anything),
      clientInfo: fc.oneof(some({ name: 'c', version: '1' }), anything),
    },
    { requiredKeys: [] },
  );
  const methods = some('ping', 'initialize', 'tools/list', 'tools/call', 'no/such', 'tasks/get');

  test('with a readable text, never zod’s JSON', async () => {
    let passed = 0;
    const property = fc.asyncProperty(methods, params, async (method, given) => {
      const message = { jsonrpc: '2.0', id: 1, method, params: given } as JSONRPCMessage;
      if (checkParams(method as string, given)) return;
      passed++;
      const answer = await ask(message);
      expect(answer).toMatchObject({ jsonrpc: '2.0', id: 1 });
      const { error } = answer as { error?: { code: number; message: string } };
      if (!error) return;
      expect([-32601, -32602]).toContain(error.code);
      expect(error.message).toMatch(
        /^(Unknown (tool|cursor)|Method not found|Invalid params for initialize)/,
      );
    });
    await fc.assert(property, { numRuns: 3_000 });
    expect(passed).toBeGreaterThan(300);
  });
});
