import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { join } from 'node:path';
import { cleanEnvironment } from '../support/environment';
import { ROOT } from '../support/root';
import { QUIET } from './support/lines';

// The client of the official SDK: it validates what it is answered, and drops what it does not know.

let client: Client;
let transport: StdioClientTransport;
let faults: Error[];

async function connect(args: string[] = []): Promise<void> {
  transport = new StdioClientTransport({
    command: process.execPath,
    args: [join(ROOT, 'bin', 'ts-calculator.js'), ...args],
    env: cleanEnvironment(QUIET),
    stderr: 'pipe',
  });
  client = new Client({ name: 'sdk-client', version: '1.0.0' });
  faults = [];
  client.onerror = (fault) => faults.push(fault);
  await client.connect(transport);
}
const call = async (name: string, args: object, options = {}) =>
  (await client.callTool({ name, arguments: { ...args } }, undefined, options)) as CallToolResult;

afterEach(async () => {
  await client.close();
  expect(faults).toEqual([]);
});

test('initialize', async () => {
  await connect();
  expect(client.getServerVersion()).toMatchObject({ name: 'ts-calculator' });
  expect(client.getServerCapabilities()).toEqual({ tools: {} });
  expect(client.getInstructions()).toContain('Exact arithmetic');
  await client.ping();
});

test('tools are listed, and what they return agrees with their output schemas', async () => {
  await connect();
  const { tools } = await client.listTools();
  expect(tools).toHaveLength(4);
  // Having listed the tools the client holds each structured result to its schema.
  const results = await Promise.all([
    call('add', { a: 0.1, b: 0.2 }),
    call('subtract', { a: '9007199254740993', b: 1 }),
    call('multiply', { a: 2 ** 53, b: 2 }),
    call('divide', { a: 1, b: 3 }),
    call('divide', { a: 1, b: 8 }),
  ]);
  expect(results.map(({ structuredContent }) => structuredContent)).toEqual([
    { result: '0.3', exact: true },
    { result: '9007199254740992', exact: true },
    { result: expect.any(String), exact: true, note: expect.stringContaining('2^53') },
    expect.objectContaining({ exact: false, fraction: '1/3', repeating: '0.(3)' }),
    expect.objectContaining({ result: '0.125', exact: true }),
  ]);
  for (const { content, structuredContent } of results) {
    const [bare, structured] = content as { text: string }[];
    expect(bare!.text).toBe(structuredContent!['result']);
    expect(JSON.parse(structured!.text)).toEqual(structuredContent);
  }
});

test.each([
  ['divide', { a: 1, b: 0 }, /^Division by zero/],
  ['add', { a: 1 }, /^Both numbers are required for addition/],
  ['add', { a: 'x', b: 1 }, /^Operand a is not a number: "x"/],
])('a failed call of %s is a result', async (name, args, text) => {
  await connect();
  await client.listTools();
  const { isError, content } = await call(name, args);
  expect(isError).toBe(true);
  expect((content as { text: string }[])[0]!.text).toMatch(text);
});

test.each<[string, () => Promise<unknown>, object]>([
  [
    'an unknown tool',
    () => call('ad', {}),
    { code: -32602, message: expect.stringContaining('"add"') },
  ],
  ['an unknown method', () => client.listPrompts(), { message: expect.any(String) }],
  ['a page that is not there', () => client.listTools({ cursor: '2' }), { code: -32602 }],
])('%s is an error', async (_, act, fault) => {
  await connect();
  await expect(act()).rejects.toMatchObject(fault);
});

test('a call that is aborted is over at once; the next is answered', async () => {
  await connect(['--fault', 'slow=1500']);
  const abort = new AbortController();
  const aborted = call('add', { a: 1, b: 2 }, { signal: abort.signal });
  setTimeout(() => abort.abort('no longer wanted'), 100);
  await expect(aborted).rejects.toThrow('no longer wanted');
  expect((await call('add', { a: 2, b: 2 })).structuredContent).toMatchObject({ result: '4' });
  // An answer to the first would be a fault: the client no longer knows its id.
});

test('a call that times out is cancelled by the client', async () => {
  await connect(['--fault', 'slow=1500']);
  await expect(call('add', { a: 1, b: 2 }, { timeout: 100 })).rejects.toMatchObject({
    code: -32001,
  });
  expect((await call('add', { a: 2, b: 2 })).structuredContent).toMatchObject({ result: '4' });
});

test('a call that asks for progress is answered, without any', async () => {
  await connect();
  const progress: unknown[] = [];
  const answer = await call(
    'add',
    { a: 1, b: 2 },
    { onprogress: (p: unknown) => progress.push(p) },
  );
  expect(answer.structuredContent).toMatchObject({ result: '3' });
  expect(progress).toEqual([]);
});

test('a hundred calls at a time', async () => {
  await connect();
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) => call('multiply', { a: i, b: i })),
  );
  expect(answers.map((answer) => answer.structuredContent!['result'])).toEqual(
    Array.from({ length: 100 }, (_, i) => String(i * i)),
  );
});
