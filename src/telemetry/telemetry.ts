import { randomUUID } from 'node:crypto';
import type { LogLevel, Settings } from '../config/settings';
import type { Operation, Session } from '../tap/operation';
import { countOf, Ledger } from './ledger';
import { isExported, isSilent, LinePipeline } from './line-pipeline';
import { createFormat, isWanted, type LogEntry } from './log-entry';
import type { MetricSnapshot } from './metrics/snapshot';
import { MetricStore } from './metrics/store';
import { OperationColumns } from './operation-columns';
import { countsOf, Want, type Batch, type Pipeline, type PipelineInit } from './pipeline';
import { requestLogLevel } from './request-log';
import type { Stderr } from './stderr';
import type { DescribedTool } from './vocabularies/writer';
import { WorkerPipeline, type WorkerHost } from './worker-pipeline';

export interface TelemetryOptions {
  readonly settings: Settings;
  readonly tools: Readonly<Record<string, DescribedTool>>;
  /** The newest MCP revision spoken. */
  readonly protocolVersion: string;
  readonly packageVersion: string;
  readonly command: string | undefined;
  readonly stderr: Stderr;
  /** The ids of the current span, for log lines. */
  readonly currentIds?: () => { traceId: string; spanId: string } | undefined;
  /** Where the pipeline lives; default: a worker thread, where anything is exported. */
  readonly startPipeline?: (init: PipelineInit, host: WorkerHost) => Pipeline;
}

/** A record is handed over after so long, or as soon as there are so many. */
const HAND_OVER_MILLIS = 20;
const HAND_OVER_COUNT = 512;
/** While there is much to do, no more often than this: each time it keeps a request waiting. */
const HAND_OVER_PAUSE_MILLIS = 100;
/** Without a request the pipeline starts after this: a server that nobody asks is to be seen too. */
const START_DELAY_MILLIS = 250;

/**
 * The request path's side of telemetry: counts what ends, hands the records on, and knows at the end
 * what became of each. Everything dear happens behind the pipeline.
 */
export class Telemetry {
  private readonly ledger: Ledger;
  private readonly store: MetricStore;
  private readonly start: () => Pipeline;
  private started: Pipeline | undefined;
  private readonly wants: Readonly<Record<'span' | 'logRecord' | 'metrics', boolean>>;
  /** What has not been handed over yet. */
  private unsent = new Unsent();
  private timer: NodeJS.Timeout | undefined;
  private handedOverAt = -Infinity;
  private lastSnapshot: MetricSnapshot;
  private isOver = false;

  constructor(private readonly options: TelemetryOptions) {
    const { settings, tools, protocolVersion, packageVersion, command } = options;
    this.wants = {
      span: isExported(settings, 'traces'),
      logRecord: isExported(settings, 'logs'),
      metrics: isExported(settings, 'metrics'),
    };
    this.ledger = new Ledger({
      spans: settings.spanBatch.maxQueueSize,
      logs: settings.logBatch.maxQueueSize,
    });
    this.store = new MetricStore({
      vocabularies: settings.vocabularies,
      tools: Object.keys(tools),
      startTime: Date.now(),
    });
    this.lastSnapshot = this.snapshot();
    const init: PipelineInit = {
      settings,
      tools,
      protocolVersion,
      packageVersion,
      command,
      instanceId: randomUUID(),
      baseline: this.lastSnapshot,
      exportBaseline: true,
    };
    const start = options.startPipeline ?? startPipeline;
    this.start = () => start(init, this.host(init));
    setTimeout(() => this.pipeline, START_DELAY_MILLIS).unref();
  }

  /** Started when there is something to hand over, so that it does not vie with the first answer. */
  private get pipeline(): Pipeline {
    return (this.started ??= this.start());
  }

  /** The tap's `onEnd`. */
  readonly record = (operation: Operation): void => {
    if (this.wants.metrics) this.store.record(operation);
    let wants = 0;
    if (this.isWanted(requestLogLevel(operation))) {
      wants |= Want.line;
      if (this.wants.logRecord && this.ledger.admit('logs')) wants |= Want.logRecord;
    }
    if (this.wants.span && operation.sampled && this.ledger.admit('spans')) wants |= Want.span;
    if (wants === 0) return;
    this.unsent.operations.push(operation);
    this.unsent.wants.push(wants);
    this.handOverSoon();
  };

  /** A line of the program's own, in the current span's trace. */
  log(level: LogLevel, message: string): void {
    if (!this.isWanted(level)) return;
    const entry = this.entry(level, message);
    if (this.isOver) {
      this.writeLine(entry);
      return;
    }
    // Lines are to keep their order, and a batch's entries come before its operations.
    if (this.unsent.operations.length > 0) this.handOver();
    this.enter(entry, Want.line);
  }

