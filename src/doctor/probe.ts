import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import type { Settings } from '../config/settings';
import { createIdGenerator } from '../tap/ids';
import type { Operation } from '../tap/operation';
import { Stderr } from '../telemetry/stderr';
import { Telemetry } from '../telemetry/telemetry';
import { VERSION } from '../version';

export interface Probe {
  readonly traceId: string;
  readonly spanId: string;
  /** Why the span was not taken, in the words that stderr has for it. */
  readonly complaint?: string;
}

/** Sends the span of one `ping`, by the same way as every span. Takes at most so long; never rejects. */
export async function sendProbe(
  settings: Settings,
  protocolVersion: string,
  millis: number,
): Promise<Probe> {
  const lines: string[] = [];
  const stderr = new Writable({
    write(text, _encoding, done) {
      lines.push(...String(text).trim().split('\n'));
      done();
    },
  });
  const { traces, metrics, logs } = settings.signals;
  const telemetry = new Telemetry({
    settings: {
      ...settings,
      logLevel: 'warn',
      logFormat: 'json',
      diagLevel: 'none',
      signals: {
        traces: { ...traces, exporters: ['otlp'] },
        metrics: { ...metrics, exporters: [] },
        logs: { ...logs, exporters: [] },
      },
    },
    tools: new Map(),
    protocolVersion,
    packageVersion: VERSION,
    command: process.argv[1],
    stderr: new Stderr(stderr),
  });
  const ids = createIdGenerator();
  const operation = ping(ids.traceId(), ids.spanId(), protocolVersion);
  telemetry.record(operation);
  await telemetry.shutdown(millis);
  const { traceId, spanId } = operation;
  // The first says why; what follows counts what was lost.
  const [first] = lines;
  return { traceId, spanId, ...(first !== undefined && { complaint: messageOf(first) }) };
}

const messageOf = (line: string): string => (JSON.parse(line) as { message: string }).message;

const ping = (traceId: string, spanId: string, protocolVersion: string): Operation => ({
  kind: 'request',
  direction: 'received',
  method: 'ping',
  methodKnown: true,
  requestId: 'doctor',
  toolKnown: false,
  traceId,
  spanId,
  sampled: true,
  startTime: Date.now(),
  duration: 0,
  session: {
    id: randomUUID(),
    transport: 'pipe',
    protocolVersion,
    clientName: 'ts-calculator doctor',
    clientVersion: VERSION,
  },
  outcome: 'ok',
});
