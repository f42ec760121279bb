import type { Entry, StandIn } from './entry';
import type { ClientName } from './names';
import { quoteForSh, quoteForWindows } from './quote';

type Platform = NodeJS.Platform;

export interface Client {
  readonly standIn: StandIn;
  /** What is to be pasted. */
  readonly write: (entry: Entry, platform: Platform) => string;
  /** Where. */
  readonly place: (platform: Platform) => string;
  /** What becomes of the secrets that are left out. */
  readonly secrets: (names: readonly string[]) => string;
}

const inAngles: StandIn = (name) => `<${name}>`;
const fillIn: Client['secrets'] = (names) =>
  `fill in ${names.map(inAngles).join(', ')}; --with-secrets writes secrets out`;

/** `{"mcpServers": …}`, the form that most clients read. */
const writeMcpServers: Client['write'] = ({ name, command, args, env }) =>
  json({ mcpServers: { [name]: { command, args, env } } });

const json = (value: object): string => JSON.stringify(value, null, 2);

const BESIDE = 'where it has other servers, add this one beside them';

/** How each client takes a server. */
export const CLIENTS: Readonly<Record<ClientName, Client>> = {
  'claude-desktop': {
    standIn: inAngles,
    write: writeMcpServers,
    place: (platform) =>
      `paste it into ${desktopFile(platform)} (Settings, Developer, Edit Config; ${BESIDE}) and restart the app`,
    secrets: fillIn,
  },
  'claude-code': {
    standIn: inAngles,
    write: writeClaudeCommand,
    place: (platform) =>
      `run it in ${platform === 'win32' ? 'PowerShell' : 'a shell'}: it adds the server for the folder you are in; with --scope user before --transport, for all`,
    secrets: fillIn,
  },
  cursor: {
    standIn: inAngles,
    write: writeMcpServers,
    place: (platform) =>
      `paste it into ${platform === 'win32' ? '%USERPROFILE%\\.cursor\\mcp.json' : '~/.cursor/mcp.json'}, or .cursor/mcp.json of a project (${BESIDE})`,
    secrets: fillIn,
  },
  vscode: {
    standIn: (name) => `\${input:${inputId(name)}}`,
    write: writeVsCode,
    place: () =>
      `paste it into .vscode/mcp.json of a folder, or for all folders into what the command "MCP: Open User Configuration" opens (${BESIDE})`,
    secrets: (names) => `VS Code asks for ${names.join(', ')} when it first starts the server`,
  },
};

const DESKTOP_FILES: Partial<Record<Platform, string>> = {
  darwin: '~/Library/Application Support/Claude/claude_desktop_config.json',
  win32: '%APPDATA%\\Claude\\claude_desktop_config.json',
};

const desktopFile = (platform: Platform): string =>
  DESKTOP_FILES[platform] ?? 'claude_desktop_config.json';

/** `--env` takes words until the next option, which therefore stands between it and the name. */
function writeClaudeCommand({ name, command, args, env }: Entry, platform: Platform): string {
  const variables = Object.entries(env).flatMap(([key, text]) => ['--env', `${key}=${text}`]);
  return [
    'claude',
    'mcp',
    'add',
    ...variables,
    '--transport',
    'stdio',
    name,
    '--',
    command,
    ...args,
  ]
    .map(platform === 'win32' ? quoteForWindows : quoteForSh)
    .join(' ');
}

function writeVsCode({ name, command, args, env, hidden }: Entry): string {
  const inputs = hidden.map((secret) => ({
    type: 'promptString',
    id: inputId(secret),
    description: secret,
    password: true,
  }));
  return json({
    ...(inputs.length > 0 && { inputs }),
    servers: { [name]: { type: 'stdio', command, args, env } },
  });
}

/** `PHOENIX_API_KEY` → `phoenix-api-key`. */
const inputId = (name: string): string => name.toLowerCase().replaceAll('_', '-');
