/** The program as it runs here. */
export interface Program {
  readonly platform: NodeJS.Platform;
  /** Node's own path. */
  readonly execPath: string;
  /** The path of bin/ts-calculator.js, links followed. */
  readonly path: string;
  /** The working directory. */
  readonly cwd: string;
  /** The server that it is to observe, where it is no calculator itself. */
  readonly observed?: Command;
}

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

const NPX: Command = { command: 'npx', args: ['-y', 'ts-calculator'] };

/**
 * How a client starts this very program. From an installed package (npx, npm install) it is npx that
 * does; on Windows, where npx is a script, under cmd. A checkout is started by its path.
 */
export function launchCommand({ platform, execPath, path }: Program): Command {
  const isInstalled = path.split(/[\\/]/).includes('node_modules');
  if (!isInstalled) return { command: execPath, args: [path] };
  if (platform !== 'win32') return NPX;
  return { command: 'cmd', args: ['/c', NPX.command, ...NPX.args] };
}
