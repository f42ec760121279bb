// Installs what the server is tested with over HTTP and prints where it lies, as JSON:
// node test/over-http/support/install.mjs
import console from 'node:console';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { INSTALL } from '../../servers/support/install.mjs';
import { findGo, GO_ENVIRONMENT } from '../../support/install/go.mjs';
import { installed } from '../../support/install/installed.mjs';
import { nodeOf } from '../../support/install/node.mjs';
import { npmPackages } from '../../support/install/packages.mjs';
import { run, works } from '../../support/install/run.mjs';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const K6 = join(HERE, 'k6.json');

/** k6, built of the module that k6.json names: two minutes, once. */
const k6 = () =>
  installed({
    name: 'k6',
    versions: K6,
    isWhole: (folder) => works(join(folder, 'k6'), ['version']),
    install: (folder) => {
      const { module, version, go } = JSON.parse(readFileSync(K6, 'utf8'));
      const env = { ...GO_ENVIRONMENT, GOBIN: folder };
      run([findGo(go), 'install', `${module}@${version}`], { env });
    },
  });

try {
  const installed = {
    k6: join(k6(), 'k6'),
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
