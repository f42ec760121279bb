// Imported into the product (node --import): at each SIGUSR2 it collects its garbage, and tells on
// stderr how many bytes it still holds.
import { Session } from 'node:inspector';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  const session = new Session();
  session.connect();
  process.on('SIGUSR2', () => {
    session.post('HeapProfiler.collectGarbage', () => {
      const { heapUsed, external } = process.memoryUsage();
      process.stderr.write(`heap ${heapUsed + external}\n`);
    });
  });
}
