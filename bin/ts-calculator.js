#!/usr/bin/env node
// In old syntax: a Node that is too old must still be able to read this far.
var major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error('ts-calculator needs Node.js 20 or newer; this is ' + process.versions.node + '.');
  process.exit(1);
}
import('../dist/cli.js');
