import { spawn } from 'node:child_process';
import { stopAll } from '../support/cli';
import { cleanEnvironment } from '../support/environment';
import { startHttpServer } from '../support/http-server';
import { HttpSession } from '../support/http-session';
import { startReceiver, type Receiver } from '../support/receiver';
import {
  CLIENT,
  comparable,
  expectedSpan,
  ofConnection,
  ofOperation,
  toolsIn,
  type ToolFacts,
} from './support/expected-span';
import { requireFree } from './support/free-port';
import { answer } from './support/lines';
import { counted } from './support/points';
import { complaints } from './support/stderr-lines';

// The plan's own request, as it stands there, and what telemetry says of requests over HTTP.

const PORT = 8100;
const PLAN = `curl -X POST http://localhost:8100/mcp -H "Content-Type: application/json" -d '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add","arguments":{"a":5,"b":3}}}'`;

/** What a shell makes of a command: its stdout. */
function shell(command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', command], { env: cleanEnvironment() });
    const text = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => (text[name] += chunk));
    }
    child.on('close', (code) => {
      if (code === 0) resolve(text.stdout);
      else reject(new Error(`${command}\ngave ${code}: ${text.stderr}`));
    });
  });
}

/** What a span says of a connection over HTTP, beside what it says of any. */
const OVER_HTTP = {
  'network.transport': 'tcp',
  'network.protocol.name': 'http',
  'network.protocol.version': '1.1',
  'client.address': '127.0.0.1',
  'client.port': expect.any(Number),
  'server.address': '127.0.0.1',
  'server.port': PORT,
};
const SESSION_IDS = ['mcp.session_id', 'mcp.session.id', 'session.id'];

let receiver: Receiver;
let replies: string[];
let tools: Map<string, ToolFacts>;
let session: HttpSession;
let stderr: string;
beforeAll(async () => {
  await requireFree(PORT, 'something');
  receiver = await startReceiver();
  const { cli, url } = await startHttpServer({
    args: ['--port', String(PORT)],
    env: receiver.env,
  });
  expect(url).toBe('http://127.0.0.1:8100/mcp');
  replies = [await shell(PLAN), await shell(`${PLAN} -i`)];
  session = await HttpSession.begin(url);
  tools = toolsIn(await session.request('tools/list'));
  await session.request('tools/call', { name: 'add', arguments: { a: 5, b: 3 } });
  await session.end();
  cli.kill();
  expect(await cli.exit).toMatchObject({ code: 0, signal: null });
  expect(cli.stdout).toBe('');
  stderr = cli.stderr;
}, 30_000);
afterAll(async () => {
  await stopAll();
  await receiver?.close();
});

test('the plan’s curl is answered', () => {
  expect(JSON.parse(replies[0]!)).toEqual(answer(1, '8'));
});

test('with status 200, as JSON, and without a session', () => {
  const [head] = replies[1]!.split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(head).toMatch(/^content-type: application\/json\r?$/im);
  expect(head).not.toMatch(/mcp-session-id/i);
});

const call = () => ({
  method: 'tools/call',
  id: '1',
  tool: 'add',
  facts: tools.get('add'),
  args: { a: 5, b: 3 },
  numbers: { a: 5, b: 3 },
  output: { result: '8', exact: true },
  result: 8,
});

test('its span is at the receiver, with both ends of the connection and no session', () => {
  const [span] = receiver.spans;
  const attributes: Record<string, unknown> = {
    ...ofOperation(call()),
    ...ofConnection({ sessionId: '' }),
    ...OVER_HTTP,
  };
  for (const name of SESSION_IDS) delete attributes[name];
  expect(comparable(span!)).toEqual(expectedSpan('tools/call add', attributes as never));
});

test('in a session the span says which', () => {
  const span = receiver.spans.find(
    ({ name, attributes }) => name === 'tools/call add' && attributes['session.id'],
  );
  const sessionId = session.id;
  expect(comparable(span!)).toEqual(
    expectedSpan('tools/call add', {
      ...ofOperation(call()),
      ...ofConnection({ sessionId, protocol: '2025-11-25', client: CLIENT }),
      ...OVER_HTTP,
    } as never),
  );
});

test('one span per message, not per HTTP request: DELETE has none', () => {
  expect(receiver.spans.map(({ name }) => name)).toEqual([
    ...['tools/call add', 'tools/call add'],
    ...['initialize', 'tools/list', 'tools/call add'],
  ]);
});

test('the counts are those of requests; sessions are those that began with initialize', () => {
  expect(counted(receiver.latest('mcp.requests.total'))).toEqual({
    'method=tools/call outcome=ok tool=add': 3,
    'method=initialize outcome=ok': 1,
    'method=tools/list outcome=ok': 1,
  });
  expect(counted(receiver.latest('mcp.server.session.duration'))).toEqual({
    'mcp.protocol.version=2025-11-25 network.transport=tcp': 1,
  });
  expect(receiver.latest('mcp.sessions.active').map(({ value }) => value)).toEqual([0]);
  const operations = counted(receiver.latest('mcp.server.operation.duration'));
  expect(operations).toMatchObject({
    'gen_ai.operation.name=execute_tool gen_ai.tool.name=add mcp.method.name=tools/call network.transport=tcp': 2,
  });
});

test('nothing was wrong, and no id is whole where it is logged', () => {
  expect(complaints(stderr)).toEqual([]);
  const told = [
    stderr,
    ...receiver.logs.map(({ body, attributes }) => JSON.stringify([body, attributes])),
  ];
  for (const text of told) expect(text).not.toContain(session.id);
});
