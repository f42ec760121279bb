import protobuf from 'protobufjs';
import definitions from './proto/otlp.json';
import type { Signal } from './otlp-types';

/** What protobufjs makes of a message: fields by their names in the definitions, int64 as BigInt. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Message = Record<string, any>;

const root = protobuf.Root.fromJSON(definitions as protobuf.INamespace);
const SERVICES: Record<Signal, { service: string; rejected: string }> = {
  traces: { service: 'collector.trace.v1.ExportTraceService', rejected: 'rejected_spans' },
  metrics: {
    service: 'collector.metrics.v1.ExportMetricsService',
    rejected: 'rejected_data_points',
  },
  logs: { service: 'collector.logs.v1.ExportLogsService', rejected: 'rejected_log_records' },
};
const typeOf = (signal: Signal, half: 'Request' | 'Response'): protobuf.Type =>
  root.lookupType(`opentelemetry.proto.${SERVICES[signal].service}${half}`);

/** Decodes an export request. Throws on bytes that are none. */
export function decodeRequest(signal: Signal, bytes: Uint8Array): Message {
  const type = typeOf(signal, 'Request');
  return type.toObject(type.decode(bytes), { longs: BigInt, enums: Number, arrays: true });
}

/** Encodes the answer to an export: a full success, or a partial one where `partial` is given. */
export function encodeResponse(
  signal: Signal,
  partial?: { rejected: number; message: string },
): Buffer {
  const type = typeOf(signal, 'Response');
  const body = partial && {
    partial_success: {
      [SERVICES[signal].rejected]: partial.rejected,
      error_message: partial.message,
    },
  };
  return Buffer.from(type.encode(type.fromObject(body ?? {})).finish());
}
