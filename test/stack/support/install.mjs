// Installs the parts of the monitoring stack for the tests and prints where they lie, as JSON:
// node test/stack/support/install.mjs [victoria]
import console from 'node:console';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { installPhoenix } from '../../phoenix/support/install.mjs';
import { debianPackages } from '../../support/install/debian.mjs';
import { findGo, GO_ENVIRONMENT, goCommands } from '../../support/install/go.mjs';
import { installed } from '../../support/install/installed.mjs';
import { pythonEnvironment } from '../../support/install/python.mjs';
import { run, works } from '../../support/install/run.mjs';
import { INSTALL } from '../../servers/support/install.mjs';

const STACK = fileURLToPath(new URL('..', import.meta.url));
const packages = (name) => join(STACK, `${name}-packages.txt`);
const VICTORIA = join(STACK, 'victoria.json');
const COLLECTOR = join(STACK, 'collector');
const SIBLING = join(STACK, 'sibling', 'requirements.txt');
const SIBLING_WORKS = ['python', '-c', 'import opentelemetry.sdk'];

/** The collector, built of the modules that collector/go.mod names: two minutes, once. */
const collector = () =>
  installed({
    name: 'stack-collector',
    versions: join(COLLECTOR, 'go.sum'),
    isWhole: (folder) => works(join(folder, 'otelcol-contrib'), ['--version']),
    install: (folder) => {
      const [, needed] = /^go 1\.(\d+)/m.exec(readFileSync(join(COLLECTOR, 'go.mod'), 'utf8'));
      const build = ['build', '-ldflags=-s -w', '-o', join(folder, 'otelcol-contrib'), '.'];
      const env = { ...GO_ENVIRONMENT, GOFLAGS: '-mod=readonly' };
      run([findGo(Number(needed)), ...build], { cwd: COLLECTOR, env });
    },
  });

/**
 * Debian's Prometheus, Alertmanager and VictoriaMetrics, its docker-compose, the collector, the Phoenix
 * of test/phoenix, and servers beside our own to look at, unless that is done.
 *
 * @param withVictoria also a VictoriaMetrics and its vmalert that take OTLP, a minute, once
 */
const installStack = (withVictoria) => ({
  debian: debianPackages('stack-debian', packages('debian'), 'promtool').bin,
  compose: debianPackages('stack-compose', packages('compose'), 'docker-compose'),
  collector: collector(),
  phoenix: installPhoenix(),
  sibling: pythonEnvironment('stack-sibling', SIBLING, SIBLING_WORKS),
  everything: INSTALL.go(),
  ...(withVictoria && { victoria: goCommands('stack-victoria', VICTORIA) }),
});

try {
  console.log(JSON.stringify(installStack(process.argv[2] === 'victoria')));
} catch (error) {
  console.error(
    `The monitoring stack cannot be installed, and its rules not be tested: ${error.message}`,
  );
  process.exitCode = 1;
}
