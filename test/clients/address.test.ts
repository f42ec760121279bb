import { describeForClient, type Door, type Program } from '../../src/clients';
import type { ClientName } from '../../src/clients/names';
import { givenSettings } from '../../src/config';
import { load } from '../config/support';

const PROGRAM: Program = {
  platform: 'linux',
  execPath: '/usr/bin/node',
  path: '/home/me/node_modules/ts-calculator/bin/ts-calculator.js',
  cwd: '/home/me/work',
};

const LOCAL: Door = { host: '127.0.0.1', port: 8100, path: '/mcp', token: undefined };
const GUARDED: Door = { ...LOCAL, host: '0.0.0.0', port: 9000, path: '/', token: 's3cr3t' };

const printed = (
  client: ClientName,
  door: Door,
  {
    withSecrets = false,
    platform = 'linux' as NodeJS.Platform,
    flags = { transport: 'http' } as Record<string, string>,
    env = {} as Record<string, string>,
  } = {},
) =>
  describeForClient(
    client,
    givenSettings(load(env, flags, { tokens: 's3cr3t' })),
    { ...PROGRAM, platform },
    { withSecrets, door },
  );

const CLAUDE = 'claude mcp add --transport http calculator';
const LOCAL_URL = 'http://127.0.0.1:8100/mcp';
const GUARDED_URL = 'http://localhost:9000/';

// Client, where the server is, what is printed without and with secrets.
test.each<[ClientName, string, Door, unknown, unknown]>([
  ['claude-code', 'local', LOCAL, `${CLAUDE} ${LOCAL_URL}`, `${CLAUDE} ${LOCAL_URL}`],
  [
    'claude-code',
    'guarded',
    GUARDED,
    `${CLAUDE} ${GUARDED_URL} --header 'Authorization: Bearer <TOKEN>'`,
    `${CLAUDE} ${GUARDED_URL} --header 'Authorization: Bearer s3cr3t'`,
  ],
  [
    'cursor',
    'local',
    LOCAL,
    { mcpServers: { calculator: { url: LOCAL_URL } } },
    { mcpServers: { calculator: { url: LOCAL_URL } } },
  ],
  [
    'cursor',
    'guarded',
    GUARDED,
    {
      mcpServers: {
        calculator: { url: GUARDED_URL, headers: { Authorization: 'Bearer <TOKEN>' } },
      },
    },
    {
      mcpServers: { calculator: { url: GUARDED_URL, headers: { Authorization: 'Bearer s3cr3t' } } },
    },
  ],
  [
    'vscode',
    'local',
    LOCAL,
    { servers: { calculator: { type: 'http', url: LOCAL_URL } } },
    { servers: { calculator: { type: 'http', url: LOCAL_URL } } },
  ],
  [
    'vscode',
    'guarded',
    GUARDED,
    {
      inputs: [{ type: 'promptString', id: 'token', description: 'TOKEN', password: true }],
      servers: {
        calculator: {
          type: 'http',
          url: GUARDED_URL,
          headers: { Authorization: 'Bearer ${input:token}' },
        },
      },
    },
    {
      servers: {
        calculator: {
          type: 'http',
          url: GUARDED_URL,
          headers: { Authorization: 'Bearer s3cr3t' },
        },
      },
    },
  ],
])('%s, %s', (client, _, door, hidden, open) => {
  const read = (text: string): unknown => (client === 'claude-code' ? text : JSON.parse(text));
  expect(read(printed(client, door).text)).toEqual(hidden);
  expect(read(printed(client, door, { withSecrets: true }).text)).toEqual(open);
});

test('in PowerShell', () => {
  expect(printed('claude-code', GUARDED, { platform: 'win32' }).text).toBe(
    `${CLAUDE} ${GUARDED_URL} --header "Authorization: Bearer <TOKEN>"`,
  );
});

test.each([
  ['127.0.0.1', 'http://127.0.0.1:8100/mcp'],
  ['localhost', 'http://localhost:8100/mcp'],
  ['0.0.0.0', 'http://localhost:8100/mcp'],
  ['::', 'http://localhost:8100/mcp'],
  ['::1', 'http://[::1]:8100/mcp'],
  ['calculator.example.com', 'http://calculator.example.com:8100/mcp'],
])('what listens at %s is asked at %s', (host, url) => {
  const { text } = printed('cursor', { ...LOCAL, host });
  expect(JSON.parse(text).mcpServers.calculator.url).toBe(url);
});

// What was given, and how the note says that the server is started.
test.each<[Record<string, string>, Record<string, string>, string]>([
  [{ transport: 'http' }, {}, 'ts-calculator serve --transport http'],
  [
    { transport: 'http', port: '9000', insecure: 'on', otlpEndpoint: 'http://u:s3cr3t@c' },
    {},
    "ts-calculator serve --transport http --otlp-endpoint 'http://<OTLP_ENDPOINT_CREDENTIALS>@c' --port 9000 --insecure",
  ],
  [
    { authTokenFile: 'tokens' },
    { TS_CALCULATOR_TRANSPORT: 'http', PHOENIX_API_KEY: 's3cr3t' },
    'ts-calculator serve --transport http --auth-token-file /home/me/work/tokens (with PHOENIX_API_KEY set as here)',
  ],
  [
    {},
    { TS_CALCULATOR_TRANSPORT: 'http', TS_CALCULATOR_PORT: '9', OTEL_SERVICE_NAME: 'c' },
    'ts-calculator serve --transport http (with OTEL_SERVICE_NAME, TS_CALCULATOR_PORT set as here)',
  ],
])('%j and %j: one line says how the server is started', (flags, env, command) => {
  for (const withSecrets of [false, true]) {
    const { notes } = printed('cursor', LOCAL, { flags, env, withSecrets });
    expect(notes).toEqual([
      expect.stringContaining('.cursor/mcp.json'),
      `it asks a server that must be running: ${command}`,
    ]);
  }
});

test.each<ClientName>(['claude-code', 'cursor', 'vscode'])(
  '%s is told of nothing that the server alone needs',
  (client) => {
    const env = { PHOENIX_ENDPOINT: 'http://phoenix', TS_CALCULATOR_SESSION_IDLE: '1m' };
    const flags = { transport: 'http', logLevel: 'warn' };
    expect(printed(client, LOCAL, { env, flags }).text).toBe(printed(client, LOCAL).text);
  },
);

test.each<ClientName>(['claude-code', 'cursor', 'vscode'])('%s: the token is missing', (client) => {
  expect(printed(client, GUARDED).notes.at(-1)).toMatch(/TOKEN/);
  expect(printed(client, GUARDED, { withSecrets: true }).notes).toHaveLength(2);
});

test('Claude Desktop, which takes no URL, gets an entry for stdio and is told so', () => {
  const env = { PHOENIX_ENDPOINT: 'http://phoenix', TS_CALCULATOR_PORT: '9000' };
  const flags = { transport: 'http', host: '::1', logLevel: 'warn' };
  const { text, notes } = printed('claude-desktop', LOCAL, { env, flags });
  expect(JSON.parse(text)).toEqual({
    mcpServers: {
      calculator: {
        command: 'npx',
        args: ['-y', 'ts-calculator', '--log-level', 'warn'],
        env: { PHOENIX_ENDPOINT: 'http://phoenix' },
      },
    },
  });
  expect(notes).toEqual([
    expect.stringContaining('Edit Config'),
    'that file takes commands and no URL: this entry starts a server of its own, on stdio',
  ]);
});
