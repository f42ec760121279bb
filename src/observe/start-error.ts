import { statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { onOneLine } from '../config/errors';

const NOT_FOUND = 127;
const NOT_RUN = 126;

/** A command could not be started: one line that says why, and what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';

  constructor(
    message: string,
    /** As shells have it: 127 where it is not found, else 126. */
    readonly exitCode: 126 | 127,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /**
   * @param path the variable PATH, in which the command was looked for
   * @param cause what Node says
   */
  static of(command: string, path: string, cause: NodeJS.ErrnoException): StartError {
    const { exitCode, why } = explain(command, path, cause);
    return new StartError(`cannot start '${shown(command)}': ${why}`, exitCode, { cause });
  }
}

interface Explanation {
  readonly exitCode: 126 | 127;
  readonly why: string;
}

function explain(
  command: string,
  path: string,
  { code, message }: NodeJS.ErrnoException,
): Explanation {
  const file = find(command, path);
  if (code === 'ENOENT') {
    if (file === undefined) return { exitCode: NOT_FOUND, why: notFound(command) };
    // The interpreter of a script, or the loader of a binary that was built for another machine.
    return {
      exitCode: NOT_FOUND,
      why: `${file} is there, but what its first line (#!) names is not`,
    };
  }
  if (code === 'EACCES' && file !== undefined) {
    const why = statSync(file).isDirectory()
      ? `${file} is a directory: give a program in it`
      : `${file} may not be run: chmod +x makes it a program`;
    return { exitCode: NOT_RUN, why };
  }
  return { exitCode: NOT_RUN, why: code ?? message };
}

function notFound(command: string): string {
  if (isPath(command)) return 'there is no such file';
  const advice = /\s/.test(command)
    ? 'give the command and each of its arguments by itself, not all as one'
    : 'desktop clients pass on a short one, so give the full path of the command';
  return `not found in PATH; ${advice}`;
}

/** The file that is meant, where there is one: as a path, else by PATH. */
function find(command: string, path: string): string | undefined {
  const folders = isPath(command) ? [''] : path.split(delimiter);
  return folders.map((folder) => join(folder, command)).find(isThere);
}

const isPath = (command: string): boolean => /[/\\]/.test(command);

function isThere(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** To its first space: where all was given as one, what follows may be a secret. */
function shown(command: string): string {
  const [first = '', ...rest] = command.split(/\s/);
  return onOneLine(rest.length > 0 ? `${first} …` : first);
}
