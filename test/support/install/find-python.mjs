import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What Phoenix needs at least. */
export const PYTHON = '3.12';

/** The nearest to what Phoenix is known to run on comes first: all that it needs is built for that. */
const NAMES = ['python3.12', 'python3.13', 'python3.14', 'python3'];
const IS_NEW_ENOUGH = `import sys; sys.exit(sys.version_info < (${PYTHON.replace('.', ', ')}))`;

/**
 * A Python for Phoenix: on the path, or one of pyenv's.
 *
 * @returns its command; `3.12`, for uv to find or fetch one, where there is none
 */
export const findPython = () => [...NAMES, ...pyenvPythons()].find(isNewEnough) ?? PYTHON;

/** Runs it: a shim of pyenv's may stand on the path for a version that is not chosen, and fail. */
const isNewEnough = (command) => spawnSync(command, ['-c', IS_NEW_ENOUGH]).status === 0;

function pyenvPythons() {
  const { stdout, status } = spawnSync('pyenv', ['root'], { encoding: 'utf8' });
  const versions = join(status === 0 ? stdout.trim() : '', 'versions');
  if (status !== 0 || !existsSync(versions)) return [];
  return readdirSync(versions)
    .filter((name) => /^3\.1[2-9]/.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => join(versions, name, 'bin', 'python'));
}
