import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/**
 * Bash's `time` tells what the kernel counted for a process when it was over: threads that ended
 * before it and the ending itself included, which nobody sees who looks at a live process; and with it
 * what it counted for the processes that it started and waited for. First it tells the process id;
 * `exec` makes that the command's. The braces keep `time` out of the subshell.
 */
const SCRIPT = `TIMEFORMAT='%3U %3S'
time { ( echo $BASHPID >&2; exec "$@" 2>&3 3>&- ); }`;

/** In some locales bash writes a comma. */
const seconds = (text) => Number(text.replace(',', '.'));

/** The microseconds in what the script told. */
function microseconds(told) {
  const [, user, system] = /\n(\d+[.,]\d+) (\d+[.,]\d+)\n$/.exec(told) ?? [];
  if (system === undefined) throw new Error(`bash told no times: ${told}`);
  return (seconds(user) + seconds(system)) * 1e6;
}

/**
 * Starts Node on a file under bash's eyes.
 *
 * @param args the file and what it is given
 * @param behind a file that Node is to run behind it, as a command at the end of what it is given
 * @returns the child; its standard error; `pid` of Node itself, and what CPU was used when all is over,
 * `{ whole, behind }` in microseconds, as promises
 */
export function spawnCounted(args, env, behind) {
  const inner = behind && countedInFile([process.execPath, behind]);
  const command = [process.execPath, ...args, ...(inner?.command ?? [])];
  const child = spawn('bash', ['-c', SCRIPT, 'bash', ...command], {
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
  const closed = new Promise((resolve) => child.on('close', resolve));
  const cpu = closed.then(() => ({ behind: inner?.told(), whole: microseconds(told) }));
  cpu.catch(() => {}); // Whoever wants it gets the error.
  return { child, stderr: child.stdio[3], pid, cpu };
}

/** A command under bash's eyes that somebody else starts; its times lie in a file until they are told. */
function countedInFile(command) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'times');
  return {
    command: ['bash', '-c', `exec 3>&2 2>"$0"\n${SCRIPT}`, file, ...command],
    told() {
      try {
        return microseconds(readFileSync(file, 'latin1'));
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

/** The same without counting, where bash's own start would be in the way. */
export function spawnPlain(args, env, behind) {
  const command = [...args, ...(behind ? [process.execPath, behind] : [])];
  const child = spawn(process.execPath, command, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  return { child, stderr: child.stderr, pid: Promise.resolve(child.pid), cpu: undefined };
}
