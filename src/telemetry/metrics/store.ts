import type { VocabularyName } from '../../config/settings';
import {
  INVALID,
  OTHER,
  TOOL_ERROR_LABELS,
  type Operation,
  type Session,
} from '../../tap/operation';
import { errorType, OUTCOMES, statusCode } from '../vocabularies/failure';
import { methodLabel, toolLabel, TOOLS_CALL } from '../vocabularies/names';
import * as instruments from './instruments';
import type { HistogramInstrument, NumberInstrument } from './instruments';
import {
  MAX_SERIES,
  newCounter,
  newHistogram,
  observe,
  SeriesTable,
  type HistogramSeries,
} from './series';
import type { HistogramPoint, Metric, MetricSnapshot, NumberPoint } from './snapshot';

export interface MetricStoreOptions {
  readonly vocabularies: readonly VocabularyName[];
  /** The known tools: their series are born at 0. */
  readonly tools: readonly string[];
  /**
   * Over HTTP: the status of each reason to refuse a request. Their series are born at 0. Absent:
   * there is no such metric.
   */
  readonly httpRefusals?: Readonly<Record<string, number>> | undefined;
  /** Milliseconds since the epoch. */
  readonly startTime: number;
  readonly now?: () => number;
}

/** The rest of the series is for what is counted indeed: an observed server may list very many tools. */
const MAX_BORN = MAX_SERIES / 2;

const histogramTable = ({ labels, boundaries }: HistogramInstrument) =>
  new SeriesTable<HistogramSeries>(labels, newHistogram(boundaries));
const counterTable = ({ labels }: NumberInstrument) => new SeriesTable(labels, newCounter);

/**
 * All counts of a process, kept beside the tap in plain arrays: exact at any load, whatever becomes
 * of the pipeline, and without any OpenTelemetry package.
 */
export class MetricStore {
  private readonly requests = histogramTable(instruments.REQUESTS_DURATION);
  private readonly toolCalls = counterTable(instruments.TOOLS_CALLS);
  private readonly toolErrors = counterTable(instruments.TOOLS_ERRORS);
  private readonly serverOperations = histogramTable(instruments.SERVER_OPERATION_DURATION);
  private readonly clientOperations = histogramTable(instruments.CLIENT_OPERATION_DURATION);
  private readonly sessions = histogramTable(instruments.SERVER_SESSION_DURATION);
  private readonly httpRefusals = counterTable(instruments.HTTP_REFUSED);
  private readonly isOverHttp: boolean;
  private activeSessions = 0;

  private readonly startTime: number;
  private readonly now: () => number;
  private readonly vocabularies: ReadonlySet<string>;
  private readonly speaksSemconv: boolean;
  private readonly speaksCalculator: boolean;

  constructor(options: MetricStoreOptions) {
    const { vocabularies, tools, httpRefusals, startTime, now = Date.now } = options;
    this.startTime = startTime;
    this.now = now;
    this.vocabularies = new Set(vocabularies);
    this.speaksSemconv = this.vocabularies.has('semconv');
    this.speaksCalculator = this.vocabularies.has('calculator');
    this.isOverHttp = httpRefusals !== undefined;
    this.bear(tools);
    for (const reason in httpRefusals) {
      this.httpRefusals.at(String(httpRefusals[reason]), reason);
    }
  }

  /** Call it once for each operation, when it has ended. */
  record(op: Operation): void {
    const tool = toolLabel(op);
    if (this.speaksSemconv) this.recordOperation(op, tool);
    if (op.direction === 'sent' || op.kind === 'notification') return;
    if (this.speaksCalculator) this.recordRequest(op, tool);
  }

  sessionOpened(): void {
    this.activeSessions++;
  }

  /** @param seconds how long the session lasted */
  sessionClosed(session: Session, seconds: number): void {
    this.activeSessions--;
    const series = this.sessions.at(session.transport, session.protocolVersion);
    observe(series, instruments.SERVER_SESSION_DURATION.boundaries, seconds);
  }

