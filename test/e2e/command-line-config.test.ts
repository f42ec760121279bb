import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import {
  getDefaultEnvironment,
  StdioClientTransport,
} from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { Command } from 'commander';
import {
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, stopAll } from '../support/child';
import { startReceiver, type Receiver } from '../support/receiver';
import { ROOT } from '../support/root';
import { command, type Finished } from './support/command';
import { closedPort } from './support/free-port';
import { install, offline, pack } from './support/package';

jest.setTimeout(60_000);

const PROGRAM = join(ROOT, 'bin', 'ts-calculator.js');
const SECRET = 's3cr3t-4711';

let temp: string;
let receiver: Receiver;
beforeAll(() => (temp = realpathSync(mkdtempSync(join(tmpdir(), 'ts-calculator-config-')))));
afterAll(() => rmSync(temp, { recursive: true }));
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await stopAll();
  await receiver.close();
});

/** `ts-calculator config`, with nothing set but what is said here. */
const config = (args: string[], env: Record<string, string> = {}, cwd = ROOT): Promise<Finished> =>
  command(['config', ...args], {
    env: { OTEL_SDK_DISABLED: '', TS_CALCULATOR_LOG_LEVEL: '', ...env },
    cwd,
  });

const write = (name: string, text: string): string => {
  const path = join(temp, name);
  writeFileSync(path, text);
  return path;
};

describe('the settings', () => {
  test('for people: endpoints first, sources told, warnings on stderr', async () => {
    const file = write('settings.env', `PHOENIX_PROJECT_NAME=mine\nPHOENIX_API_KEY=${SECRET}\n`);
    const { code, stdout, stderr } = await config(
      ['--env-file', file, '--otlp-endpoint', `http://me:${SECRET}@collector`],
      { OTEL_METRICS_EXPORTER: 'none', OTEL_BSP_SCHEDULE_DELAY: 'soon' },
    );
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'Endpoints',
      '  traces   http://***@collector/v1/traces  --otlp-endpoint',
      '  metrics  none                            OTEL_METRICS_EXPORTER',
      '  logs     http://***@collector/v1/logs    --otlp-endpoint',
    ]);
    expect(stdout).toMatch(
      /^ {2}--phoenix-project +mine +PHOENIX_PROJECT_NAME in .*settings\.env$/m,
    );
    expect(stdout).toMatch(/^ {2}PHOENIX_API_KEY +\*\*\* /m);
    expect(stdout).toMatch(/^ {2}--log-level +info +default$/m);
    expect(stderr).toMatch(/^ts-calculator: OTEL_BSP_SCHEDULE_DELAY: 'soon' [^\n]*\n$/);
    expect(stdout + stderr).not.toContain(SECRET);
  });

  test('for scripts: one object, the warnings in it', async () => {
    const { code, stdout, stderr } = await config(['--json', '--log-level', 'debug'], {
      PHOENIX_CLIENT_HEADERS: `x=${SECRET}`,
      OTEL_BSP_SCHEDULE_DELAY: 'soon',
    });
    expect([code, stderr]).toEqual([0, '']);
    const { endpoints, settings, warnings } = JSON.parse(stdout);
    expect(Object.keys(endpoints)).toEqual(['traces', 'metrics', 'logs']);
    expect(endpoints.traces).toEqual({
      exporters: ['otlp'],
      url: 'http://localhost:6006/v1/traces',
      source: { kind: 'default' },
    });
    expect(settings).toContainEqual({
      name: '--log-level',
      flag: '--log-level',
      variables: ['TS_CALCULATOR_LOG_LEVEL'],
      value: 'debug',
      source: { kind: 'flag', name: '--log-level' },
    });
    expect(settings).toContainEqual({
      name: 'PHOENIX_API_KEY',
      flag: null,
      variables: ['PHOENIX_API_KEY'],
      value: null,
      source: { kind: 'default' },
    });
    expect(warnings).toEqual([expect.stringContaining('OTEL_BSP_SCHEDULE_DELAY')]);
    expect(stdout).not.toContain(SECRET);
  });

  test('a whole copy of .env.example, uncommented, costs no warning', async () => {
    const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
    const file = write(
      'all.env',
      example.replace(/^# ([A-Z_]+=\S)/gm, '$1').replace('<your-key>', 'my-key'),
    );
    const { code, stdout, stderr } = await config(['--json', '--env-file', file]);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout).warnings).toEqual([]);
  });

  test.each<[string[], RegExp]>([
    [['--client', 'cursr'], /'cursr' is invalid\. It is not one of .*Did you mean cursor\?/],
    [['--client=vs-code'], /'vs-code' is invalid\. .*Did you mean vscode\?/],
    [['--client', 'emacs'], /one of claude-desktop, claude-code, cursor, vscode\.$/m],
    [['--client'], /'--client <name>' argument missing/],
    [['--client', 'cursor', '--json'], /cannot be used with option '--json'/],
    [['--with-secrets'], /--with-secrets goes with --client/],
    [['cursor'], /config takes no argument/],
    [['--log-level', 'loud'], /^ts-calculator: --log-level: 'loud' is not one of/],
  ])('%j: exit 1, nothing on stdout, one line that says how', async (args, line) => {
    const { code, stdout, stderr } = await config(args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(line);
    expect(stderr).toMatch(/^[^\n]+\n$/);
  });
});