  sessionOpened(): void {
    this.store.sessionOpened();
  }

  /** @param seconds how long it lasted */
  sessionClosed(session: Session, seconds: number): void {
    this.store.sessionClosed(session, seconds);
  }

  stderrDropped(lines: number): void {
    this.ledger.stderrDropped(lines);
  }

  /**
   * Sends all that is left, for at most so long; what could not be sent is counted and told in one
   * line. Never rejects.
   */
  async shutdown(millis: number): Promise<void> {
    this.handOver();
    let timer: NodeJS.Timeout;
    const deadline = new Promise<void>((resolve) => (timer = setTimeout(resolve, millis)));
    await Promise.race([this.pipeline.shutdown(), deadline]).finally(() => clearTimeout(timer));
    this.isOver = true;
    this.ledger.abandon('timeout');
    const summary = this.ledger.summary();
    if (summary !== undefined) this.log('warn', `telemetry: ${summary}`);
  }

  private host(init: PipelineInit): WorkerHost {
    return {
      pull: async () => (this.lastSnapshot = this.snapshot()),
      settled: (settlement) => this.ledger.settle(settlement),
      writeStderr: (text, lines) => this.options.stderr.write(text, lines),
      lost: ({ spans, logs, lines }) => {
        this.ledger.settle({ signal: 'spans', count: spans, fate: 'crashed' });
        this.ledger.settle({ signal: 'logs', count: logs, fate: 'crashed' });
        this.ledger.stderrDropped(lines);
      },
      crashed: (error, isRestarted) => this.crashed(error, isRestarted),
      initAfterCrash: () => ({ ...init, baseline: this.lastSnapshot, exportBaseline: false }),
    };
  }

  private crashed(error: Error, isRestarted: boolean): void {
    const { spans, logs } = this.ledger.abandon('crashed', countsOf(this.unsent));
    const lost = `${countOf('spans', spans)} and ${countOf('logs', logs)} lost`;
    const next = isRestarted ? '; it is started again' : '';
    const message = `telemetry: the worker crashed (${error.message}): ${lost}${next}`;
    const entry = this.entry('error', message);
    // Written here: it may take a while until there is a worker again.
    this.writeLine(entry);
    if (isRestarted) this.enter(entry, 0);
  }

  private entry(level: LogLevel, message: string): LogEntry {
    const { settings, currentIds } = this.options;
    const logger = settings.serviceName;
    return { time: Date.now(), level, logger, message, ...currentIds?.() };
  }

  private enter(entry: LogEntry, want: number): void {
    const admitted = this.wants.logRecord && this.ledger.admit('logs');
    this.unsent.entries.push(entry);
    this.unsent.entryWants.push(want | (admitted ? Want.logRecord : 0));
    this.handOverSoon();
  }

  private snapshot(): MetricSnapshot {
    const snapshot = this.store.snapshot();
    return { ...snapshot, metrics: [...snapshot.metrics, ...this.ledger.metrics()] };
  }

  private isWanted(level: LogLevel): boolean {
    return isWanted(level, this.options.settings.logLevel);
  }

  private handOverSoon(): void {
    if (this.unsent.length >= HAND_OVER_COUNT) this.handOver();
    else this.timer ??= setTimeout(() => this.handOver(), this.handOverDelay);
  }

  private get handOverDelay(): number {
    const pause = this.handedOverAt + HAND_OVER_PAUSE_MILLIS - performance.now();
    return Math.max(HAND_OVER_MILLIS, pause);
  }

  private handOver(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.handedOverAt = performance.now();
    const { unsent } = this;
    if (unsent.length === 0) return;
    this.unsent = new Unsent();
    this.pipeline.accept(unsent.batch);
  }

  private writeLine(entry: LogEntry): void {
    const format = createFormat(this.options.settings.logFormat);
    this.options.stderr.write(`${format(entry)}\n`);
  }
}

function startPipeline(init: PipelineInit, host: WorkerHost): Pipeline {
  const { settings } = init;
  return isSilent(settings) ? new LinePipeline(settings, host) : new WorkerPipeline(init, host);
}

/** A batch that is being gathered. */
class Unsent {
  readonly operations = new OperationColumns();
  readonly wants: number[] = [];
  readonly entries: LogEntry[] = [];
  readonly entryWants: number[] = [];

  get length(): number {
    return this.wants.length + this.entryWants.length;
  }

  get batch(): Batch {
    const { operations, wants, entries, entryWants } = this;
    return { operations: operations.columns, wants, entries, entryWants };
  }
}
