import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { basename } from 'node:path';
import type { LoadedSettings } from '../config';
import type { Run } from '../observe/child';
import { Relay } from '../observe/relay';
import { SharedStderr } from '../observe/shared-stderr';
import { StartError } from '../observe/start-error';
import { StdioEyes } from '../observe/stdio-eyes';
import { Stderr } from '../telemetry/stderr';
import { VERSION } from '../version';
import { faultText, surviveFaults } from './faults';
import { onEndSignals } from './signals';
import { reserveStdout } from './stdout';

/** For a slow reader of stderr. */
const STDERR_MILLIS = 100;

/**
 * Starts an MCP server and stands between it and its client, until either of them ends: what they say
 * passes as it is, and is seen.
 *
 * @returns the exit code: the server's own
 */
export async function observe(loaded: LoadedSettings, run: Run): Promise<number> {
  const { stdin } = process;
  const stdout = reserveStdout();
  // Node closes neither by itself, and whoever is at their other end would never know.
  stdin.once('close', () => close(0));
  stdout.once('finish', () => close(1));
  // Nobody to tell: a closed stderr must not end the session.
  process.stderr.on('error', () => undefined);
  const shared = new SharedStderr(process.stderr);
  const stderr = new Stderr(shared.own, (lines) => eyes.telemetry.stderrDropped(lines));
  const eyes: StdioEyes = new StdioEyes({
    loaded,
    stderr,
    fallbackName: basename(run.command),
    packageVersion: VERSION,
    command: process.argv[1],
    onFault: (error) => tellFault(faultText(error)),
  });
  const { telemetry, looks } = eyes;
  const tellFault = (message: string) => telemetry.log('error', message);
  surviveFaults(tellFault);
  if (loaded.texts.fault !== undefined) {
    telemetry.log('warn', 'TS_CALCULATOR_FAULT has no effect on a server that is observed');
  }

  const relay = new Relay({
    run,
    stdin,
    stdout,
    stderr: process.stderr,
    rewriteStderr: shared,
    ...looks,
    onFault: (error) => tellFault(faultText(error)),
    exit: (code) => process.exit(code),
  });
  onEndSignals((name) => relay.signal(name));
  try {
    const { exitCode, wasRead, hasDied, deadline } = await relay.run();
    if (!wasRead) telemetry.log('warn', 'stdout was not read: the last bytes are given up');
    await eyes.end(Math.max(0, deadline - performance.now() - STDERR_MILLIS), hasDied);
    return exitCode;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    stderr.write(`ts-calculator: ${error.message}\n`);
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