  /** A request over HTTP that no message was read of. */
  httpRefused(status: number, reason: string): void {
    this.httpRefusals.at(String(status), reason).value++;
  }

  /** A copy of all counts, so that it may be kept, compared or sent elsewhere. */
  snapshot(): MetricSnapshot {
    const requests = this.requests.all;
    const requestCounts = requests.map(({ labels, count }) => ({ labels, value: count }));
    const rows = [
      numbers(instruments.REQUESTS_TOTAL, requestCounts),
      histogram(instruments.REQUESTS_DURATION, requests),
      numbers(instruments.TOOLS_CALLS, this.toolCalls.all),
      numbers(instruments.TOOLS_ERRORS, this.toolErrors.all),
      numbers(instruments.SESSIONS_ACTIVE, [{ labels: {}, value: this.activeSessions }]),
      ...(this.isOverHttp ? [numbers(instruments.HTTP_REFUSED, this.httpRefusals.all)] : []),
      histogram(instruments.SERVER_OPERATION_DURATION, this.serverOperations.all),
      histogram(instruments.SERVER_SESSION_DURATION, this.sessions.all),
      histogram(instruments.CLIENT_OPERATION_DURATION, this.clientOperations.all),
    ];
    return {
      startTime: this.startTime,
      time: this.now(),
      metrics: rows
        .filter(({ vocabulary }) => this.vocabularies.has(vocabulary))
        .map(({ metric }) => metric),
    };
  }

  private recordRequest(op: Operation, tool: string | undefined): void {
    const series = this.requests.at(methodLabel(op), tool, op.outcome);
    observe(series, instruments.REQUESTS_DURATION.boundaries, op.duration);
    if (tool === undefined) return;
    if (tool !== OTHER) this.toolCalls.at(tool).value++;
    if (op.outcome === 'tool_error') {
      this.toolErrors.at(tool, op.toolError?.label ?? 'internal').value++;
    }
  }

  private recordOperation(op: Operation, tool: string | undefined): void {
    const received = op.direction === 'received';
    const series = (received ? this.serverOperations : this.clientOperations).at(
      methodLabel(op),
      tool,
      tool && 'execute_tool',
      errorType(op),
      statusCode(op),
      op.session.transport,
      op.session.protocolVersion,
    );
    observe(series, instruments.SERVER_OPERATION_DURATION.boundaries, op.duration / 1000);
  }

  /**
   * What a session of a second may count must be there at 0 first: Prometheus' increase() does not
   * see the first value of a series.
   */
  bear(tools: readonly string[]): void {
    for (const tool of tools) {
      if (this.requests.all.length >= MAX_BORN) break;
      this.toolCalls.at(tool);
      for (const outcome of OUTCOMES) this.requests.at(TOOLS_CALL, tool, outcome);
      for (const label of TOOL_ERROR_LABELS) this.toolErrors.at(tool, label);
    }
    for (const method of ['initialize', 'ping', 'tools/list']) {
      this.requests.at(method, undefined, 'ok');
    }
    for (const method of [INVALID, OTHER]) this.requests.at(method, undefined, 'rejected');
    this.requests.at(TOOLS_CALL, OTHER, 'rejected');
  }
}

interface Row {
  readonly vocabulary: string;
  readonly metric: Metric;
}

function numbers(instrument: NumberInstrument, points: readonly NumberPoint[]): Row {
  const { name, description, unit, type, vocabulary } = instrument;
  const copies = points.map((point) => ({ ...point }));
  return { vocabulary, metric: { name, description, unit, type, points: copies } };
}

function histogram(instrument: HistogramInstrument, points: readonly HistogramPoint[]): Row {
  const { name, description, unit, type, boundaries, vocabulary } = instrument;
  const copies = points.map((point) => ({ ...point, buckets: [...point.buckets] }));
  return { vocabulary, metric: { name, description, unit, type, boundaries, points: copies } };
}
