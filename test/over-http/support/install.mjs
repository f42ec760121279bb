// Installs what the server is tested with over HTTP and prints where it lies, as JSON:
// node test/over-http/support/install.mjs
import console from 'node:console';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { INSTALL } from '../../servers/support/install.mjs';
import { goCommands } from '../../support/install/go.mjs';
import { nodeOf } from '../../support/install/node.mjs';
import { npmPackages } from '../../support/install/packages.mjs';

const HERE = fileURLToPath(new URL('..', import.meta.url));

try {
  const installed = {
    // Two minutes, once.
    k6: join(goCommands('k6', join(HERE, 'k6.json')), 'k6'),
    // The least that the conformance suite runs on.
    node: nodeOf(22),
    conformance: npmPackages('conformance', join(HERE, 'conformance')),
    // The official clients, as test/servers has them.
    packages: INSTALL.node(),
    python: INSTALL.python(),
    'python-v1': INSTALL['python-v1'](),
  };
  console.log(JSON.stringify(installed));
} catch (error) {
  console.error(`The server cannot be tested over HTTP: ${error.message}`);
  process.exitCode = 1;
}