interface Entry {
  command: string;
  args: string[];
  env: Record<string, string>;
}
const entryOf = (stdout: string): Entry => JSON.parse(stdout).mcpServers.calculator;

/** Starts what an entry says, as a client does, and calls a tool. */
const callAsClient = (entry: Entry, cwd: string, env: Record<string, string> = {}) =>
  callOver(
    new StdioClientTransport({
      command: entry.command,
      args: entry.args,
      env: { ...getDefaultEnvironment(), ...env, ...entry.env },
      cwd,
      stderr: 'ignore',
    }),
  );

async function callOver(transport: Transport): Promise<void> {
  const client = new Client({ name: 'desktop', version: '1' });
  await client.connect(transport);
  try {
    const result = await client.callTool({ name: 'add', arguments: { a: 0.1, b: 0.2 } });
    expect(result.structuredContent).toEqual({ result: '0.3', exact: true });
  } finally {
    await client.close();
  }
}

/** The project in which the call's span arrives, and the key that came with it. */
async function arrival(): Promise<{ project: unknown; key: string | undefined }> {
  const span = await receiver.waitFor(({ spans }) =>
    spans.find(({ name }) => name === 'tools/call add'),
  );
  const [request] = receiver.requests.filter(({ path }) => path === '/v1/traces');
  return {
    project: span.resource['openinference.project.name'],
    key: request!.headers.authorization,
  };
}

/** What sends the traces here, and nothing else anywhere. */
const traced = () => ({
  PHOENIX_ENDPOINT: receiver.url,
  PHOENIX_PROJECT_NAME: 'of the test',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
});

/** What `claude mcp add` makes of a command that is run in a shell. */
async function readAsClaude(line: string): Promise<Command> {
  // In place of claude: what prints its arguments.
  const stand = `claude() { "${process.execPath}" -p 'JSON.stringify(process.argv.slice(1))' -- "$@"; }`;
  const child = new Child(['sh', '-c', `${stand}\n${line}`]);
  expect((await child.exit).code).toBe(0);
  // As claude declares it: --env and --header take words until the next option.
  const add = new Command('add')
    .argument('<name>')
    .argument('<commandOrUrl>')
    .argument('[args...]')
    .option('-e, --env <env...>')
    .option('-t, --transport <transport>')
    .option('-H, --header <header...>');
  new Command().addCommand(new Command('mcp').addCommand(add)).parse(JSON.parse(child.stdout), {
    from: 'user',
  });
  return add;
}

