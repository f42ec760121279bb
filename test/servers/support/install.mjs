// Installs the servers for the tests and prints where they lie, as JSON:
// node test/servers/support/install.mjs
import console from 'node:console';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { findGo, GO_ENVIRONMENT } from '../../support/install/go.mjs';
import { installed } from '../../support/install/installed.mjs';
import { npmPackages } from '../../support/install/packages.mjs';
import { pythonEnvironment } from '../../support/install/python.mjs';
import { run, works } from '../../support/install/run.mjs';

const SERVERS = fileURLToPath(new URL('..', import.meta.url));
const here = (...path) => join(SERVERS, ...path);

const environment = (folder, ...probe) =>
  pythonEnvironment(`servers-${folder}`, here(folder, 'requirements.txt'), probe);

const packages = (name) => npmPackages(`servers-${name}`, here(name));

/**
 * How each of the servers and clients is installed, unless that is done: published packages, in the
 * versions that python/requirements.txt, python-v1/requirements.txt, node/package-lock.json,
 * authors/package-lock.json and go/go.mod tell. Each returns its folder, and throws where it cannot.
 */
export const INSTALL = {
  python: () => environment('python', 'mcp-server-time', '--help'),
  'python-v1': () => environment('python-v1', 'mcp-server-time', '--help'),
  node: () => packages('node'),
  authors: () => packages('authors'),
  go: () =>
    installed({
      name: 'servers-go-everything',
      versions: here('go', 'go.sum'),
      isWhole: (folder) => works(join(folder, 'everything')),
      install: (folder) => {
        const [, needed] = /^go 1\.(\d+)/m.exec(readFileSync(here('go', 'go.mod'), 'utf8'));
        const server = 'github.com/modelcontextprotocol/go-sdk/examples/server/everything';
        run([findGo(Number(needed)), 'build', '-o', join(folder, 'everything'), server], {
          cwd: here('go'),
          env: { ...GO_ENVIRONMENT, GOFLAGS: '-mod=readonly' },
        });
      },
    }),
};

/** Installs them all; returns their folders by name. */
const installServers = () =>
  Object.fromEntries(Object.entries(INSTALL).map(([name, install]) => [name, install()]));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(JSON.stringify(installServers()));
  } catch (error) {
    console.error(
      `Not all servers can be installed, and "observe" not be tested: ${error.message}`,
    );
    process.exitCode = 1;
  }
}
