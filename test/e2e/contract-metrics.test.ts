import { stopAll } from '../support/cli';
import type { MetricPoint } from '../support/otlp-types';
import { counted, counts, exportsOf, named, sumOf, tally, type Counts } from './support/points';
import { ROWS } from './support/scripted-rows';
import { labels, runScript, type Scripted } from './support/scripted-session';

// The metrics of the scripted session: names, units, types, bounds and exact counts.

const TOOLS = ['add', 'subtract', 'multiply', 'divide'];
const ERRORS = ['missing_args', 'invalid_args', 'division_by_zero', 'limit_exceeded', 'internal'];

let session: Scripted;
let exported: MetricPoint[][];
beforeAll(async () => {
  session = await runScript(ROWS);
  exported = exportsOf(session.receiver);
}, 30_000);
afterAll(stopAll);

const last = (name: string): MetricPoint[] => session.receiver.latest(name);

/** Requests and refused lines, as they must be counted. */
const requests = ROWS.filter(({ notification }) => !notification).map((row) => {
  const [method, tool] = labels(row);
  return { method, tool, outcome: row.outcome };
});
const operations = ROWS.map((row) => {
  const [method, tool] = labels(row);
  return {
    'mcp.method.name': method,
    'gen_ai.tool.name': tool,
    'gen_ai.operation.name': method === 'tools/call' ? 'execute_tool' : undefined,
    'error.type': row.errorType,
    'rpc.response.status_code': row.code === undefined ? undefined : String(row.code),
    'network.transport': 'pipe',
    'mcp.protocol.version': row.beforeInitialize ? undefined : '2025-11-25',
  };
});
const failures = ROWS.flatMap(({ tool, label }) => (label ? [{ tool, error: label }] : []));
const calls = ROWS.flatMap(({ tool, isToolKnown }) =>
  tool && isToolKnown !== false ? [{ tool }] : [],
);
const ONE_SESSION = tally([{ 'network.transport': 'pipe', 'mcp.protocol.version': '2025-11-25' }]);

test.each<[string, Counts]>([
  ['mcp.requests.total', tally(requests)],
  ['mcp.requests.duration', tally(requests)],
  ['mcp.tools.calls', tally(calls)],
  ['mcp.tools.errors', tally(failures)],
  ['mcp.server.operation.duration', tally(operations)],
  ['mcp.server.session.duration', ONE_SESSION],
  ['mcp.client.operation.duration', {}],
])('%s counts exactly what was asked', (name, expected) => {
  expect(counted(last(name))).toEqual(expected);
});

describe('the first export', () => {
  const zeros = (sets: Record<string, string>[]) =>
    Object.fromEntries(Object.keys(tally(sets)).map((key) => [key, 0]));

  test('has each tool and each of its errors at 0', () => {
    const first = exported[0]!;
    const errors = TOOLS.flatMap((tool) => ERRORS.map((error) => ({ tool, error })));
    expect(counts(named(first, 'mcp.tools.errors'))).toEqual(zeros(errors));
    expect(counts(named(first, 'mcp.tools.calls'))).toEqual(zeros(TOOLS.map((tool) => ({ tool }))));
    expect(counts(named(first, 'mcp.sessions.active'))).toEqual({ '': 0 });
  });

  test('has at 0 what the session then counts', () => {
    const first = counts(named(exported[0]!, 'mcp.requests.total'));
    const inTheEnd = Object.keys(counted(last('mcp.requests.total')));
    // 'tools/call' without a known tool is one series, whatever was wrong.
    expect(first).toMatchObject(Object.fromEntries(inTheEnd.map((key) => [key, 0])));
  });
});

test('the session is open in between and closed in the last export', () => {
  const active = exported.map((points) => sumOf(named(points, 'mcp.sessions.active')));
  expect(active[0]).toBe(0);
  expect(active.at(-1)).toBe(0);
  expect(Math.max(...active)).toBe(1);
});

const MILLISECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500].concat([
  1000, 2500, 5000, 10_000,
]);
const CONVENTION = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];
test.each<[string, string, number[]]>([
  ['mcp.requests.duration', 'ms', MILLISECONDS],
  [
    'mcp.server.operation.duration',
    's',
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, ...CONVENTION],
  ],
  ['mcp.server.session.duration', 's', [...CONVENTION, 600, 1800, 3600, 14_400, 86_400]],
])('%s is a cumulative histogram in %s', (name, unit, bounds) => {
  const points = last(name);
  expect(points.length).toBeGreaterThan(0);
  for (const point of points) {
    expect(point).toMatchObject({ type: 'histogram', unit, temporality: 'cumulative', bounds });
    expect(point.bucketCounts).toHaveLength(bounds.length + 1);
    const inBuckets = point.bucketCounts.map(Number).reduce((a, b) => a + b, 0);
    expect(inBuckets).toBe(Number(point.count));
  }
});

test('durations are the spans’ durations', () => {
  const total = last('mcp.requests.duration').reduce((sum, point) => sum + point.sum!, 0);
  const spans = session.spans.filter((_, index) => !ROWS[index]!.notification);
  const expected = spans.reduce((sum, span) => sum + Number(span.end - span.start) / 1e6, 0);
  expect(total).toBeCloseTo(expected, 3);
  const seconds = last('mcp.server.operation.duration').reduce((sum, { sum: s }) => sum + s!, 0);
  const all = session.spans.reduce((sum, span) => sum + Number(span.end - span.start) / 1e9, 0);
  expect(seconds).toBeCloseTo(all, 6);
});

test.each([
  ['mcp.requests.total', 'sum'],
  ['mcp.tools.calls', 'sum'],
  ['mcp.tools.errors', 'sum'],
  ['mcp.sessions.active', 'gauge'],
])('%s is a %s that Prometheus takes', (name, type) => {
  const points = last(name);
  expect(points.length).toBeGreaterThan(0);
  for (const point of points) {
    expect(point.type).toBe(type);
    if (type === 'sum') expect(point).toMatchObject({ temporality: 'cumulative', monotonic: true });
  }
});

test('counters never fall, and one start time holds for all exports', () => {
  const names = [...new Set(exported.flat().map(({ name }) => name))];
  for (const name of names.filter((each) => each.startsWith('mcp.'))) {
    const starts = new Set(exported.flatMap((points) => named(points, name)).map((p) => p.start));
    expect({ name, starts: starts.size }).toEqual({ name, starts: 1 });
    if (name === 'mcp.sessions.active') continue;
    const totals = exported.map((points) => sumOf(named(points, name)));
    expect(totals).toEqual([...totals].sort((a, b) => a - b));
  }
});

test('ids of sessions, spans and requests are no labels', () => {
  const known = new Set(session.spans.flatMap((s) => [s.attributes['session.id'], s.traceId]));
  const values = exported.flat().flatMap(({ attributes }) => Object.values(attributes));
  for (const value of values) {
    expect(known.has(value)).toBe(false);
    expect(String(value)).not.toMatch(/^row-/);
  }
});

describe('otel.sdk.*', () => {
  const logsUntil = (end: bigint) => session.receiver.logs.filter(({ time }) => time <= end).length;
  test.each([
    ['span', 'otel.sdk.span.started', () => ROWS.length],
    // A busy machine takes longer than an export of metrics may here: that is told, in records too.
    // What is told of the last export itself comes after it.
    ['log', 'otel.sdk.log.created', () => logsUntil(last('otel.sdk.log.created')[0]!.time)],
  ])('%s: made = exported + dropped + waiting, in every export', (kind, created, inAll) => {
    for (const points of exported) {
      const made = sumOf(named(points, created));
      const gone = sumOf(
        named(points, `otel.sdk.processor.${kind}.processed`).filter(
          ({ attributes }) => attributes['otel.component.type'] !== 'ts-calculator_stderr',
        ),
      );
      const waiting = sumOf(named(points, `otel.sdk.processor.${kind}.queue.size`));
      expect({ made }).toEqual({ made: gone + waiting });
    }
    expect(sumOf(last(created))).toBe(inAll());
  });

  test.each([
    'otel.sdk.span.started',
    'otel.sdk.processor.span.processed',
    'otel.sdk.processor.span.queue.size',
    'otel.sdk.processor.span.queue.capacity',
    'otel.sdk.log.created',
    'otel.sdk.processor.log.processed',
    'otel.sdk.processor.log.queue.size',
    'otel.sdk.processor.log.queue.capacity',
    'otel.sdk.exporter.span.inflight',
    'otel.sdk.exporter.log.inflight',
  ])('%s is there', (name) => {
    expect(last(name).length).toBeGreaterThan(0);
  });
});
