// Packs the package and uses it as a stranger would: npx in an empty folder, with no network.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import console from 'node:console';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { converse } from './converse.mjs';

const MAX_BYTES = 1_000_000;
const UNWANTED = /\.map$|\.ts$(?<!\.d\.ts)|(^|\/)(src|tests?|node_modules)\/|\.test\.|metafile/;
const NEEDED = [
  'LICENSE',
  'README.md',
  'THIRD-PARTY-LICENSES',
  'bin/ts-calculator.js',
  'dist/cli.js',
];

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const temp = mkdtempSync(join(tmpdir(), 'ts-calculator-pack-'));
try {
  const empty = join(temp, 'empty');
  mkdirSync(empty);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', empty], { stdio: 'inherit' });
  const tarball = `${name}-${version}.tgz`;

  const { size } = statSync(join(empty, tarball));
  assert(size <= MAX_BYTES, `${tarball} has ${size} bytes, over ${MAX_BYTES}`);
  const files = execFileSync('tar', ['-tzf', join(empty, tarball)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((file) => file.replace(/^package\//, ''));
  assert.deepEqual(
    files.filter((file) => UNWANTED.test(file)),
    [],
    'files that do not belong in it',
  );
  assert.deepEqual(
    NEEDED.filter((file) => !files.includes(file)),
    [],
    'files missing from it',
  );

  const cache = join(temp, 'cache');
  const env = { npm_config_cache: cache, npm_config_offline: 'true' };
  await converse('npx', ['-y', `./${tarball}`], { cwd: empty, env });

  const [install] = readdirSync(join(cache, '_npx'));
  const tree = readdirSync(join(cache, '_npx', install, 'node_modules'));
  assert.deepEqual(
    tree.filter((entry) => !entry.startsWith('.')),
    [name],
    'the installed tree',
  );
  console.log(`ok: ${tarball}, ${size} bytes, ${files.length} files, one package installed`);
} finally {
  rmSync(temp, { recursive: true });
}
