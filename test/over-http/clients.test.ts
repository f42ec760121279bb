import { join } from 'node:path';
import { Child } from '../support/child';
import { startReceiver, type Receiver } from '../support/receiver';
import { ROOT } from '../support/root';
import { rowsOf } from '../servers/support/operations';
import { installed } from './support/installed';
import { stopAll } from '../support/cli';
import { startHttpServer, type HttpServer } from '../support/http-server';

// The clients that people have, over HTTP: each lists the tools and calls one, and its spans arrive.

const typescript = (version: string) => [
  process.execPath,
  join(installed('packages'), 'over-http', `client-${version}.mjs`),
];
const python = (version: string, from: 'python' | 'python-v1') => [
  ...[join(installed(from), 'bin', 'python'), '-B'],
  join(__dirname, 'clients', `client_${version}.py`),
];

interface Party {
  client: string;
  command: () => string[];
  /** How it chooses the revision of MCP. */
  mode?: 'legacy' | 'auto';
  /** What it says of itself. */
  info: [name: string, version: string];
}

const PARTIES: Party[] = [
  { client: 'TypeScript 1', command: () => typescript('v1'), info: ['client-v1', '1.0.1'] },
  ...(['legacy', 'auto'] as const).flatMap((mode): Party[] => [
    {
      client: `TypeScript 2, ${mode}`,
      command: () => typescript('v2'),
      mode,
      info: ['client-v2', '2.0.2'],
    },
    {
      client: `Python 2, ${mode}`,
      command: () => python('v2', 'python'),
      mode,
      info: ['client-python-v2', '2.0.3'],
    },
  ]),
  {
    client: 'Python 1',
    command: () => python('v1', 'python-v1'),
    info: ['client-python-v1', '1.0.3'],
  },
];

let receiver: Receiver;
let server: HttpServer;
beforeEach(async () => {
  receiver = await startReceiver();
  server = await startHttpServer({ env: receiver.env, timeoutMs: 30_000 });
});
afterEach(async () => {
  await stopAll();
  await receiver.close();
});

/** What a client prints; it must have ended well. */
async function outputOf(command: string[]): Promise<unknown> {
  const child = new Child(command as [string, ...string[]], { timeoutMs: 30_000 });
  const { code } = await child.end();
  if (code !== 0) throw new Error(`it ended with ${code}\n${child.report()}`);
  return JSON.parse(child.stdout);
}

const sessionsOpen = async (): Promise<number> => {
  const response = await fetch(server.at('/health'));
  return ((await response.json()) as { sessions: number }).sessions;
};

/** Ends the server; what it sent is then at the receiver. */
async function end(): Promise<void> {
  expect(await server.end()).toMatchObject({ code: 0 });
  expect(server.cli.stdout).toBe('');
}

test.each(PARTIES)('$client', async ({ command, mode, info: [name, version] }) => {
  const words = [...command(), server.url, ...(mode ? [mode] : [])];
  expect(await outputOf(words)).toMatchObject({
    tools: ['add', 'subtract', 'multiply', 'divide'],
    called: { result: '0.3', exact: true },
  });
  expect(await sessionsOpen()).toBe(0); // It said DELETE.

  await end();
  expect(rowsOf(receiver.spans, 'SERVER')).toEqual([
    'initialize',
    'notifications/initialized',
    'tools/list',
    'tools/call add',
  ]);
  const facts = receiver.spans.map(({ attributes }) => attributes);
  for (const attributes of facts) {
    expect(attributes).toMatchObject({
      'mcp.client.name': name,
      'mcp.client.version': version,
      'mcp.protocol.version': '2025-11-25',
      'network.transport': 'tcp',
    });
  }
  expect(new Set(facts.map((attributes) => attributes['mcp.session.id'])).size).toBe(1);
  expect(receiver.latest('mcp.server.session.duration')).toMatchObject([{ count: 1 }]);
});

test('the Inspector, which leaves its sessions open', async () => {
  const inspector = join(ROOT, 'node_modules', '.bin', 'mcp-inspector-cli');
  const inspect = (...args: string[]) => outputOf([inspector, '--cli', server.url, ...args]);
  const listed = await inspect('--method', 'tools/list');
  expect(listed).toMatchObject({
    tools: ['add', 'subtract', 'multiply', 'divide'].map((name) => ({ name })),
  });
  const call = ['--method', 'tools/call', '--tool-name', 'add'];
  expect(await inspect(...call, '--tool-arg', 'a=0.1', '--tool-arg', 'b=0.2')).toMatchObject({
    structuredContent: { result: '0.3', exact: true },
  });
  expect(await sessionsOpen()).toBe(2);

  await end();
  // It lists before it calls.
  const session = ['initialize', 'notifications/initialized', 'tools/list'];
  expect(rowsOf(receiver.spans, 'SERVER')).toEqual([...session, ...session, 'tools/call add']);
  expect(receiver.latest('mcp.server.session.duration')).toMatchObject([{ count: 2 }]);
});
