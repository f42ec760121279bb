// Writes megabytes as fast as they are taken, says so on the other stream, waits for stdin's end.
//   run-ts.mjs flood.ts stdout|stderr MEGABYTES
import { once } from 'node:events';

async function run(flooded: NodeJS.WriteStream, told: NodeJS.WriteStream, megabytes: number) {
  const block = Buffer.from(`${'x'.repeat(1_023)}\n`.repeat(64));
  process.stdin.resume();
  for (let i = 0; i < megabytes * 16; i++) {
    if (!flooded.write(block)) await once(flooded, 'drain');
  }
  told.write('all written\n');
}

const { stdout, stderr, argv } = process;
const [flooded, told] = argv[3] === 'stdout' ? [stdout, stderr] : [stderr, stdout];
void run(flooded, told, Number(argv[4]));
