// Installs the servers for the tests and prints where they lie, as JSON:
// node test/servers/support/install.mjs
import { spawnSync } from 'node:child_process';
import console from 'node:console';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { installed } from '../../support/install/installed.mjs';
import { pythonEnvironment } from '../../support/install/python.mjs';
import { run, works } from '../../support/install/run.mjs';

const SERVERS = fileURLToPath(new URL('..', import.meta.url));
const here = (...path) => join(SERVERS, ...path);

const environment = (folder, ...probe) =>
  pythonEnvironment(`servers-${folder}`, here(folder, 'requirements.txt'), probe);

const packages = (name) =>
  installed({
    name: `servers-${name}`,
    versions: here(name, 'package-lock.json'),
    isWhole: () => true,
    install: (folder) => {
      mkdirSync(folder, { recursive: true });
      for (const file of ['package.json', 'package-lock.json'])
        copyFileSync(here(name, file), join(folder, file));
      run(['npm', 'ci', '--no-audit', '--no-fund'], { cwd: folder });
    },
  });

/**
 * Installs all servers and clients, unless that is done: published packages, in the versions that
 * python/requirements.txt, python-v1/requirements.txt, node/package-lock.json,
 * authors/package-lock.json and go/go.mod tell.
 * Throws where one of them cannot be installed.
 *
 * @returns the folders, by the names of those
 */
export const installServers = () => ({
  python: environment('python', 'mcp-server-time', '--help'),
  'python-v1': environment('python-v1', 'mcp-server-time', '--help'),
  node: packages('node'),
  authors: packages('authors'),
  go: installed({
    name: 'servers-go-everything',
    versions: here('go', 'go.sum'),
    isWhole: (folder) => works(join(folder, 'everything')),
    install: (folder) => {
      const server = 'github.com/modelcontextprotocol/go-sdk/examples/server/everything';
      run([findGo(), 'build', '-o', join(folder, 'everything'), server], {
        cwd: here('go'),
        // Neither it nor a workspace around this folder may take other versions.
        env: { GOFLAGS: '-mod=readonly', GOWORK: 'off', GOTOOLCHAIN: 'local' },
      });
    },
  }),
});

/** The one on the path, where it is new enough, else the one that PyPI has. */
function findGo() {
  const [, needed] = /^go 1\.(\d+)/m.exec(readFileSync(here('go', 'go.mod'), 'utf8'));
  const { stdout } = spawnSync('go', ['version'], { encoding: 'utf8' });
  const [, found] = /go1\.(\d+)/.exec(stdout ?? '') ?? [];
  if (Number(found) >= Number(needed)) return 'go';
  return join(environment('go', 'go', 'version'), 'bin', 'go');
}

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
