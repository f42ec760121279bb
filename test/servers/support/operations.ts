import type { RpcMessage } from '../../support/json-rpc';
import type { Attributes, MetricPoint, Span } from '../../support/otlp-types';

/**
 * What became of a request or notification, as the tables of test/servers/sessions have it: the span's
 * name, `!` and its error.type, `#` and its rpc.response.status_code, `<` and the name of the span that
 * it is a child of. `tools/call echo !tool_error`, `_OTHER #-32601`, `roots/list < tools/call roots`
 */
export type Row = string;

const row = (name: string, attributes: Attributes): Row => {
  const { 'error.type': type, 'rpc.response.status_code': code } = attributes;
  return [name, type && `!${type}`, code && `#${code}`].filter(Boolean).join(' ');
};

/** The spans of one kind in the order of their start. */
export const ofKind = (spans: Span[], kind: Span['kind']): Span[] =>
  spans.filter((span) => span.kind === kind).sort((a, b) => (a.start < b.start ? -1 : 1));

/** The rows of all spans of one kind. */
export function rowsOf(spans: Span[], kind: Span['kind']): Row[] {
  const names = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  return ofKind(spans, kind).map(({ name, attributes, parentSpanId }) => {
    const parent = parentSpanId && ` < ${names.get(parentSpanId) ?? 'unknown'}`;
    return row(name, attributes) + parent;
  });
}

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

/** How often each row is there; a metric knows no parents. */
export function tallyRows(rows: Row[]): Record<Row, number> {
  const counts: Record<Row, number> = {};
  for (const each of rows) {
    const [counted] = each.split(' < ') as [Row];
    counts[counted] = (counts[counted] ?? 0) + 1;
  }
  return counts;
}

/** Whether the server is at fault: a call that was taken back is not its failure. */
export const isFailure = (each: Row): boolean => / !(?!cancelled)/.test(each);
