import { claudeCommand, inputId, mcpServers, vsCode, type Format } from './formats';
import type { ClientName } from './names';
import { inAngles, type StandIn } from './rewrite';

type Platform = NodeJS.Platform;

export interface Client {
  readonly standIn: StandIn;
  /** What is to be pasted. */
  readonly format: Format;
  /** It can only start servers. */
  readonly takesNoUrl?: true;
  /** Where it is to be pasted. */
  readonly place: (platform: Platform) => string;
  /** What becomes of the secrets that are left out. */
  readonly secrets: (names: readonly string[]) => string;
}

const fillIn: Client['secrets'] = (names) =>
  `fill in ${names.map(inAngles).join(', ')}; --with-secrets writes secrets out`;

const BESIDE = 'where it has other servers, add this one beside them';

/** How each client takes a server. */
export const CLIENTS: Readonly<Record<ClientName, Client>> = {
  'claude-desktop': {
    standIn: inAngles,
    format: mcpServers,
    takesNoUrl: true,
    place: (platform) =>
      `paste it into ${desktopFile(platform)} (Settings, Developer, Edit Config; ${BESIDE}) and restart the app`,
    secrets: fillIn,
  },
  'claude-code': {
    standIn: inAngles,
    format: claudeCommand,
    place: (platform) =>
      `run it in ${platform === 'win32' ? 'PowerShell' : 'a shell'}: it adds the server for the folder you are in; with --scope user before --transport, for all`,
    secrets: fillIn,
  },
  cursor: {
    standIn: inAngles,
    format: mcpServers,
    place: (platform) =>
      `paste it into ${platform === 'win32' ? '%USERPROFILE%\\.cursor\\mcp.json' : '~/.cursor/mcp.json'}, or .cursor/mcp.json of a project (${BESIDE})`,
    secrets: fillIn,
  },
  vscode: {
    standIn: (name) => `\${input:${inputId(name)}}`,
    format: vsCode,
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
