import type { Address } from './address';
import type { Entry } from './entry';
import { quoteAll } from './quote';

type Platform = NodeJS.Platform;

/** How a client is told of a server. */
export interface Format {
  /** Of one that it starts. */
  readonly ofEntry: (entry: Entry, platform: Platform) => string;
  /** Of one that is running. */
  readonly ofAddress: (address: Address, platform: Platform) => string;
}

/** What is undefined is left out. */
const json = (value: object): string => JSON.stringify(value, null, 2);

/** `{"mcpServers": …}`, the form that most clients read. */
export const mcpServers: Format = {
  ofEntry: ({ name, command, args, env }) =>
    json({ mcpServers: { [name]: { command, args, env } } }),
  ofAddress: ({ name, url, headers }) => json({ mcpServers: { [name]: { url, headers } } }),
};

/** `claude mcp add …`. Its options `--env` and `--header` take words until the next option. */
export const claudeCommand: Format = {
  ofEntry({ name, command, args, env }, platform) {
    const variables = options('--env', '=', env);
    const words = [...variables, '--transport', 'stdio', name, '--', command, ...args];
    return quoteAll(['claude', 'mcp', 'add', ...words], platform);
  },
  ofAddress({ name, url, headers }, platform) {
    const words = ['--transport', 'http', name, url, ...options('--header', ': ', headers)];
    return quoteAll(['claude', 'mcp', 'add', ...words], platform);
  },
};

const options = (option: string, joint: string, pairs: Readonly<Record<string, string>> = {}) =>
  Object.entries(pairs).flatMap(([name, text]) => [option, name + joint + text]);

/** `{"inputs": …, "servers": …}`: VS Code asks for what is hidden. */
export const vsCode: Format = {
  ofEntry: ({ name, command, args, env, hidden }) =>
    json({
      inputs: inputsFor(hidden),
      servers: { [name]: { type: 'stdio', command, args, env } },
    }),
  ofAddress: ({ name, url, headers, hidden }) =>
    json({ inputs: inputsFor(hidden), servers: { [name]: { type: 'http', url, headers } } }),
};

function inputsFor(hidden: readonly string[]): readonly object[] | undefined {
  if (hidden.length === 0) return undefined;
  return hidden.map((secret) => ({
    type: 'promptString',
    id: inputId(secret),
    description: secret,
    password: true,
  }));
}

/** `PHOENIX_API_KEY` → `phoenix-api-key`. */
export const inputId = (name: string): string => name.toLowerCase().replaceAll('_', '-');
