// Writes so many megabytes to stdout or stderr as fast as they are taken, says so on the other, and
// waits for the end of stdin.   node flood.mjs stdout|stderr <megabytes>
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import process from 'node:process';

const [, , name, megabytes] = process.argv;
const flooded = process[name];
const told = name === 'stdout' ? process.stderr : process.stdout;
const line = Buffer.from(`${'x'.repeat(1023)}\n`);
const block = Buffer.concat(Array.from({ length: 64 }, () => line));

process.stdin.resume();
for (let i = 0; i < Number(megabytes) * 16; i++) {
  if (!flooded.write(block)) await once(flooded, 'drain');
}
told.write('all written\n');
