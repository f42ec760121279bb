import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCli, type Cli, type CliOptions } from '../../support/cli';
import { ROOT } from '../../support/root';
import { QUIET } from './lines';

/** Starts `observe` in front of a command, unless told otherwise without telemetry. */
export const observe = (command: readonly string[], { env, ...options }: CliOptions = {}): Cli =>
  startCli({ ...options, args: ['observe', '--', ...command], env: { ...QUIET, ...env } });

export const shell = (script: string): string[] => ['sh', '-c', script];

/** A program of `support/observed`. */
export const program = (file: string, ...args: (string | number)[]): string[] => [
  process.execPath,
  join(ROOT, 'test/support/run-ts.mjs'),
  join(ROOT, 'test/e2e/support/observed', file),
  ...args.map(String),
];

/** Waits until the command has said `pid <number>` so often on stderr. */
export const saidPids = (cli: Cli, count = 1): Promise<number[]> =>
  cli.waitFor(() => {
    const pids = [...cli.stderr.matchAll(/^pid (\d+)$/gm)].map(([, pid]) => Number(pid));
    return pids.length === count ? pids : undefined;
  }, `${count} pids`);

/** Whether a process runs; one that only waits for its parent to look at its end does not (Linux). */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const status = `/proc/${pid}/status`;
    return !existsSync(status) || !/^State:\s+[ZX]/m.test(readFileSync(status, 'utf8'));
  } catch {
    return false;
  }
}
