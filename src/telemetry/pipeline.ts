import type { Settings, SignalName } from '../config/settings';
import type { LogEntry } from './log-entry';
import type { MetricSnapshot } from './metrics/snapshot';
import type { Columns } from './operation-columns';
import type { ToolDescriptions } from './vocabularies/tool-catalogue';

/**
 * The seam between the request path and all that makes and sends telemetry. What crosses it is plain
 * data, so the other side may be a worker thread (the product) or this one (tests).
 */
export interface Pipeline {
  accept(batch: Batch): void;
  /** Tools are known that were not, or of which something else was known. */
  learnTools(tools: ToolDescriptions): void;
  /** Exports all that waits, and the last metrics. Resolves when done; never rejects. */
  shutdown(): Promise<void>;
  /** Ends whatever it is still doing. */
  terminate?(): Promise<void>;
}

/** What the pipeline asks of the side that counts. */
export interface PipelineHost {
  /** All metrics as of now. */
  pull(): Promise<MetricSnapshot>;
  /** Records have left the pipeline, one way or the other, or metrics have. */
  settled(settlement: Settlement): void;
  /** Something listens where a signal goes. Told again and again. */
  found(signal: SignalName): void;
  /** Whole lines for stderr. */
  writeStderr(text: string, lines: number): void;
}

/** The records that are counted one by one. (Metrics are cumulative: a lost export loses nothing.) */
export const RECORD_SIGNALS = ['spans', 'logs'] as const;
export type RecordSignal = (typeof RECORD_SIGNALS)[number];
export const SIGNAL_OF: Readonly<Record<RecordSignal, SignalName>> = {
  spans: 'traces',
  logs: 'logs',
};

export type Settlement = RecordsSettled | MetricsExported;

interface MetricsExported {
  readonly signal: 'metrics';
  readonly fate: 'exported';
}

interface RecordsSettled {
  readonly signal: RecordSignal;
  readonly count: number;
  /** Made by the pipeline itself (a notice of its own), exported, or dropped for a reason. */
  readonly fate: 'made' | 'exported' | DropReason;
}

/** Why records were dropped; `error.type` of the `otel.sdk.*` metrics. */
export type DropReason =
  'queue_full' | 'timeout' | 'unreachable' | 'no_receiver' | 'refused' | 'resting' | 'crashed';

/** What is to be made of an operation: the counting side has admitted each to its queue. */
export const Want = { span: 1, logRecord: 2, line: 4 } as const;

export interface Batch {
  readonly operations: Columns;
  /** One for each operation: a sum of `Want`. */
  readonly wants: readonly number[];
  readonly entries: readonly LogEntry[];
  readonly entryWants: readonly number[];
}

/** How many of a batch's records are counted one by one, and how many lines it is to make. */
export function countsOf({ wants, entryWants }: Pick<Batch, 'wants' | 'entryWants'>) {
  const counts = { spans: 0, logs: 0, lines: 0 };
  for (const want of [...wants, ...entryWants]) {
    if (want & Want.span) counts.spans++;
    if (want & Want.logRecord) counts.logs++;
    if (want & Want.line) counts.lines++;
  }
  return counts;
}

/** Everything a pipeline is made from; cloneable. */
export interface PipelineInit {
  readonly settings: Settings;
  /** A UUID, one per process. */
  readonly instanceId: string;
  readonly packageVersion: string;
  /** The script that was started; a worker thread cannot tell. */
  readonly command: string | undefined;
  /** The newest MCP revision spoken, where that is known. */
  readonly protocolVersion: string | undefined;
  readonly tools: ToolDescriptions;
  /** The metrics as they were at the start, or as they were last handed over before a crash. */
  readonly baseline: MetricSnapshot;
  /** Whether the baseline is to be exported first: at the start, with its zeros, but not after a crash. */
  readonly exportBaseline: boolean;
}
