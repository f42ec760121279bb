import type { RpcMessage } from '../../support/json-rpc';
import type { Attributes, MetricPoint, Span } from '../../support/otlp-types';

/**
 * What became of a request or notification, as the tables of test/servers/sessions have it: the span's
 * name, `!` and its error.type, `#` and its rpc.response.status_code.
 * `tools/call echo !tool_error`, `_OTHER #-32601`
 */
export type Row = string;

const row = (name: string, attributes: Attributes): Row => {
  const { 'error.type': type, 'rpc.response.status_code': code } = attributes;
  return [name, type && `!${type}`, code && `#${code}`].filter(Boolean).join(' ');
};

export const rowOf = (span: Span): Row => row(span.name, span.attributes);

/** The spans of one kind in the order of their start. */
export const ofKind = (spans: Span[], kind: Span['kind']): Span[] =>
  spans.filter((span) => span.kind === kind).sort((a, b) => (a.start < b.start ? -1 : 1));

/** What a message says of itself, and its span repeats. */
export const messageFacts = ({ method, id, params }: RpcMessage) => ({
  'mcp.method.name': method,
  'jsonrpc.request.id': id === undefined ? undefined : String(id),
  'gen_ai.tool.name': method === 'tools/call' ? params!['name'] : undefined,
});

/** The same of a span. */
export const spanFacts = ({ attributes }: Span) => ({
  'mcp.method.name': attributes['mcp.method.name'],
  'jsonrpc.request.id': attributes['jsonrpc.request.id'],
  'gen_ai.tool.name': attributes['gen_ai.tool.name'],
});

/** How often a metric counted each row; a tool or method that is not known has no name there. */
export function countedRows(points: MetricPoint[]): Record<Row, number> {
  const counts: Record<Row, number> = {};
  for (const { attributes, count } of points) {
    const { 'mcp.method.name': method, 'gen_ai.tool.name': tool } = attributes;
    const name = tool === undefined || tool === '_OTHER' ? String(method) : `${method} ${tool}`;
    const counted = row(name, attributes);
    counts[counted] = (counts[counted] ?? 0) + Number(count);
  }
  return counts;
}

export function tallyRows(rows: Row[]): Record<Row, number> {
  const counts: Record<Row, number> = {};
  for (const each of rows) counts[each] = (counts[each] ?? 0) + 1;
  return counts;
}
