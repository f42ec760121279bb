import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setUpAuthor } from '../support/author';
import { testExample } from '../support/author-example';
import { Child } from '../support/child';
import { startReceiver } from '../support/receiver';
import { ROOT } from '../support/root';

jest.setTimeout(60_000);

const PACKAGES = join(ROOT, 'node_modules');

// test/servers/library.test.ts goes on, with version 2 of the SDK and an older OpenTelemetry.
describe('examples/observe-your-server/v1.mjs', () => {
  testExample({ script: 'v1.mjs', version: '1.0.0', packages: () => PACKAGES });
});

describe('installed', () => {
  const author = setUpAuthor(() => PACKAGES);

  test('over HTTP each session is one, with its id, and all share one pipeline', async () => {
    const server = new Child([process.execPath, author.path('http-v1.mjs')], {
      env: author.receiver.env,
    });
    const port = await server.waitFor(() => server.lines[0]);
    const sessions = await Promise.all(
      ['ann', 'bob'].map(async (name) => {
        const client = new Client({ name, version: '1' });
        const transport = new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/`));
        // The SDK's own types fall short of `exactOptionalPropertyTypes`.
        await client.connect(transport as Parameters<Client['connect']>[0]);
        await client.callTool({ name: 'look_up', arguments: { word: 'tap' } });
        const { sessionId } = transport;
        await client.close();
        return { name, sessionId };
      }),
    );
    expect(await server.end()).toMatchObject({ code: 0 });

    const calls = author.receiver.spans.filter(({ name }) => name === 'tools/call look_up');
    expect(
      calls.map(({ attributes }) => ({
        name: attributes['mcp.client.name'],
        sessionId: attributes['mcp.session.id'],
        carrier: attributes['network.transport'],
      })),
    ).toEqual(expect.arrayContaining(sessions.map((one) => ({ ...one, carrier: 'tcp' }))));
    expect(calls).toHaveLength(2);
    expect(
      new Set(author.receiver.spans.map(({ resource }) => resource['service.instance.id'])).size,
    ).toBe(1);
    const closed = author.receiver.latest('mcp.server.session.duration');
    expect(closed.reduce((sum, { count }) => sum + Number(count), 0)).toBe(2);
    const told = [...server.stderr.matchAll(/^looking up tap, trace_id=(\w+)$/gm)];
    expect(told.map(([, id]) => id).sort()).toEqual(calls.map(({ traceId }) => traceId).sort());
  });

  /** Ends by itself, though it observes, and tells how it got at the library. */
  const script = (load: string): string => `${load}
    const transport = { start() {}, close() {}, async send(message) { console.log(message.id); } };
    console.log(observe(transport) === transport, typeof shutdown);
    transport.onmessage = ({ id }) => transport.send({ jsonrpc: '2.0', id, result: {} });
    transport.onmessage({ jsonrpc: '2.0', id: 7, method: 'ping' });`;
  const run = async (code: string, type: 'module' | 'commonjs', cwd: string): Promise<string[]> => {
    const command: [string, ...string[]] = [process.execPath, `--input-type=${type}`, '-e', code];
    const child = new Child(command, { env: author.receiver.env, cwd });
    expect([await child.exit, child.stderr]).toEqual([
      expect.objectContaining({ code: 0 }),
      expect.stringContaining(' - mcp-server - INFO - '),
    ]);
    expect(author.receiver.spans.map(({ name }) => name)).toEqual(['ping']);
    return [...child.lines];
  };
  const checkout = JSON.stringify(pathToFileURL(join(ROOT, 'dist', 'index.js')));

  test.each<[string, string, () => string]>([
    ['from the package', "'ts-calculator'", () => author.path('.')],
    ['from the checkout', checkout, () => ROOT],
  ])('imported %s, with any transport', async (_, from, cwd) => {
    const code = script(`import { observe, shutdown } from ${from};`);
    expect(await run(code, 'module', cwd())).toEqual(['true function', '7']);
  });

  // Without warnings or flags: Node 20.19, 22.12 and later.
  const canRequire = Boolean((process.features as { require_module?: boolean }).require_module);
  test('a CommonJS program requires it, or imports it where Node is older', async () => {
    const require = `const { observe, shutdown } = require('ts-calculator');`;
    const load = canRequire
      ? script(require)
      : `import('ts-calculator').then(({ observe, shutdown }) => { ${script('')} });`;
    expect(await run(load, 'commonjs', author.path('.'))).toEqual(['true function', '7']);
  });
});

test('a receiver that never answers keeps no process from its end', async () => {
  const receiver = await startReceiver();
  receiver.behave({ kind: 'hang' });
  const from = JSON.stringify(pathToFileURL(join(ROOT, 'dist', 'index.js')));
  const code = `import { observe, shutdown } from ${from};
    const transport = observe({ start() {}, close() {}, async send() {} });
    transport.onmessage = () => {};
    transport.onmessage({ jsonrpc: '2.0', method: 'notifications/x' });
    process.once('beforeExit', () => console.log('idle'));`;
  const child = new Child([process.execPath, '--input-type=module', '-e', code], {
    env: receiver.env,
  });
  expect(await child.exit).toMatchObject({ code: 0 });
  expect(child.lines).toEqual(['idle']);
  expect(child.stderr).toMatch(/telemetry: .* dropped \(receiver did not answer in time\)/);
  await receiver.close();
});
