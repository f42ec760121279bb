// A session with the built product on another Node: node .ci/smoke.mjs MAJOR NODE_BINARY
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import console from 'node:console';
import process from 'node:process';
import { converse } from './converse.mjs';

const [major, node] = process.argv.slice(2);
const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
assert.match(version, new RegExp(`^v${major}\\.`));
await converse(node, ['bin/ts-calculator.js']);
console.log(`ok on Node ${version}`);
