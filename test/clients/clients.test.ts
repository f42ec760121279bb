import { describeForClient, type Program } from '../../src/clients';
import { CLIENT_NAMES, type ClientName } from '../../src/clients/names';
import { givenSettings } from '../../src/config';
import { load } from '../config/support';

const PROGRAMS: Record<string, Program> = {
  linux: {
    platform: 'linux',
    execPath: '/usr/bin/node',
    path: '/home/me/node_modules/ts-calculator/bin/ts-calculator.js',
    cwd: '/home/me/work',
  },
  win32: {
    platform: 'win32',
    execPath: 'C:\\node\\node.exe',
    path: 'C:\\npm\\node_modules\\ts-calculator\\bin\\ts-calculator.js',
    cwd: 'C:\\work',
  },
};
type Platform = 'linux' | 'win32' | 'darwin';
const programOf = (platform: Platform): Program => ({
  ...PROGRAMS[platform === 'win32' ? 'win32' : 'linux']!,
  platform,
});

const ENV = {
  PHOENIX_ENDPOINT: 'https://me:s3cr3t-url@h/s/x?token=s3cr3t-token&a=b',
  PHOENIX_API_KEY: 's3cr3t-key',
  PHOENIX_PROJECT_NAME: 'my project',
  OTEL_EXPORTER_OTLP_CERTIFICATE: 'certs/ca.pem',
};
const FLAGS = { otlpEndpoint: 'http://u:s3cr3t-flag@c', logLevel: 'warn' };

const printed = (
  client: ClientName,
  platform: Platform,
  { withSecrets = false, env = ENV as Record<string, string>, flags = FLAGS as object } = {},
) =>
  describeForClient(client, givenSettings(load(env, flags)), programOf(platform), { withSecrets });

const NPX_ARGS = { linux: ['-y', 'ts-calculator'], win32: ['/c', 'npx', '-y', 'ts-calculator'] };
const CA = { linux: '/home/me/work/certs/ca.pem', win32: 'C:\\work\\certs\\ca.pem' };

describe.each(['linux', 'win32'] as const)('on %s', (platform) => {
  const command = platform === 'win32' ? 'cmd' : 'npx';
  const flags = (credentials: string) => [
    ...['--otlp-endpoint', `http://${credentials}@c`],
    ...['--log-level', 'warn'],
  ];
  const server = (hide: (name: string, secret: string) => string) => ({
    command,
    args: [...NPX_ARGS[platform], ...flags(hide('OTLP_ENDPOINT_CREDENTIALS', 'u:s3cr3t-flag'))],
    env: {
      PHOENIX_ENDPOINT:
        `https://${hide('PHOENIX_ENDPOINT_CREDENTIALS', 'me:s3cr3t-url')}@h/s/x` +
        `?token=${hide('PHOENIX_ENDPOINT_TOKEN', 's3cr3t-token')}` +
        `&a=${hide('PHOENIX_ENDPOINT_A', 'b')}`,
      PHOENIX_PROJECT_NAME: 'my project',
      PHOENIX_API_KEY: hide('PHOENIX_API_KEY', 's3cr3t-key'),
      OTEL_EXPORTER_OTLP_CERTIFICATE: CA[platform],
    },
  });
  const inAngles = (name: string) => `<${name}>`;
  const inClear = (_name: string, secret: string) => secret;

  test.each(['claude-desktop', 'cursor'] as const)('%s', (client) => {
    expect(JSON.parse(printed(client, platform).text)).toEqual({
      mcpServers: { calculator: server(inAngles) },
    });
    expect(JSON.parse(printed(client, platform, { withSecrets: true }).text)).toEqual({
      mcpServers: { calculator: server(inClear) },
    });
  });

  test('vscode', () => {
    const id = (name: string) => name.toLowerCase().replaceAll('_', '-');
    const { inputs, servers } = JSON.parse(printed('vscode', platform).text);
    expect(servers).toEqual({
      calculator: { type: 'stdio', ...server((name) => `\${input:${id(name)}}`) },
    });
    expect(inputs).toHaveLength(5);
    expect(inputs).toContainEqual({
      type: 'promptString',
      id: 'phoenix-api-key',
      description: 'PHOENIX_API_KEY',
      password: true,
    });
    expect(JSON.parse(printed('vscode', platform, { withSecrets: true }).text)).toEqual({
      servers: { calculator: { type: 'stdio', ...server(inClear) } },
    });
  });
});

