import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { createGroup, type Group } from './group';
import { StartError } from './start-error';

export interface Run {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** A command that was started, with its three pipes. */
export interface Child {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The child and all that it started. */
  readonly group: Group;
  /**
   * Resolves with the exit code when the child itself has ended; ended by a signal: 128 + its number.
   * On Windows it may reject, with a StartError: only by then it is known that there is no such command.
   */
  readonly exited: Promise<number>;
}

const IS_WINDOWS = process.platform === 'win32';

/**
 * Starts a command with three pipes. Elsewhere than on Windows it has a session
 * and a process group of its own: so signals reach all that it starts, and a terminal's Ctrl-C reaches
 * it once, through us.
 *
 * @throws {StartError} it cannot be started
 */
export async function startChild(run: Run): Promise<Child> {
  let child: ChildProcess;
  try {
    const start = IS_WINDOWS ? (await import('cross-spawn')).default : spawn;
    const options: SpawnOptions = { env: run.env, stdio: 'pipe', detached: !IS_WINDOWS };
    child = start(run.command, [...run.args], options);
    await spawned(child);
  } catch (error) {
    throw startError(run, error as NodeJS.ErrnoException);
  }
  const { stdin, stdout, stderr, pid } = child;
  return {
    stdin: stdin!,
    stdout: stdout!,
    stderr: stderr!,
    group: createGroup(pid!),
    exited: exitCode(child, run),
  };
}

/** Resolves when the child is there. */
function spawned(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
}

function exitCode(child: ChildProcess, run: Run): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal!]));
    // What cross-spawn says in place of the exit. Elsewhere: a signal that could not be sent.
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') reject(startError(run, error));
    });
  });
}

const startError = ({ command, env }: Run, cause: NodeJS.ErrnoException): StartError =>
  StartError.of(command, env.PATH ?? '', cause);
