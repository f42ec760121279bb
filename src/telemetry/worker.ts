import { parentPort, workerData } from 'node:worker_threads';
import { createLines } from './lines';
import type { MetricSnapshot } from './metrics/snapshot';
import { createOtlpPipeline } from './otlp-pipeline';
import type { Batch, PipelineHost, PipelineInit } from './pipeline';
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
  writeStderr: (text, lines) => send({ type: 'stderr', text, lines }),
};
const pipeline = createOtlpPipeline(init, host, createLines(init.settings, host.writeStderr));

/** One batch a turn: between two of them exports go on, or all would be encoded before one is sent. */
const inbox: Batch[] = [];
let isEnding = false;

function next(): void {
  const batch = inbox.shift();
  if (batch) pipeline.accept(batch);
  if (inbox.length > 0) setImmediate(next);
  else if (isEnding) void pipeline.shutdown().finally(() => send({ type: 'done' }));
}

// What was sent meanwhile waits in the port until someone listens.
port.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'batch':
      if (inbox.push(message.batch) === 1) setImmediate(next);
      break;
    case 'tools':
      pipeline.learnTools(message.tools);
      break;
    case 'snapshot':
      pulls.shift()?.(message.snapshot);
      break;
    case 'shutdown':
      isEnding = true;
      if (inbox.length === 0) next();
  }
});
