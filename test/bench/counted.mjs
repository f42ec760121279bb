import { spawn } from 'node:child_process';
import process from 'node:process';

/**
 * Bash's `time` tells what the kernel counted for a process when it was over: threads that ended
 * before it and the ending itself included, which nobody sees who looks at a live process. First it
 * tells the process id; `exec` makes that the server's. The braces keep `time` out of the subshell.
 */
const SCRIPT = `TIMEFORMAT='%3U %3S'
time { ( echo $BASHPID >&2; exec "$@" 2>&3 3>&- ); }`;

/** In some locales bash writes a comma. */
const seconds = (text) => Number(text.replace(',', '.'));

/**
 * Starts Node on a file under bash's eyes.
 *
 * @returns the child; its standard error; `pid` of Node itself, and `cpu`, its microseconds when all
 * is over, as promises
 */
export function spawnCounted(file, env) {
  const child = spawn('bash', ['-c', SCRIPT, 'bash', process.execPath, file], {
    env,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  let told = '';
  child.stderr.setEncoding('latin1');
  const pid = new Promise((resolve) => {
    child.stderr.on('data', (text) => {
      told += text;
      if (told.includes('\n')) resolve(Number.parseInt(told, 10));
    });
  });
  const cpu = new Promise((resolve, reject) => {
    child.on('close', () => {
      const [, user, system] = /\n(\d+[.,]\d+) (\d+[.,]\d+)\n$/.exec(told) ?? [];
      if (system === undefined) reject(new Error(`bash told no times: ${told}`));
      else resolve((seconds(user) + seconds(system)) * 1e6);
    });
  });
  cpu.catch(() => {}); // Whoever wants it gets the error.
  return { child, stderr: child.stdio[3], pid, cpu };
}

/** The same without counting, where bash's own start would be in the way. */
export function spawnPlain(file, env) {
  const child = spawn(process.execPath, [file], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  return { child, stderr: child.stderr, pid: Promise.resolve(child.pid), cpu: undefined };
}