describe('what a client needs', () => {
  test('Claude Desktop starts what is printed, anywhere, and its call is seen', async () => {
    const file = write('key.env', `PHOENIX_API_KEY=${SECRET}\n`);
    const { code, stdout, stderr } = await config(
      ['--client', 'claude-desktop', '--with-secrets', '--env-file', file, '--log-level', 'warn'],
      traced(),
    );
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^[^\n]*Edit Config[^\n]*\n$/)]);
    const entry = entryOf(stdout);
    expect(entry).toEqual({
      command: process.execPath,
      args: [PROGRAM, '--log-level', 'warn'],
      env: { ...traced(), PHOENIX_API_KEY: SECRET },
    });
    await callAsClient(entry, temp);
    expect(await arrival()).toEqual({ project: 'of the test', key: `Bearer ${SECRET}` });
  });

  test('claude reads the printed command as it is meant', async () => {
    const { stdout } = await config(['--client', 'claude-code', '--log-level', 'warn'], {
      ...traced(),
      OTEL_SERVICE_NAME: `it's "$HOME"`,
    });
    const add = await readAsClaude(stdout);
    expect(add.processedArgs).toEqual([
      'calculator',
      process.execPath,
      [PROGRAM, '--log-level', 'warn'],
    ]);
    expect(add.opts()['transport']).toBe('stdio');
    const env = Object.entries({ ...traced(), OTEL_SERVICE_NAME: `it's "$HOME"` });
    expect(new Set(add.opts()['env'])).toEqual(new Set(env.map((pair) => pair.join('='))));
  });

  test('a certificate is found from wherever a client starts the server', async () => {
    write('ca.pem', '-----BEGIN CERTIFICATE-----\n');
    const env = { OTEL_EXPORTER_OTLP_CERTIFICATE: 'ca.pem' };
    const { stdout } = await config(['--client', 'cursor'], env, temp);
    expect(entryOf(stdout).env).toEqual({ OTEL_EXPORTER_OTLP_CERTIFICATE: join(temp, 'ca.pem') });
  });

  test.each([['claude-desktop'], ['claude-code'], ['cursor'], ['vscode']])(
    '%s: secrets are left out unless they are asked for',
    async (client) => {
      const env = {
        PHOENIX_API_KEY: SECRET,
        OTEL_EXPORTER_OTLP_HEADERS: `x-key=${SECRET}`,
        PHOENIX_ENDPOINT: `http://me:${SECRET}@host?key=${SECRET}`,
      };
      const { code, stdout, stderr } = await config(['--client', client], env);
      expect(code).toBe(0);
      expect(stdout + stderr).not.toContain(SECRET);
      expect(stderr).toMatch(/PHOENIX_API_KEY[^\n]*\n$/);
      const open = await config(['--client', client, '--with-secrets'], env);
      expect(open.stdout.split(SECRET)).toHaveLength(5);
      expect(open.stderr).not.toContain(SECRET);
    },
  );
});

