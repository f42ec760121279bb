import { randomUUID } from 'node:crypto';
import type { LogLevel, Settings } from '../config/settings';
import { isSameTool, type ToolFacts } from '../tap/known-tools';
import type { Operation, Session } from '../tap/operation';
import { countOf, Ledger } from './ledger';
import { isAsked, isExported } from './is-exported';
import { createFormat, isWanted, type LogEntry } from './log-entry';
import { zeroed, type MetricSnapshot } from './metrics/snapshot';
import { MetricStore } from './metrics/store';
import { Outbox } from './outbox';
import { Want, type Pipeline, type PipelineInit } from './pipeline';
import { prometheusResource, prometheusText } from './prometheus';
import { requestLogLevel } from './request-log';
import { startPipeline } from './start-pipeline';
import { telemetryState, type TelemetryState } from './state';
import type { TelemetryOptions } from './telemetry-options';
import type { ToolDescriptions } from './vocabularies/tool-catalogue';
import type { WorkerHost } from './worker-pipeline';

/** Without a request the pipeline starts after this: a server that nobody asks is to be seen too. */
const START_DELAY_MILLIS = 250;

/**
 * The request path's side of telemetry: counts what ends, hands the records on, and knows at the end
 * what became of each. Everything dear happens behind the pipeline.
 */
export class Telemetry {
  private readonly ledger: Ledger;
  private readonly store: MetricStore;
  private readonly instanceId = randomUUID();
  private settings: Settings;
  private protocolVersion: string | undefined;
  private readonly tools: Map<string, ToolFacts>;
  private isIdentified: boolean;
  private started: Pipeline | undefined;
  private readonly wants: Readonly<Record<'span' | 'logRecord' | 'counts', boolean>>;
  private readonly outbox: Outbox;
  private lastSnapshot: MetricSnapshot;
  private isOver = false;

  constructor(private readonly options: TelemetryOptions) {
    const { settings, tools } = options;
    this.settings = settings;
    this.protocolVersion = options.protocolVersion;
    this.tools = new Map(tools);
    this.isIdentified = !options.isUnidentified;
    this.outbox = new Outbox(
      (batch) => this.pipeline.accept(batch),
      options.isUnidentified ? () => this.identify(this.settings, undefined) : undefined,
    );
    this.wants = {
      span: isExported(settings, 'traces'),
      logRecord: isExported(settings, 'logs'),
      counts: isExported(settings, 'metrics') || options.httpRefusals !== undefined,
    };
    this.ledger = new Ledger({
      spans: settings.spanBatch.maxQueueSize,
      logs: settings.logBatch.maxQueueSize,
    });
    this.store = new MetricStore({
      vocabularies: settings.vocabularies,
      tools: [...tools.keys()],
      httpRefusals: options.httpRefusals,
      startTime: Date.now(),
    });
    this.lastSnapshot = this.snapshot();
    if (this.isIdentified) this.startSoon();
  }

  /** Says whose telemetry it is, where that was not known. What has waited for it goes on. */
  identify(settings: Settings, protocolVersion: string | undefined): void {
    if (this.isIdentified) return;
    this.isIdentified = true;
    this.settings = settings;
    this.protocolVersion = protocolVersion;
    this.startSoon();
    this.outbox.release(settings.serviceName);
  }

  /** An observed server has listed tools. */
  learnTools(tools: ToolDescriptions): void {
    const news = new Map(
      [...tools].filter(([name, facts]) => !isSameTool(facts, this.tools.get(name))),
    );
    if (news.size === 0) return;
    for (const [name, facts] of news) this.tools.set(name, facts);
    this.store.bear([...news.keys()]);
    // The calls that were made before come before.
    this.outbox.handOver();
    this.started?.learnTools(news);
  }

  private startSoon(): void {
    setTimeout(() => this.pipeline, START_DELAY_MILLIS).unref();
  }

  /** Started when there is something to hand over, so that it does not vie with the first answer. */
  private get pipeline(): Pipeline {
    return (this.started ??= this.start());
  }

  private start(): Pipeline {
    // Series that have come while it was waited for were 0 at the start as well.
    if (this.options.isUnidentified) this.lastSnapshot = zeroed(this.snapshot());
    const init = this.init(true);
    return (this.options.startPipeline ?? startPipeline)(init, this.host());
  }

  private init(exportBaseline: boolean): PipelineInit {
    const { settings, tools, protocolVersion, instanceId, lastSnapshot } = this;
    const { packageVersion, command } = this.options;
    return {
      settings,
      tools,
      protocolVersion,
      packageVersion,
      command,
      instanceId,
      baseline: lastSnapshot,
      exportBaseline,
    };
  }

