// Installs Phoenix for the tests and prints its command: node test/phoenix/support/install.mjs
import { spawnSync } from 'node:child_process';
import console from 'node:console';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { findPython } from './python.mjs';

const REQUIREMENTS = fileURLToPath(new URL('../requirements.txt', import.meta.url));
const CACHE = process.env.TS_CALCULATOR_CI_CACHE || join(homedir(), '.cache', 'ts-calculator-ci');

/**
 * Installs the Phoenix of requirements.txt, unless that is done: once for each version of that file,
 * in a folder that outlives the clone. Takes about a minute. Throws where it cannot be installed.
 *
 * @returns the path of the `phoenix` command
 */
export function installPhoenix() {
  const requirements = readFileSync(REQUIREMENTS, 'utf8');
  const [, version] = /^arize-phoenix==(\S+)/m.exec(requirements);
  const hash = createHash('sha256').update(requirements).digest('hex').slice(0, 12);
  const folder = join(CACHE, `phoenix-${version}-${hash}`);
  const python = join(folder, 'bin', 'python');
  const phoenix = join(folder, 'bin', 'phoenix');
  // Written last: without it an installation was interrupted. Its Python may have been removed since.
  const complete = join(folder, 'complete');
  if (existsSync(complete) && works(python)) return phoenix;

  console.error(`Installing Phoenix ${version} into ${folder}`);
  rmSync(folder, { recursive: true, force: true });
  const uv = findUv();
  run(uv, 'venv', '--quiet', '--python', findPython(), folder);
  // Compiled here, or each start of Phoenix compiles for half a minute.
  run(
    uv,
    'pip',
    'install',
    '--quiet',
    '--compile-bytecode',
    '--python',
    python,
    '-r',
    REQUIREMENTS,
  );
  if (!works(phoenix)) throw new Error(`${phoenix} does not run`);
  writeFileSync(complete, '');
  return phoenix;
}

/** The one on the path, else one that pip brings. */
function findUv() {
  if (works('uv')) return 'uv';
  const folder = join(CACHE, 'uv');
  const uv = join(folder, 'bin', 'uv');
  if (!works(uv))
    run('python3', '-m', 'pip', 'install', '--quiet', '--upgrade', '--target', folder, 'uv');
  return uv;
}

const works = (command) => spawnSync(command, ['--help']).status === 0;

function run(...command) {
  const [file, ...args] = command;
  const { status, error } = spawnSync(file, args, { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`"${command.join(' ')}" failed: ${error?.message ?? status}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(installPhoenix());
  } catch (error) {
    console.error(`Phoenix cannot be installed, and what it shows not be tested: ${error.message}`);
    process.exitCode = 1;
  }
}
