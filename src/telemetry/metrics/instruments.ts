import type { VocabularyName } from '../../config/settings';

/** A metric as the contract has it: a row of docs/telemetry.md. */
export type Instrument = NumberInstrument | HistogramInstrument;

interface InstrumentHead {
  readonly name: string;
  /** UCUM. */
  readonly unit: string;
  readonly description: string;
  readonly labels: readonly string[];
  /** `always`: emitted whatever is chosen. */
  readonly vocabulary: VocabularyName | 'always';
}

export interface NumberInstrument extends InstrumentHead {
  readonly type: 'counter' | 'updown' | 'gauge';
}

export interface HistogramInstrument extends InstrumentHead {
  readonly type: 'histogram';
  /** Upper bounds, each inclusive. */
  readonly boundaries: readonly number[];
}

const MILLISECONDS = [
  0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000,
];
/** The convention's, which begin at 10 ms: too coarse for tools that take microseconds. */
const CONVENTION_SECONDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];
const OPERATION_SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, ...CONVENTION_SECONDS];
const SESSION_SECONDS = [...CONVENTION_SECONDS, 600, 1800, 3600, 14_400, 86_400];

const OPERATION_LABELS = [
  'mcp.method.name',
  'gen_ai.tool.name',
  'gen_ai.operation.name',
  'error.type',
  'rpc.response.status_code',
  'network.transport',
  'mcp.protocol.version',
];

const counter = (
  name: string,
  unit: string,
  description: string,
  labels: readonly string[],
): NumberInstrument => ({
  name,
  type: 'counter',
  unit,
  description,
  labels,
  vocabulary: 'calculator',
});

const operationDuration = (name: string, description: string): HistogramInstrument => ({
  name,
  type: 'histogram',
  unit: 's',
  description,
  labels: OPERATION_LABELS,
  boundaries: OPERATION_SECONDS,
  vocabulary: 'semconv',
});

/** The labels of one record serve both, in this order. */
const REQUEST_LABELS = ['method', 'tool', 'outcome'];

export const REQUESTS_TOTAL = counter(
  'mcp.requests.total',
  '{request}',
  'Requests received and lines refused, by how they ended',
  REQUEST_LABELS,
);
export const REQUESTS_DURATION: HistogramInstrument = {
  name: 'mcp.requests.duration',
  type: 'histogram',
  unit: 'ms',
  description: 'Time from a request to its answer',
  labels: REQUEST_LABELS,
  boundaries: MILLISECONDS,
  vocabulary: 'calculator',
};
export const TOOLS_CALLS = counter(
  'mcp.tools.calls',
  '{call}',
  'Calls of each tool, however they ended',
  ['tool'],
);
export const TOOLS_ERRORS = counter(
  'mcp.tools.errors',
  '{error}',
  'Calls that a tool answered with isError, by which error it was',
  ['tool', 'error'],
);
export const SESSIONS_ACTIVE: NumberInstrument = {
  name: 'mcp.sessions.active',
  type: 'gauge',
  unit: '{session}',
  description: 'Sessions that are open now',
  labels: [],
  vocabulary: 'calculator',
};
/** Over HTTP alone. */
export const HTTP_REFUSED = counter(
  'mcp.http.refused',
  '{request}',
  'Over HTTP: requests refused before a message was read of them, by status and reason',
  ['http.response.status_code', 'error.type'],
);
export const SERVER_OPERATION_DURATION = operationDuration(
  'mcp.server.operation.duration',
  'Duration of a request or notification as seen by its receiver',
);
export const SERVER_SESSION_DURATION: HistogramInstrument = {
  name: 'mcp.server.session.duration',
  type: 'histogram',
  unit: 's',
  description: 'Duration of a session as seen by the server',
  labels: ['network.transport', 'mcp.protocol.version'],
  boundaries: SESSION_SECONDS,
  vocabulary: 'semconv',
};
export const CLIENT_OPERATION_DURATION = operationDuration(
  'mcp.client.operation.duration',
  'Duration of a request or notification as seen by its sender: what an observed server asks',
);

/** In the order of the contract. */
export const INSTRUMENTS: readonly Instrument[] = [
  REQUESTS_TOTAL,
  REQUESTS_DURATION,
  TOOLS_CALLS,
  TOOLS_ERRORS,
  SESSIONS_ACTIVE,
  HTTP_REFUSED,
  SERVER_OPERATION_DURATION,
  SERVER_SESSION_DURATION,
  CLIENT_OPERATION_DURATION,
];