const KEYED = { env: { PHOENIX_API_KEY: "s3cr3t'$x", PHOENIX_PROJECT_NAME: 'p' }, flags: {} };

// Platform, with secrets, the command.
test.each<[Platform, boolean, string]>([
  [
    'linux',
    false,
    "claude mcp add --env PHOENIX_PROJECT_NAME=p --env 'PHOENIX_API_KEY=<PHOENIX_API_KEY>' " +
      '--transport stdio calculator -- npx -y ts-calculator',
  ],
  [
    'linux',
    true,
    "claude mcp add --env PHOENIX_PROJECT_NAME=p --env 'PHOENIX_API_KEY=s3cr3t'\\''$x' " +
      '--transport stdio calculator -- npx -y ts-calculator',
  ],
  [
    'win32',
    false,
    'claude mcp add --env PHOENIX_PROJECT_NAME=p --env "PHOENIX_API_KEY=<PHOENIX_API_KEY>" ' +
      '--transport stdio calculator "--" cmd /c npx -y ts-calculator',
  ],
  [
    'win32',
    true,
    "claude mcp add --env PHOENIX_PROJECT_NAME=p --env 'PHOENIX_API_KEY=s3cr3t''$x' " +
      '--transport stdio calculator "--" cmd /c npx -y ts-calculator',
  ],
])('claude-code on %s, with secrets: %j', (platform, withSecrets, command) => {
  expect(printed('claude-code', platform, { withSecrets, ...KEYED }).text).toBe(command);
});

test('with nothing set, the entry has no settings', () => {
  const nothing = { env: {}, flags: {} };
  expect(printed('claude-code', 'linux', nothing).text).toBe(
    'claude mcp add --transport stdio calculator -- npx -y ts-calculator',
  );
  expect(JSON.parse(printed('vscode', 'linux', nothing).text)).toEqual({
    servers: {
      calculator: { type: 'stdio', command: 'npx', args: ['-y', 'ts-calculator'], env: {} },
    },
  });
});

// Client, platform, and a piece of the line that says where it goes.
test.each<[ClientName, Platform, string]>([
  ['claude-desktop', 'darwin', '~/Library/Application Support/Claude/claude_desktop_config.json'],
  ['claude-desktop', 'win32', '%APPDATA%\\Claude\\claude_desktop_config.json'],
  ['claude-desktop', 'linux', 'claude_desktop_config.json (Settings, Developer, Edit Config'],
  ['cursor', 'linux', '~/.cursor/mcp.json'],
  ['cursor', 'win32', '%USERPROFILE%\\.cursor\\mcp.json'],
  ['vscode', 'darwin', '.vscode/mcp.json'],
  ['vscode', 'win32', 'MCP: Open User Configuration'],
  ['claude-code', 'linux', 'run it in a shell'],
  ['claude-code', 'win32', 'run it in PowerShell'],
])('%s on %s: one line says %s', (client, platform, place) => {
  const { notes } = printed(client, platform, { env: {}, flags: {} });
  expect(notes).toEqual([expect.stringContaining(place)]);
  expect(notes.join()).not.toContain('\n');
});

test.each(CLIENT_NAMES)('%s: no secret is told, and what is missing is', (client) => {
  const { text, notes } = printed(client, 'linux');
  expect(text + notes.join()).not.toContain('s3cr3t');
  expect(notes).toHaveLength(2);
  expect(notes[1]).toContain('OTLP_ENDPOINT_CREDENTIALS');
  expect(notes[1]).toContain('PHOENIX_API_KEY');
  expect(printed(client, 'linux', { withSecrets: true }).notes).toHaveLength(1);
});
