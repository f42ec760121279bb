import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import type { LoadedSettings } from '../config';
import type { Run } from '../observe/child';
import { Relay } from '../observe/relay';
import { SharedStderr } from '../observe/shared-stderr';
import { StartError } from '../observe/start-error';
import { Stderr } from '../telemetry/stderr';
import { faultText, surviveFaults } from './faults';
import { onEndSignals } from './signals';
import { reserveStdout } from './stdout';

/** For a slow reader of stderr. */
const STDERR_MILLIS = 100;

/**
 * Starts an MCP server and stands between it and its client, until either of them ends.
 *
 * @returns the exit code: the server's own
 */
export async function observe({ warnings }: LoadedSettings, run: Run): Promise<number> {
  const { stdin } = process;
  const stdout = reserveStdout();
  // Node closes neither by itself, and whoever is at their other end would never know.
  stdin.once('close', () => close(0));
  stdout.once('finish', () => close(1));
  const shared = new SharedStderr(process.stderr);
  const stderr = new Stderr(shared.own);
  const tell = (message: string) => stderr.write(`ts-calculator: ${message}\n`);
  surviveFaults(tell);

  for (const warning of warnings) tell(warning);
  const relay = new Relay({
    run,
    stdin,
    stdout,
    stderr: process.stderr,
    rewriteStderr: shared,
    onFault: (error) => tell(faultText(error)),
    exit: (code) => process.exit(code),
  });
  onEndSignals((name) => relay.signal(name));
  try {
    const { exitCode, wasRead } = await relay.run();
    if (!wasRead) tell('stdout was not read: the last bytes are given up');
    return exitCode;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    tell(error.message);
    return error.exitCode;
  } finally {
    await stderr.finish(STDERR_MILLIS);
  }
}

/** Its number is given to the null device at once: the next file to be opened must not have it. */
function close(descriptor: 0 | 1): void {
  try {
    closeSync(descriptor);
    openSync(devNull, descriptor === 0 ? 'r' : 'w');
  } catch {
    // It was closed before we came.
  }
}
