import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import process from 'node:process';
import { BENCH, fromRoot } from './paths.mjs';

/** What was measured on what, and when. */
export function circumstances() {
  const [{ model }] = os.cpus();
  const version = (name, from) => {
    const { version } = packageOf(name, createRequire(`${from}/`));
    return version;
  };
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: {
      cpu: model.trim(),
      cores: os.availableParallelism(),
      memoryGB: Math.round(os.totalmem() / 2 ** 30),
      system: `${os.type()} ${os.release().split('-')[0]}`,
    },
    versions: {
      'ts-calculator': JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')).version,
      node: process.versions.node,
      '@modelcontextprotocol/sdk': version('@modelcontextprotocol/sdk', fromRoot('.')),
      '@opentelemetry/sdk-trace-node': version('@opentelemetry/sdk-trace-node', BENCH),
      '@sentry/node': version('@sentry/node', BENCH),
    },
  };
}

/** A package's package.json, where `exports` may not name it: looked for in the folders themselves. */
function packageOf(name, require) {
  for (const folder of require.resolve.paths(name)) {
    try {
      return JSON.parse(readFileSync(`${folder}/${name}/package.json`, 'utf8'));
    } catch {
      continue;
    }
  }
  throw new Error(`${name} is not installed`);
}

/** The same in a sentence or two. */
export function inWords({ date, machine, versions }) {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return (
    `Measured on ${date} with \`npm run bench\`, on ${machine.cores} cores of ` +
    `${machine.cpu}, ${machine.memoryGB} GB of memory, ${machine.system}: ${packages.join(', ')}.`
  );
}
