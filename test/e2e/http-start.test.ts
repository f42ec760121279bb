import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCli, stopAll } from '../support/cli';
import { ask } from '../support/http-client';
import { startHttpServer, untilListening } from '../support/http-server';
import { command } from './support/command';
import { ping, QUIET } from './support/lines';

// How a server over HTTP starts, and what it says where it cannot.

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ts-calculator-http-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
});
afterAll(async () => {
  await stopAll();
  rmSync(folder, { recursive: true });
});

const FILES = {
  tokens: 'a-token\n',
  empty: '\n \n',
  words: 'this is no token, this is s3cr3t prose\n',
};
const ENV = { ...QUIET, TS_CALCULATOR_LOG_LEVEL: 'info' };
const HTTP = ['--transport', 'http', '--port', '0'];

describe('what is wrong: exit 1, nothing on stdout, one line that says how', () => {
  // The names of FILES stand for their paths.
  test.each<[string[], RegExp]>([
    [
      ['--transport', 'htp'],
      /--transport: 'htp' is not one of stdio, http\. Did you mean 'http'\?/,
    ],
    [['--port', '8100'], /--port: goes with --transport http; the transport is stdio/],
    [['--host', '127.0.0.1'], /--host: goes with --transport http/],
    [['--insecure'], /--insecure: goes with --transport http/],
    [['--auth-token-file', 'tokens'], /--auth-token-file: goes with --transport http/],
    [['--transport', 'http', '--port', '65536'], /--port: '65536' is not a port from 0 to 65535/],
    [['--transport', 'http', '--port', '-1'], /--port: '-1' is not a port/],
    [['--transport', 'http', '--port', 'http'], /--port: 'http' is not a port/],
    [[...HTTP, '--path', 'mcp'], /--path: 'mcp' is not the path of a URL \(\/mcp\)/],
    [[...HTTP, '--host', 'http://localhost'], /--host: 'http:\/\/localhost' is not a host's name/],
    // Without a network it cannot be known that there is none.
    [[...HTTP, '--host', 'x.invalid', '--insecure'], /--host: (there is no x|x.* be looked up)/],
    [[...HTTP, '--host', '192.0.2.1', '--insecure'], /--host: 192\.0\.2\.1 is no address of this/],
    [[...HTTP, '--host', '0.0.0.0'], /--host: '0\.0\.0\.0' lets other machines in.*--auth-token-f/],
    [[...HTTP, '--host', '::'], /--host: '::' lets other machines in.*--insecure/],
    [[...HTTP, '--session-idle', '5'], /--session-idle: '5' is not a time such as 90s, 30m or 12h/],
    [[...HTTP, '--allowed-origin', 'app.example.com'], /--allowed-origin: 'app\.example\.com'/],
    [[...HTTP, '--allowed-host', 'a/b'], /--allowed-host: 'a\/b' is not a host's name/],
    [[...HTTP, '--auth-token-file', 'none'], /--auth-token-file: '.*none' cannot be read: ENOENT/],
    [[...HTTP, '--auth-token-file', 'empty'], /--auth-token-file: '.*empty' holds no token/],
    [[...HTTP, '--auth-token-file', 'words'], /--auth-token-file: '.*words' has a line that is no/],
  ])('%j', async (args, words) => {
    const given = args.map((arg) => (arg === 'none' || arg in FILES ? join(folder, arg) : arg));
    const { code, stdout, stderr } = await command(['serve', ...given]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(words);
    expect(stderr).toMatch(/^ts-calculator: [^\n]+\n$/);
    expect(stderr).not.toMatch(/s3cr3t/);
  });

  test('a variable that is wrong is named, too', async () => {
    const env = { TS_CALCULATOR_TRANSPORT: 'http', TS_CALCULATOR_HOST: '0.0.0.0' };
    const { code, stderr } = await command([], { env });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/TS_CALCULATOR_HOST: '0\.0\.0\.0' /)]);
  });

  test('a port that is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const port = String((taken.address() as AddressInfo).port);
    const { code, stdout, stderr } = await command(['serve', ...HTTP, '--port', port]);
    taken.close();
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: `ts-calculator: --port: ${port} on 127.0.0.1 is taken; give another, or 0 for any free one\n`,
    });
  });
});

describe('where it listens', () => {
  test.each<[string, string[], RegExp]>([
    ['by default at 127.0.0.1', [], /^http:\/\/127\.0\.0\.1:\d+\/mcp$/],
    ['at a name', ['--host', 'localhost'], /^http:\/\/(127\.0\.0\.1|\[::1\]):\d+\/mcp$/],
    ['at another path', ['--path', '/calc/v1'], /^http:\/\/127\.0\.0\.1:\d+\/calc\/v1$/],
    ['at /', ['--path', '/'], /^http:\/\/127\.0\.0\.1:\d+\/$/],
    ['at all addresses', ['--host', '0.0.0.0', '--insecure'], /^http:\/\/0\.0\.0\.0:\d+\/mcp$/],
  ])('%s', async (_, args, address) => {
    const { cli, url, end } = await startHttpServer({ args, env: ENV });
    expect(url).toMatch(address);
    expect(new URL(url).port).not.toBe('0');
    const near = url.replace('0.0.0.0', '127.0.0.1');
    expect((await ask(near, { body: ping(1) })).status).toBe(200);
    expect((await ask(new URL('/health', near).href)).status).toBe(200);
    expect(await end()).toMatchObject({ code: 0 });
    expect(cli.stdout).toBe('');
  });

  test('told by variables alone', async () => {
    const env = {
      ...ENV,
      TS_CALCULATOR_TRANSPORT: 'http',
      TS_CALCULATOR_PORT: '0',
      TS_CALCULATOR_PATH: '/calc',
      TS_CALCULATOR_AUTH_TOKEN_FILE: join(folder, 'tokens'),
    };
    const { url, end } = await untilListening(startCli({ env }));
    expect(url).toMatch(/\/calc$/);
    expect((await ask(url, { body: ping(1) })).status).toBe(401);
    const headers = { Authorization: 'Bearer a-token' };
    expect((await ask(url, { body: ping(1), headers })).status).toBe(200);
    expect(await end()).toMatchObject({ code: 0 });
  });
});

test('stdin does not matter: its end is not the server’s, and nothing on it is read', async () => {
  const { cli, url, end } = await startHttpServer({ env: ENV });
  cli.send(ping(1));
  cli.stdin.end();
  expect((await ask(url, { body: ping(2) })).status).toBe(200);
  expect(await end()).toMatchObject({ code: 0 });
  expect(cli.stdout).toBe('');
});

test('--port 0 is told also where nothing else is', async () => {
  const { cli, url, end } = await startHttpServer({ args: ['--log-level', 'error'], env: ENV });
  expect((await ask(url, { body: ping(1) })).status).toBe(200);
  expect(await end()).toMatchObject({ code: 0 });
  expect(cli.stderr).toBe(`ts-calculator: listening on ${url}\n`);
});
