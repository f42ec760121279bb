// Writes random bytes and reads what it gets, both at once; tells the hashes of both on stderr.
//   run-ts.mjs both-ways.ts BYTES
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { randomChunks } from './random-chunks';

async function run(): Promise<void> {
  const got = createHash('sha256');
  process.stdin.on('data', (chunk) => got.update(chunk));
  const ended = once(process.stdin, 'end');

  const sent = createHash('sha256');
  for (const chunk of randomChunks(Number(process.argv[3]))) {
    sent.update(chunk);
    if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
  }
  process.stderr.write('all written\n');
  await ended;
  process.stderr.write(`${JSON.stringify({ got: got.digest('hex'), sent: sent.digest('hex') })}\n`);
}
void run();
