// Installs the parts of the monitoring stack for the tests and prints where their commands lie:
// node test/stack/support/install.mjs
import console from 'node:console';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { debianPackages } from '../../support/install/debian.mjs';

const VERSIONS = fileURLToPath(new URL('../debian-packages.txt', import.meta.url));

/** Debian's Prometheus, Alertmanager and VictoriaMetrics, unless that is done. Takes some seconds. */
export const installStack = () => debianPackages('stack-debian', VERSIONS, 'promtool');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(installStack());
  } catch (error) {
    console.error(
      `The monitoring stack cannot be installed, and its rules not be tested: ${error.message}`,
    );
    process.exitCode = 1;
  }
}
