import { join } from 'node:path';
import { findPython } from './find-python.mjs';
import { CACHE, installed } from './installed.mjs';
import { run, works } from './run.mjs';

/**
 * A virtual environment with what a requirements file names (see `installed`).
 *
 * @param probe a command of it, with arguments with which it succeeds
 * @returns its folder
 */
export const pythonEnvironment = (name, requirements, [command, ...args]) =>
  installed({
    name,
    versions: requirements,
    // Its Python may have been removed since.
    isWhole: (folder) => works(join(folder, 'bin', 'python')),
    install: (folder) => {
      const uv = findUv();
      const python = join(folder, 'bin', 'python');
      run([uv, 'venv', '--quiet', '--python', findPython(), folder]);
      // Compiled here, or each start compiles: a Phoenix for half a minute.
      const install = [uv, 'pip', 'install', '--quiet', '--compile-bytecode', '--python', python];
      run([...install, '-r', requirements]);
      const installed = join(folder, 'bin', command);
      if (!works(installed, args)) throw new Error(`${installed} does not run`);
    },
  });

/** The one on the path, else one that pip brings. */
function findUv() {
  if (works('uv')) return 'uv';
  const folder = join(CACHE, 'uv');
  const uv = join(folder, 'bin', 'uv');
  if (!works(uv))
    run(['python3', '-m', 'pip', 'install', '--quiet', '--upgrade', '--target', folder, 'uv']);
  return uv;
}
