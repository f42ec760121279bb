import { createLoad } from './load';

// What the worker thread runs (src/telemetry/worker-pipeline.ts).
createLoad(__dirname)('./worker.cjs');
