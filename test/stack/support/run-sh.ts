import { accessSync, chmodSync, constants, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Child } from '../../support/child';
import { MONITORING } from '../../support/root';
import { alertmanager } from './alertmanager';
import { collector, debian } from './installed';

/** What run.sh needs of any machine, and Debian's Alertmanager of its wrapper here. */
const TOOLS = ['curl', 'dirname', 'env', 'mkdir', 'mount', 'sed', 'sh', 'sleep', 'tail', 'unshare'];

/** How each part is found on a path. */
const PARTS = {
  'otelcol-contrib': () => [collector()],
  prometheus: () => [debian('prometheus')],
  'prometheus-alertmanager': alertmanager,
};
export type PartName = keyof typeof PARTS;

/**
 * Starts run.sh where no other parts are installed.
 *
 * @param folder for the path, and for what the parts store
 */
export function runSh(folder: string, parts: readonly PartName[], args: string[] = []): Child {
  const path = join(folder, 'bin');
  mkdirSync(path);
  for (const tool of TOOLS) symlinkSync(onPath(tool), join(path, tool));
  for (const part of parts) {
    const command = PARTS[part]().map((word) => `'${word}'`);
    writeFileSync(join(path, part), `#!/bin/sh\nexec ${command.join(' ')} "$@"\n`);
    chmodSync(join(path, part), 0o755);
  }
  const env = { PATH: path, MONITORING_DATA: join(folder, 'data') };
  return new Child(['/bin/sh', 'run.sh', ...args], { cwd: MONITORING, env, timeoutMs: 30_000 });
}

function onPath(tool: string): string {
  const places = process.env.PATH!.split(delimiter).map((place) => join(place, tool));
  const found = places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(`${tool} is not on the path`);
  return found;
}
