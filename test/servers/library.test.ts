import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setUpAuthor } from '../support/author';
import { testExample } from '../support/author-example';
import { Child } from '../support/child';
import { Cli } from '../support/cli';
import { ROOT } from '../support/root';
import { authors } from './support/installed';

// What test/e2e/library.test.ts tests of version 1 of the SDK, with version 2 as well, and with an
// OpenTelemetry that is older than ours: its API would heed nothing that a newer one registers.
describe.each([
  ['v1.mjs', '1.0.0'],
  ['v2.mjs', '2.0.0'],
])('examples/observe-your-server/%s', (script, version) => {
  testExample({ script, version, packages: authors });
});

describe('with version 2 of the SDK, and an older OpenTelemetry', () => {
  const META = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'modern', version: '3.2.1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const lookUp = (word: string) => ({ name: 'look_up', arguments: { word }, _meta: META });

  const author = setUpAuthor(authors);
  const { named } = author;

  const start = (script: string) => ({
    command: [process.execPath, '--import', author.path('tracing.mjs'), author.path(script)] as [
      string,
      ...string[],
    ],
    env: author.receiver.env,
  });
  const ofWords = (): unknown[] =>
    named('dictionary.look_up').map(({ traceId, parentSpanId }) => ({ traceId, parentSpanId }));
  const ofCalls = (): unknown[] =>
    named('tools/call look_up').map(({ traceId, spanId }) => ({ traceId, parentSpanId: spanId }));

  test('serveStdio: requests of MCP 2026-07-28, many at once, each with its own spans', async () => {
    const cli = new Cli(start('serve-stdio-v2.mjs'));
    await cli.request('server/discover', { _meta: META });
    await cli.request('tools/list', { _meta: META });
    const words = ['tap', 'trace', 'tap', 'nothing', 'trace'];
    const asked = words.map((_, index) => cli.answerTo(index + 100));
    // One write: the server is given them all before it handles the first.
    cli.write(
      words
        .map((word, index) => ({ id: index + 100, params: lookUp(word) }))
        .map((one) => `${JSON.stringify({ jsonrpc: '2.0', method: 'tools/call', ...one })}\n`)
        .join(''),
    );
    const answers = await Promise.all(asked);
    expect(answers.map(({ result }) => result.isError === true)).toEqual(
      words.map((word) => word === 'nothing'),
    );
    expect(await cli.end()).toMatchObject({ code: 0 });
    expect(new Set(named('tools/call look_up').map(({ traceId }) => traceId)).size).toBe(5);
    expect(new Set(ofWords())).toEqual(new Set(ofCalls()));
    expect(named('tools/call look_up')[0]!.attributes).toMatchObject({
      'mcp.protocol.version': '2026-07-28',
      'mcp.client.name': 'modern',
      'mcp.server.name': 'dictionary',
      'mcp.server.version': '2.0.0',
      'network.transport': 'pipe',
    });
    expect(named('server/discover')).toHaveLength(1);
  });

  test('createMcpHandler: over HTTP, a request a transport', async () => {
    const server = new Child(start('http-v2.mjs').command, { env: author.receiver.env });
    const port = await server.waitFor(() => server.lines[0]);
    const ask = async (id: number) => {
      const response = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'mcp-protocol-version': '2026-07-28',
          'mcp-method': 'tools/call',
          'mcp-name': 'look_up',
        },
        body: JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: lookUp('tap') }),
      });
      return response.text();
    };
    const answers = await Promise.all([1, 2].map(ask));
    for (const answer of answers) expect(answer).toContain('A device that controls a flow.');
    expect(await server.end()).toMatchObject({ code: 0 });
    expect(named('tools/call look_up')).toHaveLength(2);
    expect(new Set(ofWords())).toEqual(new Set(ofCalls()));
    expect(named('tools/call look_up')[0]!.attributes).toMatchObject({
      'network.transport': 'tcp',
      'mcp.client.name': 'modern',
      'mcp.server.name': 'dictionary-http',
    });
  });

  test('an OpenTelemetry that is set up after the first request is not refused', async () => {
    const child = new Child([process.execPath, author.path('late-tracing.mjs')], {
      env: author.receiver.env,
    });
    expect(await child.exit).toMatchObject({ code: 0 });
    expect(named('tools/call look_up')).toHaveLength(2);
    expect(ofWords()).toEqual(ofCalls().slice(1));
  });

  test('the types of both versions fit, whatever is observed', () => {
    writeFileSync(
      author.path('use.ts'),
      `import { McpServer as ServerV1 } from '@modelcontextprotocol/sdk/server/mcp.js';
       import { StdioServerTransport as StdioV1 } from '@modelcontextprotocol/sdk/server/stdio.js';
       import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
       import { McpServer as ServerV2, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
       import { StdioServerTransport as StdioV2, serveStdio } from '@modelcontextprotocol/server/stdio';
       import { observe, shutdown } from 'ts-calculator';
       const info = { name: 'a', version: '1' };
       void new ServerV1(info).connect(observe(new StdioV1()));
       void new ServerV2(info).connect(observe(new StdioV2()));
       serveStdio(() => observe(new ServerV2(info)), { transport: observe(new StdioV2()) });
       export const v1: StreamableHTTPServerTransport = observe(new StreamableHTTPServerTransport({}));
       export const v2: WebStandardStreamableHTTPServerTransport = observe(new WebStandardStreamableHTTPServerTransport());
       export const low = observe(new ServerV1(info).server);
       // @ts-expect-error: no transport and no server.
       observe({ start: 1 });
       export const over: Promise<void> = shutdown(500);`,
    );
    const compilerOptions = {
      ...{ strict: true, module: 'nodenext', target: 'es2022', noEmit: true },
      ...{ skipLibCheck: true, types: ['node'] },
    };
    writeFileSync(
      author.path('tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['use.ts'] }),
    );
    const types = join(ROOT, 'node_modules', '@types');
    symlinkSync(types, author.path(join('node_modules', '@types')));
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const child = new Child([process.execPath, tsc, '-p', author.path('.')], {
      timeoutMs: 60_000,
    });
    return child.exit.then(({ code }) => expect([child.stdout, code]).toEqual(['', 0]));
  });
});
