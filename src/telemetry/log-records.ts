import { TraceFlags } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { AttributeLimits, LogLevel } from '../config/settings';
import { limitAttributes } from './attributes';
import { LEVEL_WORDS, type LogEntry } from './log-entry';
import { toHrTime } from './time';

export interface LogRecordFactoryOptions {
  readonly resource: Resource;
  /** One object for all records: exporters group by its identity. */
  readonly scope: InstrumentationScope;
  readonly limits: AttributeLimits;
}

/** The level as OTLP's `severity_number`. */
export const SEVERITY_NUMBERS: Readonly<Record<LogLevel, SeverityNumber>> = {
  error: SeverityNumber.ERROR,
  warn: SeverityNumber.WARN,
  info: SeverityNumber.INFO,
  debug: SeverityNumber.DEBUG,
};

/** Makes log records of entries, as the objects that exporters take. */
export function createLogRecordFactory({
  resource,
  scope,
  limits,
}: LogRecordFactoryOptions): (entry: LogEntry) => ReadableLogRecord {
  return (entry) => {
    const time = toHrTime(entry.time);
    const { attributes, dropped } = limitAttributes({ ...entry.attributes }, limits);
    return {
      hrTime: time,
      hrTimeObserved: time,
      severityNumber: SEVERITY_NUMBERS[entry.level],
      severityText: LEVEL_WORDS[entry.level],
      body: entry.message,
      ...(entry.traceId !== undefined && entry.spanId !== undefined
        ? {
            spanContext: {
              traceId: entry.traceId,
              spanId: entry.spanId,
              traceFlags: TraceFlags.SAMPLED,
            },
          }
        : {}),
      attributes,
      droppedAttributesCount: dropped,
      resource,
      instrumentationScope: scope,
    };
  };
}
