import { parentPort, workerData } from 'node:worker_threads';
import { createLines } from './lines';
import type { MetricSnapshot } from './metrics/snapshot';
import { createOtlpPipeline } from './otlp-pipeline';
import type { PipelineHost, PipelineInit } from './pipeline';
import { Turns } from './turns';
import type { FromWorker, ToWorker } from './worker-messages';

// The pipeline's home: a thread of its own, so that no export ever delays an answer.

const port = parentPort!;
const send = (message: FromWorker) => port.postMessage(message);
const pulls: ((snapshot: MetricSnapshot) => void)[] = [];

const init = workerData as PipelineInit;
const host: PipelineHost = {
  pull: () => {
    send({ type: 'pull' });
    return new Promise((resolve) => pulls.push(resolve));
  },
  settled: (settlement) => send({ type: 'settled', settlement }),
  found: (signal) => send({ type: 'found', signal }),
  writeStderr: (text, lines) => send({ type: 'stderr', text, lines }),
};
const pipeline = createOtlpPipeline(init, host, createLines(init.settings, host.writeStderr));

const turns = new Turns();

// What was sent meanwhile waits in the port until someone listens.
port.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'batch':
      turns.add(() => pipeline.accept(message.batch));
      break;
    case 'tools':
      // The calls that were made before come before.
      turns.add(() => pipeline.learnTools(message.tools));
      break;
    case 'snapshot':
      pulls.shift()?.(message.snapshot);
      break;
    case 'shutdown':
      turns.add(() => void pipeline.shutdown().finally(() => send({ type: 'done' })));
  }
});
