import { keyOf, type Counts } from '../../e2e/support/points';
import type { Attributes, MetricPoint, Span } from '../../support/otlp-types';
import type { Sample } from './k6';
import type { PrometheusSample } from '../../support/prometheus';

// What happened in a run, as each of those who count has it: how many requests with which labels, how
// many notifications of which method, how many calls of which known tool, how many sessions.

type Labels = Record<string, string>;
interface Point {
  labels: Labels;
  value: number;
}
interface Books {
  requests: Point[];
  notifications: Point[];
  calls: Point[];
  sessions: Point[];
}

/** The books in one, by kind and labels, what was not counted left out. */
function account(books: Books): Counts {
  const counts: Counts = {};
  for (const [kind, points] of Object.entries(books) as [string, Point[]][]) {
    for (const { labels, value } of points.filter((point) => point.value > 0)) {
      const key = `${kind} ${keyOf(labels)}`.trim();
      counts[key] = (counts[key] ?? 0) + value;
    }
  }
  return counts;
}

/** Tools that the server knows; any other is `_OTHER` in its metrics. */
const TOOLS = ['add', 'subtract', 'multiply', 'divide'];
const known = (tool: string): string => (TOOLS.includes(tool) ? tool : '_OTHER');
const isCall = ({ labels }: Point): boolean => TOOLS.includes(labels['tool']!);
const only = (labels: Labels, ...names: string[]): Labels =>
  Object.fromEntries(names.filter((name) => name in labels).map((name) => [name, labels[name]!]));

/** What k6 counted in the scripts' own metrics. */
export function accountOfK6(samples: Sample[]): Counts {
  const of = (name: string, ...labels: string[]): Point[] =>
    samples
      .filter(({ metric }) => metric === name)
      .map(({ tags, value }) => ({ labels: only(tags, ...labels), value }));
  const requests = of('client_requests', 'method', 'outcome', 'tool').map(({ labels, value }) => ({
    labels: labels['tool'] ? { ...labels, tool: known(labels['tool']) } : labels,
    value,
  }));
  return account({
    requests,
    notifications: of('client_notifications', 'method'),
    calls: callsIn(requests),
    sessions: of('client_sessions'),
  });
}

/** What the spans tell, an outcome being what a reader of the span takes it for. */
export function accountOfSpans(spans: Span[]): Counts {
  const points = spans.map((span) => {
    const method = String(span.attributes['mcp.method']);
    const tool = span.attributes['mcp.tool.name'];
    const ofTool: Labels = tool === undefined ? {} : { tool: known(String(tool)) };
    return { labels: { method, outcome: outcomeOf(span), ...ofTool }, value: 1 };
  });
  const requests = points.filter((point) => !isNotification(point));
  const sessions = new Set(spans.map(({ attributes }) => attributes['mcp.session_id']));
  return account({
    requests,
    notifications: points
      .filter(isNotification)
      .map(({ labels, value }) => ({ labels: only(labels, 'method'), value })),
    calls: callsIn(requests),
    sessions: [{ labels: {}, value: sessions.size }],
  });
}

const callsIn = (requests: Point[]): Point[] =>
  requests.filter(isCall).map(({ labels, value }) => ({ labels: only(labels, 'tool'), value }));

const isNotification = ({ labels }: Point): boolean =>
  labels['method']!.startsWith('notifications/');

function outcomeOf({ attributes, status }: Span): string {
  if (attributes['mcp.tool.error']) return 'tool_error';
  if (attributes['rpc.response.status_code'] === undefined) return 'ok';
  return status.code === 'ERROR' ? 'error' : 'rejected';
}

/** What a receiver was sent of our metrics. */
export function accountOfMetrics(latest: (name: string) => MetricPoint[]): Counts {
  return accountOf((name) =>
    latest(name).map(({ attributes, value, count }) => ({
      labels: inPrometheus(attributes),
      value: Number(value ?? count),
    })),
  );
}

const inPrometheus = (attributes: Attributes): Labels =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name.replaceAll('.', '_'), String(value)]),
  );

/** Names as the contract has them for Prometheus; of a histogram, what it counted. */
const IN_PROMETHEUS: Readonly<Record<string, string>> = {
  'mcp.requests.total': 'mcp_requests_total',
  'mcp.server.operation.duration': 'mcp_server_operation_duration_seconds_count',
  'mcp.tools.calls': 'mcp_tools_calls_total',
  'mcp.server.session.duration': 'mcp_server_session_duration_seconds_count',
};

/** What `/metrics` says. */
export function accountOfPrometheus(samples: PrometheusSample[]): Counts {
  return accountOf((metric) =>
    samples
      .filter(({ name }) => name === IN_PROMETHEUS[metric])
      .map(({ labels: { service_name: _, ...labels }, value }) => ({ labels, value })),
  );
}

function accountOf(points: (metric: string) => Point[]): Counts {
  const operations = points('mcp.server.operation.duration').map(({ labels, value }) => ({
    labels: { method: labels['mcp_method_name']! },
    value,
  }));
  return account({
    requests: points('mcp.requests.total'),
    notifications: operations.filter(isNotification),
    calls: points('mcp.tools.calls'),
    sessions: points('mcp.server.session.duration').map(({ value }) => ({ labels: {}, value })),
  });
}
