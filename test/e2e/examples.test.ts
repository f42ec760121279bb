import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import {
  getDefaultEnvironment,
  StdioClientTransport,
} from '@modelcontextprotocol/sdk/client/stdio.js';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Child, stopAll } from '../support/child';
import { startHttpServer } from '../support/http-server';
import { startReceiver, type Receiver } from '../support/receiver';
import { ROOT } from '../support/root';

const PROGRAM = join(ROOT, 'bin', 'ts-calculator.js');
const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await stopAll();
  await receiver.close();
});

describe('examples/shell', () => {
  const SCRIPT = join(ROOT, 'examples', 'shell', 'session.sh');

  /** A folder with the named programs alone: the path of a bare machine. */
  function pathOf(...programs: string[]): string {
    const folder = mkdtempSync(join(tmpdir(), 'path-'));
    for (const program of programs) {
      const places = process.env['PATH']!.split(delimiter).map((place) => join(place, program));
      const found = places.find((place) => existsSync(place));
      if (found) symlinkSync(found, join(folder, program));
    }
    return folder;
  }

  const bare = pathOf('sh', 'node', 'sed', 'cat', 'dirname');
  const withJq = pathOf('sh', 'node', 'sed', 'cat', 'dirname', 'jq');
  const testWithJq = existsSync(join(withJq, 'jq')) ? test : test.skip;
  afterAll(() => [bare, withJq].forEach((folder) => rmSync(folder, { recursive: true })));

  const answersOf = (child: Child) =>
    child.lines.filter((line) => line.startsWith('< ')).map((line) => line.slice(2));

  test('shows a session, with its log lines, and its spans arrive', async () => {
    const child = new Child(['sh', SCRIPT], { env: { ...receiver.env, PATH: bare } });
    expect((await child.exit).code).toBe(0);
    expect(child.lines.filter((line) => line.startsWith('> '))).toHaveLength(7);
    const answers = answersOf(child).map((line) => JSON.parse(line));
    expect(answers.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(answers.slice(2).map(({ result }) => result.content[0].text)).toEqual([
      '0.3',
      '9007199254740994',
      '0.3333333333333333333333333333333333',
      'Division by zero has no result: the divisor b must not be 0.',
    ]);
    const [, traceId, spanId] =
      /\[trace_id=(\w{32}) span_id=(\w{16})\] - tools\/call add ok/.exec(child.stderr) ?? [];
    const span = receiver.spans.find((one) => one.spanId === spanId);
    expect(span).toMatchObject({ traceId, name: 'tools/call add' });
  });

  testWithJq('with jq, shortens the answers', async () => {
    const child = new Child(['sh', SCRIPT], { env: { ...receiver.env, PATH: withJq } });
    expect((await child.exit).code).toBe(0);
    expect(answersOf(child)).toEqual([
      expect.stringMatching(/^1: ts-calculator \d/),
      '2: add, subtract, multiply, divide',
      '3: {"result":"0.3","exact":true}',
      '4: {"result":"9007199254740994","exact":true}',
      '5: {"result":"0.3333333333333333333333333333333333","exact":false,"fraction":"1/3","repeating":"0.(3)"}',
      '6: Division by zero has no result: the divisor b must not be 0.',
    ]);
  });

  test('takes another command, and ends as that does', async () => {
    const own = new Child(['sh', SCRIPT, process.execPath, PROGRAM, '--log-level', 'error'], {
      env: { ...receiver.env, PATH: bare },
    });
    expect((await own.exit).code).toBe(0);
    expect(answersOf(own)).toHaveLength(6);
    expect(own.stderr).toBe('');
    const failing = new Child(['sh', SCRIPT, process.execPath, '-e', 'process.exit(3)']);
    expect((await failing.exit).code).toBe(3);
  });

  test("the README's one call works", async () => {
    const [command] = /^printf[^`]+/m.exec(text('README.md'))!;
    expect(text('examples/shell/README.md')).toContain(command);
    const local = command.replace('npx -y ts-calculator', `"${process.execPath}" "${PROGRAM}"`);
    const child = new Child(['sh', '-c', local], { env: receiver.env });
    expect((await child.exit).code).toBe(0);
    expect(JSON.parse(child.stdout).result.structuredContent.result).toBe('0.3');
  });
});

describe('examples/claude-desktop', () => {
  interface Entry {
    command: string;
    args: string[];
    env: Record<string, string>;
  }
  const entryOf = (json: string): Entry => JSON.parse(json).mcpServers.calculator;
  const entriesIn = (file: string): Entry[] =>
    [...text(file).matchAll(/```json\n(\{\n[^`]*mcpServers[^`]*)```/g)].map(([, json]) =>
      entryOf(json!),
    );
  const entry = entryOf(text('examples/claude-desktop/claude_desktop_config.json'));

  test('all documents have the same entry', () => {
    expect(entriesIn('README.md')).toEqual([entry]);
    expect(entriesIn('examples/claude-desktop/README.md')).toEqual([
      { ...entry, command: 'cmd', args: ['/c', entry.command, ...entry.args] },
    ]);
  });

  test('a client starts what the entry says, and traces alone arrive, in their project', async () => {
    expect([entry.command, ...entry.args]).toEqual(['npx', '-y', 'ts-calculator']);
    const client = new Client({ name: 'desktop', version: '1' });
    const stderr: string[] = [];
    // The package as built here in place of the registry's; a Phoenix of the test in place of one's own.
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [PROGRAM],
      env: {
        ...getDefaultEnvironment(),
        ...entry.env,
        PHOENIX_ENDPOINT: entry.env['PHOENIX_ENDPOINT']!.replace(
          'http://localhost:6006',
          receiver.url,
        ),
      },
      stderr: 'pipe',
    });
    transport.stderr!.on('data', (chunk) => stderr.push(String(chunk)));
    await client.connect(transport);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['add', 'subtract', 'multiply', 'divide']);
    const result = await client.callTool({ name: 'add', arguments: { a: 0.1, b: 0.2 } });
    expect(result.structuredContent).toEqual({ result: '0.3', exact: true });
    await client.close();

    const span = await receiver.waitFor(({ spans }) =>
      spans.find(({ name }) => name === 'tools/call add'),
    );
    expect(span.resource['openinference.project.name']).toBe(entry.env['PHOENIX_PROJECT_NAME']);
    expect(new Set(receiver.requests.map(({ path }) => path))).toEqual(new Set(['/v1/traces']));
    expect(stderr.join('')).not.toMatch(/WARN|ERROR/);
  });
});

describe('examples/http', () => {
  const SCRIPT = join(ROOT, 'examples', 'http', 'session.sh');
  const TOKEN = 's3cr3t-token';

  test('shows a session over HTTP, and leaves none behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'http-'));
    writeFileSync(join(folder, 'token'), `${TOKEN}\n`);
    const server = await startHttpServer({
      args: ['--auth-token-file', join(folder, 'token')],
      env: receiver.env,
    });
    const session = new Child(['sh', SCRIPT, server.url], { env: { TOKEN } });
    expect((await session.exit).code).toBe(0);
    const answers = session.lines
      .filter((line) => /^< (HTTP|Mcp-|\{|event|data|\d)/.test(line))
      .map((line) => line.slice(2).replace(/[0-9a-f]{32}$/, '<id>'));
    expect(answers).toEqual([
      'HTTP/1.1 200 OK',
      'Mcp-Session-Id: <id>',
      expect.stringMatching(/^{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25"/),
      expect.stringMatching(/^{"jsonrpc":"2.0","id":2,"result":{"tools":/),
      expect.stringContaining('{"result":"0.3","exact":true}'),
      'event: message',
      expect.stringMatching(/^data: {"jsonrpc":"2.0","id":4,"result".*"repeating":"0\.\(3\)"/),
      '200',
    ]);
    const health = await fetch(server.at('/health'));
    expect(await health.json()).toMatchObject({ sessions: 0 });

    const stranger = new Child(['sh', SCRIPT, server.url], {});
    expect((await stranger.exit).code).not.toBe(0);
    expect(stranger.stderr).toContain('401');
    expect(await server.end()).toMatchObject({ code: 0 });
    rmSync(folder, { recursive: true });
  });
});
