import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  countsOf,
  type Batch,
  type Pipeline,
  type PipelineHost,
  type PipelineInit,
} from './pipeline';
import type { ToolDescriptions } from './vocabularies/tool-catalogue';
import type { FromWorker, ToWorker } from './worker-messages';

export interface WorkerHost extends PipelineHost {
  /** The worker is gone, and with it all that it held. */
  crashed(error: Error, isRestarted: boolean): void;
  /** These could not be kept until there is a worker again. */
  lost(counts: ReturnType<typeof countsOf>): void;
  /** What the next worker starts from: its counts go on where the last export was. */
  initAfterCrash(): PipelineInit;
}

export interface WorkerOptions {
  /** What the thread runs. */
  readonly file?: string | URL;
  /** The process is not ours: it does not live on for the thread, and its flags are not for it. */
  readonly isGuest?: boolean;
}

/** A worker that lived for less than this is not started again at once. */
const SHORT_LIFE_MILLIS = 5_000;
const MAX_RESTART_DELAY_MILLIS = 30_000;
/** Batches kept while there is no worker: some seconds' at an ordinary pace. */
const MOST_HELD = 256;
/** Most of what a batch makes dies young; a small nursery keeps the worker's share of memory low. */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 8 };

/** The pipeline in a worker thread, which is started again when it crashes. */
export class WorkerPipeline implements Pipeline {
  private worker: Worker | undefined;
  private held: Batch[] = [];
  private restart: NodeJS.Timeout | undefined;
  private startedAt = 0;
  private failures = 0;
  private onDone: (() => void) | undefined;
  private isOver = false;
  /** What the worker held has left it, or nobody waits for it any more. */
  private isDone = false;

  constructor(
    init: PipelineInit,
    private readonly host: WorkerHost,
    private readonly options: WorkerOptions = {},
  ) {
    this.start(init);
  }

  accept(batch: Batch): void {
    if (this.worker) {
      this.send({ type: 'batch', batch });
      return;
    }
    this.held.push(batch);
    if (this.held.length > MOST_HELD) this.host.lost(countsOf(this.held.shift()!));
  }

  /** A worker that is to come hears of them in its `PipelineInit`. */
  learnTools(tools: ToolDescriptions): void {
    this.send({ type: 'tools', tools });
  }

  /** After a crash a new worker is started for what is left. */
  shutdown(): Promise<void> {
    this.isOver = true;
    clearTimeout(this.restart);
    return new Promise((resolve) => {
      this.onDone = resolve;
      if (!this.worker) this.start(this.host.initAfterCrash());
      this.send({ type: 'shutdown' });
    });
  }

  /** Ends the thread, whatever it is doing. */
  async terminate(): Promise<void> {
    this.isOver = true;
    this.isDone = true;
    clearTimeout(this.restart);
    await this.worker?.terminate();
  }

  private start(init: PipelineInit): void {
    this.startedAt = performance.now();
    const { file = join(__dirname, 'thread.cjs'), isGuest = false } = this.options;
    const worker = new Worker(file, {
      workerData: init,
      // The settings have all that is to be known: no library is to read the environment for itself.
      env: {},
      ...(isGuest && { execArgv: [] }),
      // Streams that are asked for are waited for, even by a process that does not wait for the thread.
      stdout: !isGuest,
      stderr: !isGuest,
      resourceLimits: RESOURCE_LIMITS,
    });
    this.worker = worker;
    worker.on('message', (message: FromWorker) => this.receive(message));
    let failure: Error | undefined;
    worker.on('error', (error) => (failure = error));
    worker.on('exit', (code) => this.exited(failure ?? new Error(`it ended with code ${code}`)));
    // Whatever a library prints belongs on stderr: stdout is the protocol's.
    for (const stream of [worker.stdout, worker.stderr]) {
      stream
        .unpipe()
        .on('data', (chunk: Buffer) => this.host.writeStderr(chunk.toString(), 1))
        .resume();
    }
    if (isGuest) worker.unref();
    for (const batch of this.held) this.send({ type: 'batch', batch });
    this.held = [];
  }

  private receive(message: FromWorker): void {
    switch (message.type) {
      case 'pull':
        void this.host.pull().then((snapshot) => this.send({ type: 'snapshot', snapshot }));
        break;
      case 'settled':
        this.host.settled(message.settlement);
        break;
      case 'found':
        this.host.found(message.signal);
        break;
      case 'stderr':
        this.host.writeStderr(message.text, message.lines);
        break;
      case 'done':
        this.isDone = true;
        this.onDone?.();
    }
  }

  private exited(error: Error): void {
    this.worker = undefined;
    if (!this.isDone) this.host.crashed(error, !this.isOver);
    this.onDone?.();
    if (this.isOver) return;
    const lived = performance.now() - this.startedAt;
    this.failures = lived < SHORT_LIFE_MILLIS ? this.failures + 1 : 0;
    const delay =
      this.failures === 0 ? 0 : Math.min(1000 * 2 ** this.failures, MAX_RESTART_DELAY_MILLIS);
    this.restart = setTimeout(() => this.start(this.host.initAfterCrash()), delay).unref();
  }

  private send(message: ToWorker): void {
    this.worker?.postMessage(message);
  }
}
