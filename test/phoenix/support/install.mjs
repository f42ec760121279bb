// Installs Phoenix for the tests and prints its command: node test/phoenix/support/install.mjs
import console from 'node:console';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { pythonEnvironment } from '../../support/install/python.mjs';

const REQUIREMENTS = fileURLToPath(new URL('../requirements.txt', import.meta.url));

/**
 * Installs the Phoenix of requirements.txt, unless that is done. Takes about a minute. Throws where
 * it cannot be installed.
 *
 * @returns the path of the `phoenix` command
 */
export function installPhoenix() {
  const [, version] = /^arize-phoenix==(\S+)/m.exec(readFileSync(REQUIREMENTS, 'utf8'));
  const folder = pythonEnvironment(`phoenix-${version}`, REQUIREMENTS, ['phoenix', '--help']);
  return join(folder, 'bin', 'phoenix');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(installPhoenix());
  } catch (error) {
    console.error(`Phoenix cannot be installed, and what it shows not be tested: ${error.message}`);
    process.exitCode = 1;
  }
}
