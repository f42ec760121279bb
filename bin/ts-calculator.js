#!/usr/bin/env node
// In old syntax: a Node that is too old must still be able to read this far.
// CommonJS (package.json beside this): Node starts it 3 ms sooner than a module.
var major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error('ts-calculator needs Node.js 20 or newer; this is ' + process.versions.node + '.');
  process.exit(1);
}
require('../dist/start.cjs');