  /** The tap's `onEnd`. */
  readonly record = (operation: Operation): void => {
    if (this.wants.counts) this.store.record(operation);
    let wants = 0;
    if (this.isWanted(requestLogLevel(operation))) {
      wants |= Want.line;
      if (this.wants.logRecord && this.ledger.admit('logs')) wants |= Want.logRecord;
    }
    if (this.wants.span && operation.sampled && this.ledger.admit('spans')) wants |= Want.span;
    if (wants === 0) return;
    this.outbox.addOperation(operation, wants);
  };

  /** A line of the program's own, in the current span's trace. */
  log(level: LogLevel, message: string): void {
    if (!this.isWanted(level)) return;
    const entry = this.entry(level, message);
    // While it is not known whose it is, as at the end, a line is written here: someone may read it.
    const isWritten = this.isOver || !this.isIdentified;
    if (isWritten) this.writeLine(entry);
    if (this.isOver) return;
    this.outbox.addEntryInOrder(entry, (isWritten ? 0 : Want.line) | this.admitted());
  }

  /** A line that an observed server has written on stderr, where it stands already. */
  serverLine(line: Omit<LogEntry, 'logger'>): void {
    if (!this.isWanted(line.level) || !this.admitted()) return;
    this.outbox.addEntry({ ...line, logger: this.settings.serviceName }, Want.logRecord);
  }

  sessionOpened(): void {
    this.store.sessionOpened();
  }

  /** @param seconds how long it lasted */
  sessionClosed(session: Session, seconds: number): void {
    this.store.sessionClosed(session, seconds);
  }

  /** A request over HTTP was refused before a message was read of it. */
  httpRefused(status: number, reason: string): void {
    this.store.httpRefused(status, reason);
  }

  stderrDropped(lines: number): void {
    this.ledger.stderrDropped(lines);
  }

  /** All counts of now in Prometheus' text format; OpenTelemetry's exporters keep theirs to themselves. */
  prometheus(): string {
    return prometheusText(this.snapshot(), prometheusResource(this.settings, this.instanceId));
  }

  /** How the exports do, signal by signal. */
  state(): TelemetryState {
    return telemetryState(this.settings, this.ledger);
  }

  /**
   * Sends all that is left, for at most so long; what could not be sent is counted and told in one
   * line. Never rejects.
   */
  async shutdown(millis: number): Promise<void> {
    this.identify(this.settings, this.protocolVersion);
    this.outbox.handOver();
    let timer: NodeJS.Timeout;
    const deadline = new Promise<void>((resolve) => (timer = setTimeout(resolve, millis)));
    await Promise.race([this.pipeline.shutdown(), deadline]).finally(() => clearTimeout(timer));
    this.isOver = true;
    this.ledger.end((signal) => isAsked(this.settings, signal));
    const summary = this.ledger.summary();
    if (summary !== undefined) this.log('warn', `telemetry: ${summary}`);
  }

  /** Ends the pipeline's thread after `shutdown`, for a process that goes on. */
  async terminate(): Promise<void> {
    await this.started?.terminate?.();
  }

  private host(): WorkerHost {
    return {
      pull: async () => (this.lastSnapshot = this.snapshot()),
      settled: (settlement) => this.ledger.settle(settlement),
      found: (signal) => this.ledger.find(signal),
      writeStderr: (text, lines) => this.options.stderr.write(text, lines),
      lost: (counts) => this.ledger.lose(counts),
      crashed: (error, isRestarted) => this.crashed(error, isRestarted),
      initAfterCrash: () => this.init(false),
    };
  }

  private crashed(error: Error, isRestarted: boolean): void {
    const { spans, logs } = this.ledger.crash(this.outbox.counts);
    const lost = `${countOf('spans', spans)} and ${countOf('logs', logs)} lost`;
    const next = isRestarted ? '; it is started again' : '';
    const message = `telemetry: the worker crashed (${error.message}): ${lost}${next}`;
    const entry = this.entry('error', message);
    // Written here: it may take a while until there is a worker again.
    this.writeLine(entry);
    if (isRestarted) this.outbox.addEntry(entry, this.admitted());
  }

  private entry(level: LogLevel, message: string): LogEntry {
    const logger = this.settings.serviceName;
    return { time: Date.now(), level, logger, message, ...this.options.currentIds?.() };
  }

  /** What else an entry is wanted for, beside its line. */
  private admitted(): number {
    return this.wants.logRecord && this.ledger.admit('logs') ? Want.logRecord : 0;
  }

  private snapshot(): MetricSnapshot {
    const snapshot = this.store.snapshot();
    return { ...snapshot, metrics: [...snapshot.metrics, ...this.ledger.sdkMetrics()] };
  }

  private isWanted(level: LogLevel): boolean {
    return isWanted(level, this.settings.logLevel);
  }

  private writeLine(entry: LogEntry): void {
    const format = createFormat(this.settings.logFormat);
    this.options.stderr.write(`${format(entry)}\n`);
  }
}
