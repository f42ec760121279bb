import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installed } from './installed.mjs';
import { run, works } from './run.mjs';

/**
 * The programs of Debian's packages (see `installed`). They are unpacked and no more: nothing is set
 * up on the machine, and no service is started.
 *
 * @param versions the path of a file with a line a package: `prometheus=2.42.*`
 * @param probe a command of them that answers to --version
 * @returns the folder with their commands, and the environment that these need
 */
export const debianPackages = (name, versions, probe) => {
  const bin = (folder) => join(folder, 'usr', 'bin');
  const isWhole = (folder) => works(join(bin(folder), probe), ['--version'], environment(folder));
  const install = (folder) => {
    if (!works('apt-get', ['--version'])) throw new Error('there is no apt-get');
    mkdirSync(folder, { recursive: true });
    const packages = readFileSync(versions, 'utf8').trim().split('\n');
    download(packages, folder);
    for (const file of readdirSync(folder).filter((each) => each.endsWith('.deb'))) {
      run(['dpkg-deb', '-x', join(folder, file), folder]);
      rmSync(join(folder, file));
    }
    if (!isWhole(folder)) throw new Error(`${probe} of ${packages.join(', ')} does not run`);
  };
  const folder = installed({ name, versions, isWhole, install });
  return { bin: bin(folder), env: environment(folder) };
};

/** Debian's Python looks for modules where they would be installed. */
const environment = (folder) => ({
  PYTHONPATH: join(folder, 'usr', 'lib', 'python3', 'dist-packages'),
});

/** What is known of the packages may be missing or old, on a new machine for one. */
function download(packages, folder) {
  const get = () => run(['apt-get', 'download', '--quiet', ...packages], { cwd: folder });
  try {
    get();
  } catch {
    run(['apt-get', 'update', '--quiet']);
    get();
  }
}
