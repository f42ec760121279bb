// Writes random bytes in chunks of random size and reads what it gets, both at once; tells of both
// on stderr when stdin has ended and all is written.
//   node both-ways.mjs <bytes> [lines]     with `lines`, the bytes are mostly lines of text
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import process from 'node:process';
import { randomStream } from './random-stream.mjs';

const got = createHash('sha256');
process.stdin.on('data', (chunk) => got.update(chunk));
const ended = once(process.stdin, 'end');

const sent = createHash('sha256');
for (const chunk of randomStream(Number(process.argv[2]))) {
  sent.update(chunk);
  if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
}
await ended;
process.stderr.write(`${JSON.stringify({ got: got.digest('hex'), sent: sent.digest('hex') })}\n`);
