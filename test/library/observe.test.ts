import { context, trace } from '@opentelemetry/api';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { CreateMessageRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { createObservedProcess, SPANS, type ObservedProcess } from './observed-process';

let observed: ObservedProcess;
let server: McpServer;
let client: Client;
/** What the tool `ids` saw as the current span, call by call. */
let seen: unknown[];
const closing: (() => Promise<void>)[] = [];

beforeEach(() => {
  observed = createObservedProcess();
  seen = [];
});
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  await observed.shutdown();
  context.disable();
});

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

function createServer(): McpServer {
  const created = new McpServer({ name: 'in-memory', version: '7.0' });
  created.registerTool('ids', { description: 'Looks.' }, async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    seen.push(trace.getActiveSpan()?.spanContext());
    return text('looked');
  });
  created.registerTool('ask', { inputSchema: { question: z.string() } }, async ({ question }) => {
    const message = { role: 'user' as const, content: { type: 'text' as const, text: question } };
    await created.server.createMessage({ messages: [message], maxTokens: 1 });
    return text('asked');
  });
  return created;
}

async function connect(observe: (transport: InMemoryTransport) => InMemoryTransport) {
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  server = createServer();
  client = new Client({ name: 'client', version: '1' }, { capabilities: { sampling: {} } });
  client.setRequestHandler(CreateMessageRequestSchema, () => ({
    role: 'assistant',
    model: 'm',
    content: { type: 'text', text: 'yes' },
  }));
  await server.connect(observe(serverSide));
  await client.connect(clientSide);
  closing.push(() => client.close());
}

/** What was made of all that was said until now. */
async function operations() {
  await observed.shutdown();
  return observed.operations;
}
const rows = async () =>
  (await operations()).map(({ direction, method, tool, outcome }) =>
    [direction, method, tool, outcome].filter(Boolean).join(' '),
  );

test('observe hands back the same transport, and what is said becomes operations', async () => {
  await connect((transport) => {
    expect(observed.observe(transport)).toBe(transport);
    return transport;
  });
  await client.listTools();
  await client.callTool({ name: 'ids' });
  await client.callTool({ name: 'ask', arguments: { question: 'yes?' } });
  await client.callTool({ name: 'nothing' });
  expect(await rows()).toEqual([
    'received initialize ok',
    'received notifications/initialized ok',
    'received tools/list ok',
    'received tools/call ids ok',
    'sent sampling/createMessage ok',
    'received tools/call ask ok',
    'received tools/call nothing tool_error',
  ]);
  expect(observed.operations.at(-1)!.session).toMatchObject({
    transport: 'pipe',
    protocolVersion: expect.stringMatching(/^\d{4}-/),
    ...{ clientName: 'client', clientVersion: '1', serverName: 'in-memory', serverVersion: '7.0' },
  });
  expect(observed.pipelines).toHaveLength(1);
  expect(observed.pipelines[0]!.init.settings).toMatchObject({
    serviceName: 'in-memory',
    captureContent: false,
  });
});

test('a transport is observed once, however often that is asked for', async () => {
  await connect((transport) => observed.observe(observed.observe(transport)));
  expect(await rows()).toEqual(['received initialize ok', 'received notifications/initialized ok']);
});

test('a server is observed on each transport that it is connected to', async () => {
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  server = createServer();
  expect(observed.observe(server)).toBe(server);
  await server.connect(serverSide);
  client = new Client({ name: 'client', version: '1' });
  await client.connect(clientSide);
  closing.push(() => client.close());
  expect(await rows()).toEqual(['received initialize ok', 'received notifications/initialized ok']);
});

test('while a handler runs its request is the current span, of two at once each its own', async () => {
  await connect(observed.observe);
  await Promise.all([client.callTool({ name: 'ids' }), client.callTool({ name: 'ids' })]);
  const calls = (await operations()).filter(({ tool }) => tool === 'ids');
  expect(calls).toHaveLength(2);
  expect(seen).toEqual(
    calls.map(({ traceId, spanId }) => expect.objectContaining({ traceId, spanId })),
  );
});

test("the server's question belongs to the call in whose handler it is asked, whatever else is open", async () => {
  await connect(observed.observe);
  await Promise.all([
    client.callTool({ name: 'ids' }),
    client.callTool({ name: 'ask', arguments: { question: '?' } }),
  ]);
  const all = await operations();
  const ask = all.find(({ tool }) => tool === 'ask')!;
  const question = all.find(({ direction }) => direction === 'sent')!;
  expect(question).toMatchObject({ traceId: ask.traceId, parentSpanId: ask.spanId });
});

test('a question that is asked of no request begins a trace of its own', async () => {
  await connect(observed.observe);
  const call = client.callTool({ name: 'ids' });
  await server.server.ping();
  await call;
  const ping = (await operations()).find(({ method }) => method === 'ping')!;
  expect(ping.parentSpanId).toBeUndefined();
});

test("where no spans are made, the author's own are not touched", async () => {
  observed = createObservedProcess({ ...SPANS, OTEL_TRACES_EXPORTER: 'none' });
  await connect(observed.observe);
  await client.callTool({ name: 'ids' });
  expect(seen).toEqual([undefined]);
  expect(await rows()).toContain('received tools/call ids ok');
});

test('a call that is open when the transport closes is cut off', async () => {
  await connect(observed.observe);
  const call = client.callTool({ name: 'ids' });
  await client.close();
  await expect(call).rejects.toThrow('Connection closed');
  const last = (await operations()).at(-1)!;
  expect(last).toMatchObject({ tool: 'ids', outcome: 'error', cutOff: true });
});

test('at the end all that is left is handed over, once', async () => {
  await connect(observed.observe);
  observed.idle();
  await observed.shutdown();
  await observed.shutdown();
  expect(observed.pipelines).toEqual([expect.objectContaining({ isOver: true })]);
  expect(observed.operations).toHaveLength(2);
});

test('after a shutdown messages pass unseen, until observe is called again', async () => {
  await connect(observed.observe);
  await observed.shutdown();
  await client.ping();
  expect(observed.operations).toHaveLength(2);
  observed.observe(server);
  await client.callTool({ name: 'ids' });
  expect(await rows()).toEqual([
    'received initialize ok',
    'received notifications/initialized ok',
    'received tools/call ids ok',
  ]);
  expect(observed.pipelines).toHaveLength(2);
});

test('a name for a server that says none: that of its script', async () => {
  observed.observe(new McpServer({ name: 'never asked', version: '1' }));
  await observed.shutdown();
  expect(observed.pipelines[0]!.init.settings.serviceName).toBe('my-server');
});

test('a setting that cannot be used is refused, each time', () => {
  observed = createObservedProcess({ TS_CALCULATOR_LOG_LEVEL: 'inof' });
  const [transport] = InMemoryTransport.createLinkedPair();
  const refusal = "TS_CALCULATOR_LOG_LEVEL: 'inof' is not one";
  expect(() => observed.observe(transport)).toThrow(refusal);
  expect(() => observed.observe(transport)).toThrow(refusal);
  expect(observed.pipelines).toEqual([]);
});
