import type { Settings, SignalName } from '../config/settings';
import { isExported } from './is-exported';
import type { Ledger } from './ledger';
import type { DropReason, RecordSignal } from './pipeline';

/** How one signal's exports do: plain data, as `GET /health` answers it. */
export interface SignalState {
  /** Empty: it goes nowhere. */
  readonly exporters: readonly ('otlp' | 'console')[];
  /** ISO 8601; null: nothing was exported yet. */
  readonly last_export: string | null;
  /** Spans or log records; of metrics, exports of all of them. */
  readonly exported: number;
}

export interface RecordState extends SignalState {
  /** How many, by why. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** Not exported yet. */
  readonly waiting: number;
}

export interface TelemetryState {
  readonly traces: RecordState;
  readonly metrics: SignalState;
  readonly logs: RecordState;
}

export function telemetryState(settings: Settings, ledger: Ledger): TelemetryState {
  const stateOf = (signal: SignalName, exported: number, lastExport: number | undefined) => ({
    exporters: isExported(settings, signal) ? settings.signals[signal].exporters : [],
    last_export: lastExport === undefined ? null : new Date(lastExport).toISOString(),
    exported,
  });
  const recordState = (signal: SignalName, records: RecordSignal): RecordState => {
    const { exported, lastExport, dropped, waiting } = ledger.accounts[records];
    return {
      ...stateOf(signal, exported, lastExport),
      dropped: Object.fromEntries(dropped),
      waiting,
    };
  };
  const { exports, lastExport } = ledger.metrics;
  return {
    traces: recordState('traces', 'spans'),
    metrics: stateOf('metrics', exports, lastExport),
    logs: recordState('logs', 'logs'),
  };
}
