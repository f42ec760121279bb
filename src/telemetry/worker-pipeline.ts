import { Worker } from 'node:worker_threads';
import type { Batch, Pipeline, PipelineHost, PipelineInit } from './pipeline';
import type { FromWorker, ToWorker } from './worker-messages';

export interface WorkerHost extends PipelineHost {
  /** The worker is gone, and with it all that it held. */
  crashed(error: Error): void;
  /** What the next worker starts from: its counts go on where the last export was. */
  initAfterCrash(): PipelineInit;
}

/** A worker that lived for less than this is not started again at once. */
const SHORT_LIFE_MILLIS = 5_000;
const MAX_RESTART_DELAY_MILLIS = 30_000;
/** Most of what a batch makes dies young; a small nursery keeps the worker's share of memory low. */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 8 };

/** The pipeline in a worker thread, which is started again when it crashes. */
export class WorkerPipeline implements Pipeline {
  private worker: Worker | undefined;
  private startedAt = 0;
  private failures = 0;
  private onDone: (() => void) | undefined;
  private isOver = false;

  constructor(
    init: PipelineInit,
    private readonly host: WorkerHost,
    private readonly url: URL = new URL('./worker.js', import.meta.url),
  ) {
    this.start(init);
  }

  accept(batch: Batch): void {
    this.send({ type: 'batch', batch });
  }

  shutdown(): Promise<void> {
    this.isOver = true;
    return new Promise((resolve) => {
      this.onDone = resolve;
      if (this.worker) this.send({ type: 'shutdown' });
      else resolve();
    });
  }

  /** Ends the thread, whatever it is doing. */
  async terminate(): Promise<void> {
    this.isOver = true;
    await this.worker?.terminate();
  }

  private start(init: PipelineInit): void {
    this.startedAt = performance.now();
    const worker = new Worker(this.url, {
      workerData: init,
      // The settings have all that is to be known: no library is to read the environment for itself.
      env: {},
      stdout: true,
      stderr: true,
      resourceLimits: RESOURCE_LIMITS,
    });
    this.worker = worker;
    worker.on('message', (message: FromWorker) => this.receive(message));
    let failure: Error | undefined;
    worker.on('error', (error) => (failure = error));
    worker.on('exit', (code) => this.exited(failure ?? new Error(`it ended with code ${code}`)));
    // Whatever a library prints belongs on stderr: stdout is the protocol's.
    for (const stream of [worker.stdout, worker.stderr]) {
      stream.on('data', (chunk: Buffer) => this.host.writeStderr(chunk.toString(), 1));
    }
  }

  private receive(message: FromWorker): void {
    switch (message.type) {
      case 'pull':
        void this.host.pull().then((snapshot) => this.send({ type: 'snapshot', snapshot }));
        break;
      case 'settled':
        this.host.settled(message.settlement);
        break;
      case 'stderr':
        this.host.writeStderr(message.text, message.lines);
        break;
      case 'done':
        this.onDone?.();
    }
  }

  private exited(error: Error): void {
    this.worker = undefined;
    this.onDone?.();
    if (this.isOver) return;
    this.host.crashed(error);
    const lived = performance.now() - this.startedAt;
    this.failures = lived < SHORT_LIFE_MILLIS ? this.failures + 1 : 0;
    const delay =
      this.failures === 0 ? 0 : Math.min(1000 * 2 ** this.failures, MAX_RESTART_DELAY_MILLIS);
    setTimeout(() => {
      if (!this.isOver) this.start(this.host.initAfterCrash());
    }, delay).unref();
  }

  private send(message: ToWorker): void {
    this.worker?.postMessage(message);
  }
}
