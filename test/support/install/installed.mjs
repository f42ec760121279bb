import console from 'node:console';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** What is installed for the tests lies here, and outlives the clone. */
export const CACHE =
  process.env.TS_CALCULATOR_CI_CACHE || join(homedir(), '.cache', 'ts-calculator-ci');

/**
 * Installs something, unless that is done: once for each content of the file that tells its versions.
 *
 * @param what.name of the folder, before the hash of `versions`
 * @param what.versions the path of that file
 * @param what.isWhole whether what lies in the folder still runs: what it needs may be gone
 * @param what.install puts it into the folder, which is not there; throws where it cannot
 * @returns the folder
 */
export function installed({ name, versions, isWhole, install }) {
  const hash = createHash('sha256').update(readFileSync(versions)).digest('hex').slice(0, 12);
  const folder = join(CACHE, `${name}-${hash}`);
  // Written last: without it an installation was interrupted.
  const complete = join(folder, 'complete');
  if (existsSync(complete) && isWhole(folder)) return folder;

  console.error(`Installing ${name} into ${folder}`);
  rmSync(folder, { recursive: true, force: true });
  install(folder);
  writeFileSync(complete, '');
  return folder;
}
