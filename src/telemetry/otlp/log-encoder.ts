import { TraceFlags } from '@opentelemetry/api';
import type { AttributeLimits } from '../../config/settings';
import { limitAttributes } from '../attributes';
import { LEVEL_WORDS, type LogEntry } from '../log-entry';
import { SEVERITY_NUMBERS } from '../log-records';
import { toHrTime } from '../time';
import type { OtlpWriter } from './otlp-writer';

// The fields of opentelemetry/proto/logs/v1/logs.proto.
/** ScopeLogs.log_records */
const LOG_RECORD = (2 << 3) | 2;
const TIME = (1 << 3) | 1;
const SEVERITY_NUMBER = (2 << 3) | 0;
const SEVERITY_TEXT = (3 << 3) | 2;
const BODY = (5 << 3) | 2;
const ATTRIBUTE = (6 << 3) | 2;
const DROPPED_ATTRIBUTES = (7 << 3) | 0;
const FLAGS = (8 << 3) | 5;
const TRACE_ID = (9 << 3) | 2;
const SPAN_ID = (10 << 3) | 2;
const OBSERVED_TIME = (11 << 3) | 1;
/** AnyValue.string_value */
const STRING = (1 << 3) | 2;

/**
 * Writes log records as OTLP has them: byte for byte what OpenTelemetry's serializer makes of the
 * objects of log-records.ts.
 */
export function createLogEncoder(
  limits: AttributeLimits,
): (writer: OtlpWriter, entry: LogEntry) => void {
  return (writer, entry) => {
    const { traceId, spanId } = entry;
    const time = toHrTime(entry.time);
    const { attributes, dropped } = limitAttributes(entry.attributes ?? {}, limits);
    const record = writer.begin(LOG_RECORD);
    writer.time(TIME, time);
    writer.uint(SEVERITY_NUMBER, SEVERITY_NUMBERS[entry.level]);
    writer.string(SEVERITY_TEXT, LEVEL_WORDS[entry.level]);
    const body = writer.begin(BODY, 1);
    writer.string(STRING, entry.message);
    writer.end(body, 1);
    writer.attributes(ATTRIBUTE, attributes);
    writer.uint(DROPPED_ATTRIBUTES, dropped);
    if (traceId !== undefined && spanId !== undefined) {
      writer.fixed32(FLAGS, TraceFlags.SAMPLED);
      writer.id(TRACE_ID, traceId);
      writer.id(SPAN_ID, spanId);
    }
    writer.time(OBSERVED_TIME, time);
    writer.end(record);
  };
}
