import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment } from '../../support/environment';
import { ROOT } from '../../support/root';

/** npm and npx in a folder of a test: a cache of its own, and off the network. */
export const offline = (temp: string): Record<string, string> => ({
  npm_config_cache: join(temp, 'cache'),
  npm_config_offline: 'true',
});

/** Runs a program to its end, with npm told to stay off the network. */
export function runOffline(temp: string, command: string, args: string[], cwd = temp): string {
  const env = cleanEnvironment(offline(temp));
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 2] });
}

/** Packs the product into the folder, as built: test/support/global-setup.ts sees to that. */
export function pack(temp: string): void {
  const options = ['--silent', '--ignore-scripts', '--pack-destination', temp];
  runOffline(temp, 'npm', ['pack', ...options], ROOT);
}

/** Installs a tarball of the folder into a new folder in it. Returns the new one's path. */
export function install(temp: string, tarball: string, folder: string): string {
  const cwd = join(temp, folder);
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'package.json'), '{"private":true,"type":"module"}');
  const options = ['--silent', '--no-audit', '--no-fund'];
  runOffline(temp, 'npm', ['install', ...options, join(temp, tarball)], cwd);
  return cwd;
}
