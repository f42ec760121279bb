import type { LogLevel } from '../config/settings';

/** One log line, wherever it goes: to stderr and over OTLP. Plain, cloneable data. */
export interface LogEntry {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly level: LogLevel;
  readonly logger: string;
  readonly message: string;
  /** Absent where there is no (sampled) span. */
  readonly traceId?: string;
  readonly spanId?: string;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}
