import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import type { LoadedSettings } from '../config';
import type { Run } from '../observe/child';
import { Relay } from '../observe/relay';
import { StartError } from '../observe/start-error';
import { onEndSignals } from './signals';
import { reserveStdout } from './stdout';

/**
 * Starts an MCP server and stands between it and its client, until either of them ends.
 *
 * @returns the exit code: the server's own
 */
export async function observe(_loaded: LoadedSettings, run: Run): Promise<number> {
  const { stdin, stderr } = process;
  const stdout = reserveStdout();
  // Node closes neither by itself, and whoever is at their other end would never know.
  stdin.once('close', () => close(0));
  stdout.once('finish', () => close(1));

  const relay = new Relay({ run, stdin, stdout, stderr, exit: (code) => process.exit(code) });
  onEndSignals((name) => relay.signal(name));
  try {
    const { exitCode } = await relay.run();
    return exitCode;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    stderr.write(`ts-calculator: ${error.message}\n`);
    return error.exitCode;
  }
}

/** Its number is given to the null device at once: the next file to be opened must not have it. */
function close(descriptor: 0 | 1): void {
  closeSync(descriptor);
  openSync(devNull, descriptor === 0 ? 'r' : 'w');
}
