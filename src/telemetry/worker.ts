import { parentPort, workerData } from 'node:worker_threads';
import { loadPipeline } from './load-pipeline';
import type { MetricSnapshot } from './metrics/snapshot';
import type { PipelineInit } from './pipeline';
import type { FromWorker, ToWorker } from './worker-messages';

// The pipeline's home: a thread of its own, so that no export ever delays an answer.

const port = parentPort!;
const send = (message: FromWorker) => port.postMessage(message);
const pulls: ((snapshot: MetricSnapshot) => void)[] = [];

void loadPipeline(workerData as PipelineInit, {
  pull: () => {
    send({ type: 'pull' });
    return new Promise((resolve) => pulls.push(resolve));
  },
  settled: (settlement) => send({ type: 'settled', settlement }),
  writeStderr: (text, lines) => send({ type: 'stderr', text, lines }),
}).then((pipeline) => {
  // What was sent meanwhile waits in the port until someone listens.
  port.on('message', (message: ToWorker) => {
    switch (message.type) {
      case 'batch':
        pipeline.accept(message.batch);
        break;
      case 'snapshot':
        pulls.shift()?.(message.snapshot);
        break;
      case 'shutdown':
        void pipeline.shutdown().finally(() => send({ type: 'done' }));
    }
  });
});
