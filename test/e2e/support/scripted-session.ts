import type { Cli, RpcMessage } from '../../support/cli';
import type { LogRecord, Span } from '../../support/otlp-types';
import {
  CLIENT,
  expectedSpan,
  ofConnection,
  ofOperation,
  toolsIn,
  type ToolFacts,
} from './expected-span';
import { run, type Run, type RunOptions } from './run';
import type { Row } from './scripted-rows';
import { logLines, requestLines, type LogLine } from './stderr-lines';

/** What the client saw of the rows. */
export interface Played {
  rows: Row[];
  /** One for each row, in their order. */
  answers: (RpcMessage | undefined)[];
  tools: Map<string, ToolFacts>;
}

export interface Scripted extends Run, Played {
  spans: Span[];
  logs: LogRecord[];
  lines: LogLine[];
  sessionId: string;
}

const DEBUG = ['--log-level', 'debug'];

/** The rows one after the other, each answered before the next. */
export async function play(cli: Cli, rows: Row[]): Promise<Played> {
  const played: Played = { rows, answers: [], tools: new Map() };
  for (const [index, row] of rows.entries()) {
    const answer = await row.act(cli, idOf(index));
    played.answers.push(isAnswer(answer) ? answer : undefined);
    if (row.method === 'tools/list') played.tools = toolsIn(answer as RpcMessage);
  }
  return played;
}

/** The rows against a receiver of their own; everything that it got sorted by time. */
export async function runScript(rows: Row[], options: RunOptions = {}): Promise<Scripted> {
  let played: Played;
  const args = [...DEBUG, ...(options.args ?? [])];
  const env = { OTEL_METRIC_EXPORT_INTERVAL: '50', ...options.env };
  const finished = await run({ ...options, args, env }, async (cli, receiver) => {
    played = await play(cli, rows);
    // An export while the session is open.
    await receiver.waitFor(() => receiver.latest('mcp.sessions.active')[0]?.value === 1);
  });
  const { receiver, cli } = finished;
  const spans = [...receiver.spans].sort((a, b) => Number(a.start - b.start));
  return {
    ...{ ...finished, ...played!, spans },
    logs: aboutRequests(receiver.logs),
    lines: requestLines(logLines(cli.stderr)),
    sessionId: String(spans[0]?.attributes['session.id']),
  };
}

export const idOf = (index: number): string => `row-${index}`;

const isAnswer = (value: unknown): value is RpcMessage =>
  typeof value === 'object' && value !== null && 'jsonrpc' in value;

/** In the order of time, without the product's own words. */
const aboutRequests = (logs: LogRecord[]): LogRecord[] =>
  logs.filter(({ body }) => / ms$/.test(String(body))).sort((a, b) => Number(a.time - b.time));

/** The span that a row asks for. */
export function spanOf(session: Played & { sessionId: string }, index: number) {
  const { rows, answers, tools, sessionId } = session;
  const row = rows[index]!;
  const answer = answers[index];
  const attributes = ofOperation({
    ...row,
    id: row.hasId === false ? undefined : idOf(index),
    facts: row.tool === undefined ? undefined : tools.get(row.tool),
    output:
      answer?.result && row.tool && (answer.result.structuredContent ?? answer.result.content),
  });
  const connection = {
    sessionId,
    ...(!row.beforeInitialize && { protocol: '2025-11-25', client: CLIENT }),
  };
  const message = row.label === undefined ? undefined : answer!.result.content[0].text;
  return expectedSpan(
    row.span,
    { ...attributes, ...ofConnection(connection) },
    message === undefined ? undefined : { message, exception: row.label },
  );
}

/** `tools/call divide tool_error division_by_zero`: a row's line, as far as it is not a duration. */
export function messageOf(row: Row): string {
  const { outcome, label, code } = row;
  return [...labels(row), outcome, label ?? code].filter((word) => word !== undefined).join(' ');
}

export function levelOf({ outcome, notification }: Row): string {
  if (outcome === 'error') return 'ERROR';
  if (outcome === 'tool_error') return 'WARN';
  return notification ? 'DEBUG' : 'INFO';
}

/** Method and tool as labels: few values, whatever is sent. */
export function labels(row: Row): [method: string, tool?: string] {
  if (row.method !== 'tools/call') return [row.span];
  return ['tools/call', row.isToolKnown === false ? '_OTHER' : row.tool!];
}
