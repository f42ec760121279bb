import { describeForClient, type Program } from '../../src/clients';
import { nameOfObserved } from '../../src/clients/observed';
import { givenSettings } from '../../src/config';
import { load } from '../config/support';

test.each<[string[], string]>([
  [['uvx', 'mcp-server-time'], 'mcp-server-time'],
  [['uvx', 'mcp-server-time@2026.1.1', '--local-timezone', 'UTC'], 'mcp-server-time'],
  [['npx', '-y', '@modelcontextprotocol/server-everything'], 'server-everything'],
  [['npx', '-y', '@scope/pkg@1.2.3', 'stdio'], 'pkg'],
  [['uv', 'run', 'servers/weather.py'], 'weather'],
  [['python3.12', '-m', 'mcp_server_git'], 'mcp_server_git'],
  [['node', '--inspect', '/srv/files/server.mjs'], 'server'],
  [['/opt/go/bin/everything'], 'everything'],
  [['C:\\tools\\server.exe', 'x'], 'server'],
  [['C:\\node\\npx.cmd', '-y', 'thing'], 'thing'],
  [['node'], 'node'],
  [['@odd'], '@odd'],
])('%j is called %s', ([command, ...args], name) => {
  expect(nameOfObserved({ command: command!, args })).toBe(name);
});

const program = (platform: NodeJS.Platform): Program => ({
  platform,
  execPath: '/usr/bin/node',
  path: '/home/me/node_modules/ts-calculator/bin/ts-calculator.js',
  cwd: '/home/me',
  observed: { command: 'uvx', args: ['mcp-server-time', '--', '--log-level', 'x'] },
});
const given = (flags: object, env: Record<string, string> = {}) => givenSettings(load(env, flags));

test('the entry of an observed server: its command stands behind --, as it is', () => {
  const settings = given({ propagate: 'on', redact: 'pin', logLevel: 'warn' });
  const { text, notes } = describeForClient('cursor', settings, program('linux'), {
    withSecrets: false,
  });
  const observe = ['observe', '--log-level', 'warn', '--propagate', '--redact', 'pin', '--'];
  const server = ['uvx', 'mcp-server-time', '--', '--log-level', 'x'];
  expect(JSON.parse(text)).toEqual({
    mcpServers: {
      'mcp-server-time': {
        command: 'npx',
        args: ['-y', 'ts-calculator', ...observe, ...server],
        env: {},
      },
    },
  });
  expect(notes).toContainEqual(expect.stringContaining('the observed server itself needs'));
});

test('a setting of the calculator’s is none of an observed server’s, and the reverse', () => {
  const settings = given({}, { TS_CALCULATOR_FAULT: 'slow=1', TS_CALCULATOR_PROPAGATE: 'on' });
  const envOf = (observed: boolean) => {
    const { observed: server, ...calculator } = program('linux');
    const one = observed ? { ...calculator, observed: server! } : calculator;
    const { text } = describeForClient('cursor', settings, one, { withSecrets: false });
    return (Object.values(JSON.parse(text).mcpServers)[0] as { env: object }).env;
  };
  expect(envOf(true)).toEqual({ TS_CALCULATOR_PROPAGATE: 'on' });
  expect(envOf(false)).toEqual({ TS_CALCULATOR_FAULT: 'slow=1' });
});

test('in a shell', () => {
  const command = (platform: NodeJS.Platform) =>
    describeForClient('claude-code', [], program(platform), { withSecrets: false }).text;
  expect(command('linux')).toBe(
    'claude mcp add --transport stdio mcp-server-time -- npx -y ts-calculator observe -- uvx mcp-server-time -- --log-level x',
  );
  expect(command('win32')).toContain('observe "--" uvx mcp-server-time "--" --log-level x');
});
