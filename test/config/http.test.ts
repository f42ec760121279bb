import { createHash } from 'node:crypto';
import { ConfigError, describeSettings, type LoadOptions } from '../../src/config';
import type { HttpSettings } from '../../src/config/settings';
import { isLoopback } from '../../src/config/loopback';
import { load } from './support';

type Flags = LoadOptions['flags'];
const ON = { TS_CALCULATOR_TRANSPORT: 'http' };
const digest = (token: string): string => createHash('sha256').update(token).digest('hex');

const http = (flags: Flags = {}, files: Record<string, string> = {}): HttpSettings =>
  load(ON, flags, files).settings.http!;

function complaint(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

test('the defaults: stdio; and over HTTP this machine alone', () => {
  expect(load().settings).not.toHaveProperty('http');
  expect(load({}, { transport: 'stdio' }).settings).not.toHaveProperty('http');
  expect(load({}, { transport: 'HTTP' }).settings.http).toEqual({
    host: '127.0.0.1',
    port: 8100,
    path: '/mcp',
    sessionIdleMillis: 30 * 60_000,
    tokenDigests: [],
    allowedOrigins: [],
    allowedHosts: [],
  });
});

const MINUTE = 60_000;
// The flag, its text, the setting and its value.
test.each<[string, string, keyof HttpSettings, unknown]>([
  ['host', 'LocalHost', 'host', 'localhost'],
  ['host', '[::1]', 'host', '::1'],
  ['host', '127.1.2.3', 'host', '127.1.2.3'],
  ['port', '0', 'port', 0],
  ['port', '65535', 'port', 65_535],
  ['path', '/', 'path', '/'],
  ['path', '/a/b-c_d.e~f', 'path', '/a/b-c_d.e~f'],
  ['path', '/Mcp/', 'path', '/Mcp/'],
  ['path', '/%C3%A9', 'path', '/%C3%A9'],
  ['sessionIdle', '90s', 'sessionIdleMillis', 1.5 * MINUTE],
  ['sessionIdle', '1.5 h', 'sessionIdleMillis', 90 * MINUTE],
  ['sessionIdle', '250MS', 'sessionIdleMillis', 250],
  ['sessionIdle', '24h', 'sessionIdleMillis', 24 * 60 * MINUTE],
  ['sessionIdle', '1ms', 'sessionIdleMillis', 1],
  ['allowedOrigin', 'https://a.example/', 'allowedOrigins', ['https://a.example']],
  [
    'allowedOrigin',
    ' HTTPS://A.example:443 ,http://localhost:5173,',
    'allowedOrigins',
    ['https://a.example', 'http://localhost:5173'],
  ],
  [
    'allowedHost',
    'Calc.Example.com, my_host,10.0.0.1',
    'allowedHosts',
    [...['calc.example.com', 'my_host', '10.0.0.1']],
  ],
  ['allowedHost', '[2001:db8::1]', 'allowedHosts', ['2001:db8::1']],
])('--%s %j gives %s = %j', (key, text, name, expected) => {
  expect(http({ [key]: text })[name]).toEqual(expected);
});

const PATH = 'is not the path of a URL (/mcp)';
const HOST = "is not a host's name or address (without scheme, port and path)";
const TIME = 'is not a time such as 90s, 30m or 12h (1 ms to 24 days)';
const ORIGIN = 'is not the origin of a web page (https://app.example.com)';
test.each<[string, string, string[]]>([
  ['--port', 'is not a port from 0 to 65535', ['65536', '-1', '80.5', '0x50', '8100/tcp', '1e3']],
  ['--path', PATH, ['mcp', '/a b', '/a?b', '/a#b', '//host', '/a/../b', '/é', 'http://x/mcp']],
  ['--host', HOST, ['http://x', 'x:80', 'x/y', '-x', 'x-', 'a b', '[::1', '::g', '1::2::3']],
  ['--session-idle', TIME, ['30', 'm', '0s', '-5m', '1d', '30 min', '600h', '1e3s', '0.5ms']],
  [
    '--allowed-origin',
    ORIGIN,
    ['app.example.com', 'https://a.example/x', 'https://u:p@a.example', 'null', '*', 'file:///x'],
  ],
  ['--allowed-host', HOST, ['http://x', 'x:80', '*', 'x/y']],
])('%s: what %s', (flag, problem, texts) => {
  const key = flag.slice(2).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const name = `TS_CALCULATOR_${flag.slice(2).toUpperCase().replace(/-/g, '_')}`;
  for (const text of texts) {
    // A query or a password is nobody's business.
    const shown = text.replace('?b', '?***').replace('u:p@', '***@');
    expect(complaint(() => http({ [key]: text }))).toBe(`${flag}: '${shown}' ${problem}`);
    expect(complaint(() => load({ ...ON, [name]: text }))).toBe(`${name}: '${shown}' ${problem}`);
  }
});

test.each([
  ['127.0.0.1', true],
  ['127.255.0.9', true],
  ['::1', true],
  ['localhost', true],
  ['a.localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.1', false],
  ['128.0.0.1', false],
  ['localhost.example.com', false],
  ['127.example.com', false],
  ['notlocalhost', false],
  ['::ffff:127.0.0.1', false],
])('%s is this machine alone: %s', (host, isAlone) => {
  expect(isLoopback(host)).toBe(isAlone);
});

describe('a host that lets other machines in', () => {
  const files = { tokens: 'abc' };

  test('wants a token, or a word that says so', () => {
    expect(complaint(() => http({ host: '0.0.0.0' }))).toBe(
      "--host: '0.0.0.0' lets other machines in; ask them for a token with --auth-token-file, or say --insecure",
    );
    expect(complaint(() => load({ ...ON, TS_CALCULATOR_HOST: 'my-host' }))).toMatch(
      /^TS_CALCULATOR_HOST: 'my-host' lets other machines in/,
    );
    expect(http({ host: '0.0.0.0', authTokenFile: 'tokens' }, files).host).toBe('0.0.0.0');
    expect(http({ host: '::', insecure: 'on' }).host).toBe('::');
  });

  test('is none of stdio’s business', () => {
    expect(load({ TS_CALCULATOR_HOST: '0.0.0.0' }).settings).not.toHaveProperty('http');
  });
});

describe('the file of tokens', () => {
  const tokens = (text: string): readonly string[] =>
    http({ authTokenFile: 'f' }, { f: text }).tokenDigests;

  test.each<[string, string, string[]]>([
    ['one', 'abc', ['abc']],
    ['one on a line', 'abc\n', ['abc']],
    [
      'several, with blanks and empty lines',
      '\r\n abc \r\n\nde-f._~+/==\n',
      ['abc', 'de-f._~+/=='],
    ],
  ])('with %s: their digests are kept', (_, text, expected) => {
    expect(tokens(text)).toEqual(expected.map(digest));
  });

  test('no token is in the settings, nor in what describes them', () => {
    const loaded = load(ON, { authTokenFile: 'f' }, { f: 's3cr3t' });
    expect(JSON.stringify([loaded.settings, describeSettings(loaded)])).not.toContain('s3cr3t');
  });

  test.each<[string, string, RegExp]>([
    ['without any', '\n \n', /^--auth-token-file: 'f' holds no token: one a line is wanted$/],
    ['of prose', 'good\ntwo s3cr3t words', /^--auth-token-file: 'f' has a line that is no bearer/],
    ['with padding inside', 'a=s3cr3t', /has a line that is no bearer token/],
    ['with other letters', 's3cr3té', /has a line that is no bearer token/],
    ['that is binary', '\0s3cr3t', /has a line that is no bearer token/],
  ])('%s is refused, and none of it told', (_, text, words) => {
    const message = complaint(() => tokens(text));
    expect(message).toMatch(words);
    expect(message).not.toContain('s3cr3t');
  });

  test.each(['', ' '])('whose flag is %j opens no door: it names no file', (authTokenFile) => {
    expect(complaint(() => http({ authTokenFile }))).toBe(
      '--auth-token-file: names no file: its value is empty',
    );
  });

  test('that is not there is told with the reason', () => {
    expect(complaint(() => http({ authTokenFile: 'none' }))).toBe(
      "--auth-token-file: 'none' cannot be read: ENOENT: no such file or directory",
    );
  });

  test('is not read on stdio', () => {
    expect(load({ TS_CALCULATOR_AUTH_TOKEN_FILE: 'none' }).settings).not.toHaveProperty('http');
  });
});

describe('on stdio', () => {
  const FLAGS: Flags = {
    host: '127.0.0.1',
    port: '8100',
    path: '/mcp',
    sessionIdle: '30m',
    authTokenFile: 'f',
    insecure: 'on',
    allowedOrigin: 'https://a.example',
    allowedHost: 'a.example',
  };

  test.each(Object.entries(FLAGS))('the flag of %s is refused', (key, text) => {
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    expect(complaint(() => load({}, { [key]: text }))).toBe(
      `--${name}: goes with --transport http; the transport is stdio`,
    );
  });

  test('its variables may be set', () => {
    const env = {
      ...{ TS_CALCULATOR_PORT: '9', TS_CALCULATOR_PATH: '/x', TS_CALCULATOR_INSECURE: 'on' },
      TS_CALCULATOR_TRANSPORT: 'stdio',
    };
    expect(load(env).settings).toEqual(load().settings);
  });
});

test.each(['/health', '/metrics'])('the path %s is taken already', (path) => {
  expect(complaint(() => http({ path }))).toBe(`--path: '${path}' is taken already`);
});