describe('what a client needs over HTTP', () => {
  const http = (port: number | string): string[] => {
    const file = write('tokens', `${SECRET}\nanother\n`);
    return ['--transport', 'http', '--port', String(port), '--auth-token-file', file];
  };

  test('the server that is started as told is reached with what is printed', async () => {
    const port = await closedPort();
    const args = ['--client', 'cursor', '--with-secrets', ...http(port)];
    const { code, stdout, stderr } = await config(args);
    expect(code).toBe(0);
    expect(stderr).not.toContain(SECRET);
    const [, line] = /: (ts-calculator serve .*)$/m.exec(stderr)!;
    symlinkSync(PROGRAM, join(temp, 'ts-calculator'));
    const server = new Child(['sh', '-c', line!], {
      env: { OTEL_SDK_DISABLED: 'true', PATH: `${temp}:${process.env['PATH']}` },
    });
    await server.waitForStderr(`listening on http://127.0.0.1:${port}/mcp`);

    const { url, headers } = JSON.parse(stdout).mcpServers.calculator;
    expect(headers).toEqual({ Authorization: `Bearer ${SECRET}` });
    const options = { requestInit: { headers } };
    await callOver(new StreamableHTTPClientTransport(new URL(url), options) as Transport);
    const open = new StreamableHTTPClientTransport(new URL(url)) as Transport;
    await expect(callOver(open)).rejects.toThrow(/Unauthorized/);
  });

  test('claude reads the printed command as it is meant', async () => {
    const { stdout } = await config(['--client', 'claude-code', ...http(9000)]);
    const add = await readAsClaude(stdout);
    expect(add.processedArgs).toEqual(['calculator', 'http://127.0.0.1:9000/mcp', []]);
    expect(add.opts()).toEqual({ transport: 'http', header: ['Authorization: Bearer <TOKEN>'] });
  });

  test.each([['claude-desktop'], ['claude-code'], ['cursor'], ['vscode']])(
    '%s: the token is left out unless it is asked for',
    async (client) => {
      const { code, stdout, stderr } = await config(['--client', client, ...http(9000)]);
      expect([code, stdout + stderr]).toEqual([0, expect.not.stringContaining(SECRET)]);
    },
  );

  test('what is set for HTTP is nothing to a client that starts the server', async () => {
    const env = { TS_CALCULATOR_AUTH_TOKEN_FILE: join(temp, 'none'), TS_CALCULATOR_PORT: '0' };
    const { code, stdout } = await config(['--client', 'cursor'], env);
    expect(code).toBe(0);
    expect(entryOf(stdout)).toMatchObject({ args: [PROGRAM], env: {} });
  });

  test.each([
    [['--port', '0'], {}, '--port'],
    [[], { TS_CALCULATOR_PORT: '0' }, 'TS_CALCULATOR_PORT'],
  ])('any free port cannot be told: %j, %j', async (args, env, name) => {
    const all = ['--client', 'cursor', '--transport', 'http', ...args];
    expect(await config(all, env)).toEqual({
      code: 1,
      stdout: '',
      stderr: `ts-calculator: ${name}: 0 is any free port, of which a client cannot know; name one\n`,
    });
  });
});

test('an installed package is started by npx', async () => {
  const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  pack(temp);
  const cwd = install(temp, `${name}-${version}.tgz`, 'installed');
  const child = new Child(
    [join('node_modules', '.bin', name), 'config', '--client', 'claude-desktop'],
    { cwd, env: traced() },
  );
  expect((await child.exit).code).toBe(0);
  const entry = entryOf(child.stdout);
  expect(entry).toEqual({ command: 'npx', args: ['-y', name], env: traced() });
  await callAsClient(entry, cwd, offline(temp));
  expect(await arrival()).toMatchObject({ project: 'of the test' });
});

describe('for a server that is observed', () => {
  test('the settings are those of observe', async () => {
    const contentOf = async (args: string[]) => {
      const { settings } = JSON.parse((await config(['--json', ...args])).stdout);
      return settings.find(({ name }: { name: string }) => name === '--capture-content').value;
    };
    expect(await contentOf([])).toBe('on');
    expect(await contentOf(['--observe'])).toBe('off');
  });

  test('how serve is to be reached is nothing to it', async () => {
    const env = { TS_CALCULATOR_TRANSPORT: 'http', TS_CALCULATOR_HOST: '0.0.0.0' };
    const args = ['--client', 'cursor', '--observe', '--', 'uvx', 'mcp-server-time'];
    const { code, stdout } = await config(args, env, temp);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).mcpServers['mcp-server-time']).toEqual({
      command: process.execPath,
      args: [PROGRAM, 'observe', '--', 'uvx', 'mcp-server-time'],
      env: {},
    });
  });

  test('the entry starts observe, with the server’s file where it lies', async () => {
    write('server.mjs', '');
    const args = [
      '--client',
      'cursor',
      '--observe',
      '--propagate',
      '--',
      'node',
      'server.mjs',
      'x',
    ];
    const { code, stdout } = await config(args, {}, temp);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).mcpServers.server.args).toEqual([
      PROGRAM,
      ...['observe', '--propagate', '--', 'node', join(temp, 'server.mjs'), 'x'],
    ]);
  });

  test.each([
    [['uvx', 'x'], "error: config takes no argument: 'uvx' (--observe -- uvx …?)\n"],
    [
      ['--client', 'cursor', '--observe'],
      'error: --observe of which server? config --client … --observe -- <command>\n',
    ],
  ])('%j is no usage', async (args, line) => {
    expect(await config(args)).toMatchObject({ code: 1, stdout: '', stderr: line });
  });
});
