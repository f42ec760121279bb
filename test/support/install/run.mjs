import { spawnSync } from 'node:child_process';
import process from 'node:process';

/** Whether a command is there and runs. */
export const works = (file, args = ['--help'], env = {}) =>
  spawnSync(file, args, { env: { ...process.env, ...env } }).status === 0;

/** Runs a command to its end, its output on stderr. Throws where it fails. */
export function run([file, ...args], { cwd, env } = {}) {
  const { status, error } = spawnSync(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 2, 2],
  });
  if (status === 0) return;
  throw new Error(`"${[file, ...args].join(' ')}" failed: ${error?.message ?? status}`);
}
