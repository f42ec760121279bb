import { join } from 'node:path';

/** The folders that install.mjs prints. */
export type Installed = Record<'python' | 'python-v1' | 'node' | 'authors' | 'go', string>;

/** cleanEnvironment() keeps it from the servers. */
const NAME = 'JEST_SERVERS';

export const share = (installed: Installed): void =>
  void (process.env[NAME] = JSON.stringify(installed));

const folder = (name: keyof Installed): string =>
  (JSON.parse(process.env[NAME]!) as Installed)[name];

/** A command of a Python environment. */
export const python = (command: string, from: 'python' | 'python-v1' = 'python'): string =>
  join(folder(from), 'bin', command);

/** A program of ours in test/servers/python. It leaves no compiled files beside itself. */
export const pythonProgram = (file: string): [string, string, string] => [
  python('python'),
  '-B',
  join(__dirname, '..', 'python', file),
];

/** A command that an npm package brings. */
export const npm = (command: string): string =>
  join(folder('node'), 'node_modules', '.bin', command);

/** One of our own programs in test/servers/node, beside the packages that it uses. */
export const program = (file: string): string => join(folder('node'), file);

/** What the author of a server may have installed beside the product. */
export const authors = (): string => join(folder('authors'), 'node_modules');

/** The server that was built by Go. */
export const go = (): string => join(folder('go'), 'everything');
