// Sessions with the built product on another Node: node .ci/smoke.mjs MAJOR
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import console from 'node:console';
import { readdirSync, statSync } from 'node:fs';
import process from 'node:process';
import { nodeOf } from '../test/support/install/node.mjs';
import { converse } from './converse.mjs';

const [major] = process.argv.slice(2);
const node = nodeOf(major);
const tell = (expression) => execFileSync(node, ['-p', expression], { encoding: 'utf8' }).trim();
const version = tell('process.version');
assert.match(version, new RegExp(`^v${major}\\.`));
await converse(node, ['bin/ts-calculator.js']);

// The code cache that the first sessions leave is taken by the next: refused, it would be made anew.
const v8 = tell('process.versions.v8');
const caches = () =>
  readdirSync('dist')
    .filter((name) => name.includes(`.${v8}-`) && name.endsWith('.cache'))
    .map((name) => `${name} ${statSync(`dist/${name}`).mtimeMs}`);
execFileSync(node, ['build/first-session.mjs'], { stdio: 'inherit' });
const left = caches();
assert(left.length > 0, 'no code cache');
execFileSync(node, ['build/first-session.mjs'], { stdio: 'inherit' });
assert.deepEqual(caches(), left, 'the code cache was refused');
console.log(`ok on Node ${version}`);
