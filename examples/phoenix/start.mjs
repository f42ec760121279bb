import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { URL } from 'node:url';
import { isReady } from './address.mjs';

const POLL_MILLIS = 250;
/** Phoenix takes 5 s to store what it has taken. */
const STOP_MILLIS = 10_000;
const LAST_LINES = 15;

const STARTED = { minutes: 3, patience: 'It takes up to a minute.' };
const LOADED = { minutes: 20, patience: 'The first time it is downloaded, for minutes.' };
/** With a Python that is new enough, which uv finds or gets. */
const SERVE = ['--python', '3.12', '--from', 'arize-phoenix', 'phoenix', 'serve'];
const IMAGE = 'arizephoenix/phoenix:latest';

/** What can start Phoenix, best first. A `command` is a program and its arguments. */
const STARTERS = [
  { ...STARTED, program: 'phoenix', command: () => ['phoenix', 'serve'] },
  { ...LOADED, program: 'uvx', command: () => ['uvx', ...SERVE] },
  { ...LOADED, program: 'uv', command: () => ['uv', 'tool', 'run', ...SERVE] },
  {
    ...LOADED,
    program: 'docker',
    works: () => spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0,
    command: (port) => ['docker', 'run', '--rm', '-p', `127.0.0.1:${port}:6006`, IMAGE],
  },
];

const NOTHING_STARTS_IT = `There is no Phoenix at ADDRESS, and nothing here to start one with: no phoenix, no uv, no running Docker.
Install one of them, or start Docker, and run this again:

  pip install arize-phoenix    (Python 3.12 or newer)
  pip install uv               (uv gets Phoenix, and a Python where it must)`;

/**
 * Starts a Phoenix of its own for this machine alone.
 *
 * `ready` resolves when it takes requests; `ended` rejects when it ends unasked, with its last
 * lines; `stop()` ends it. `command` and `patience` are for people to read.
 * @param base its address to be, which must be one of this machine's
 * @param env the environment's variables, for Phoenix and for what starts it
 * @throws where the address is elsewhere, or nothing is there to start it with
 */
export function startPhoenix(base, env) {
  const { protocol, hostname, port, pathname } = new URL(base);
  if (protocol !== 'http:' || !['localhost', '127.0.0.1'].includes(hostname) || pathname !== '/') {
    throw new Error(`Nothing answers at ${base}, and only here, at localhost, can one be started.`);
  }
  const starter = STARTERS.find(
    ({ program, works }) => isOnPath(program, env.PATH) && (works?.() ?? true),
  );
  if (!starter) throw new Error(NOTHING_STARTS_IT.replace('ADDRESS', base));
  const command = starter.command(port || '80');
  const child = run(command, {
    ...env,
    PHOENIX_PORT: port || '80',
    // Without a key it is open to whoever reaches it: nobody else should, unless asked for.
    PHOENIX_HOST: env.PHOENIX_HOST || '127.0.0.1',
  });
  return {
    command: command.join(' '),
    patience: starter.patience,
    ready: Promise.race([untilReady(base, starter.minutes, child), child.ended]),
    ended: child.ended,
    stop: child.stop,
  };
}

function isOnPath(program, folders = '') {
  const file = process.platform === 'win32' ? `${program}.exe` : program;
  return folders
    .split(path.delimiter)
    .some((folder) => folder && existsSync(path.join(folder, file)));
}

async function untilReady(base, minutes, { report }) {
  const end = Date.now() + minutes * 60_000;
  while (!(await isReady(base))) {
    if (Date.now() > end) throw new Error(report(`Phoenix is not up after ${minutes} minutes`));
    await setTimeout(POLL_MILLIS);
  }
}

/** A process with its last lines kept. */
function run([file, ...args], env) {
  const child = spawn(file, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, to be ended with what it starts; and Ctrl-C is heard by this script alone.
    detached: process.platform !== 'win32',
  });
  let output = '';
  const keep = (text) => (output = (output + text).slice(-10_000));
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', keep);
  const report = (what) => {
    const lines = output.trimEnd().split(/\r?\n/).slice(-LAST_LINES);
    return [`${what}. Its last lines:`, ...lines].join('\n  ');
  };
  const closed = once(child, 'close');
  const ended = closed.then(([code, signal]) => {
    throw new Error(report(`Phoenix ended with ${code ?? signal}`));
  });
  ended.catch(() => {}); // Told to whoever waits for it.
  const stop = async () => {
    const isOver = closed.catch(() => {});
    if (child.exitCode === null && child.signalCode === null) signalAll(child, 'SIGTERM');
    const late = setTimeout(STOP_MILLIS, 'late', { ref: false });
    if ((await Promise.race([isOver, late])) === 'late') signalAll(child, 'SIGKILL');
    await isOver;
  };
  return { ended, report, stop };
}

/** Signals a process and what it has started. */
function signalAll({ pid }, signal) {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
