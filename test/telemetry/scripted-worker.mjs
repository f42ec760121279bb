// A worker for the tests of WorkerPipeline: what it is to do stands in the log entries of a batch.
import console from 'node:console';
import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';

const send = (message) => parentPort.postMessage(message);
if (workerData.settings === 'crash at the start') throw new Error('no start');

const deeds = {
  crash: () => {
    throw new Error('on demand');
  },
  exit: () => process.exit(7),
  spin: () => {
    for (;;);
  },
  pull: () => send({ type: 'pull' }),
  find: () => send({ type: 'found', signal: 'traces' }),
  print: () => console.log('printed'),
  settle: () =>
    send({ type: 'settled', settlement: { signal: 'spans', count: 1, fate: 'exported' } }),
};

parentPort.on('message', (message) => {
  if (message.type === 'shutdown') send({ type: 'done' });
  if (message.type === 'snapshot') {
    send({ type: 'stderr', text: `snapshot ${message.snapshot}`, lines: 1 });
  }
  if (message.type !== 'batch') return;
  for (const { message: deed } of message.batch.entries) {
    send({ type: 'stderr', text: `${workerData.settings}: ${deed}`, lines: 1 });
    deeds[deed]?.();
  }
});
