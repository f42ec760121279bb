import { VOCABULARIES, type VocabularyName } from '../../../src/config/settings';
import { TOOL_ERROR_LABELS, type Operation } from '../../../src/tap/operation';
import { INSTRUMENTS } from '../../../src/telemetry/metrics/instruments';
import type { HistogramMetric, Metric } from '../../../src/telemetry/metrics/snapshot';
import { MetricStore } from '../../../src/telemetry/metrics/store';
import { operation, SESSION, SORTS } from '../operations';

const TOOLS = ['add', 'divide'];
const store = (
  vocabularies: readonly VocabularyName[] = VOCABULARIES,
  httpRefusals?: Record<string, number>,
) =>
  new MetricStore({ vocabularies, tools: TOOLS, httpRefusals, startTime: 1000, now: () => 2000 });
const metric = (from: MetricStore, name: string): Metric =>
  from.snapshot().metrics.find((one) => one.name === name)!;

/** The points that are not 0, as `label,label=value`. */
function counts(from: MetricStore, name: string): string[] {
  return metric(from, name)
    .points.map((point) => [point.labels, 'value' in point ? point.value : point.count] as const)
    .filter(([, value]) => value !== 0)
    .map(([labels, value]) => `${Object.values(labels).join(',')}=${value}`);
}

type Sort = keyof typeof SORTS;

describe('what an operation counts as', () => {
  test.each<[Sort, string | undefined, string, string | undefined, string | undefined]>([
    // mcp.requests.*; mcp.server.operation.duration; mcp.tools.calls; mcp.tools.errors
    ['call', 'tools/call,add,ok', 'tools/call,add,execute_tool', 'add', undefined],
    [
      'toolError',
      'tools/call,divide,tool_error',
      'tools/call,divide,execute_tool,tool_error',
      'divide',
      'divide,division_by_zero',
    ],
    [
      'unknownTool',
      'tools/call,_OTHER,rejected',
      'tools/call,_OTHER,execute_tool,-32602',
      undefined,
      undefined,
    ],
    [
      'cancelled',
      'tools/call,add,cancelled',
      'tools/call,add,execute_tool,cancelled',
      'add',
      undefined,
    ],
    ['cutOff', 'tools/call,add,error', 'tools/call,add,execute_tool,_OTHER', 'add', undefined],
    [
      'internal',
      'tools/call,add,error',
      'tools/call,add,execute_tool,-32603,-32603',
      'add',
      undefined,
    ],
    ['list', 'tools/list,ok', 'tools/list', undefined, undefined],
    ['notification', undefined, 'notifications/initialized', undefined, undefined],
    ['unknownMethod', '_OTHER,rejected', '_OTHER,-32601', undefined, undefined],
    ['unparsable', 'invalid,rejected', 'invalid,-32700', undefined, undefined],
  ])('%s', (sort, request, server, call, error) => {
    const one = store();
    one.record(SORTS[sort]);
    const expected = (labels: string | undefined) => (labels === undefined ? [] : [`${labels}=1`]);
    expect(counts(one, 'mcp.requests.total')).toEqual(expected(request));
    expect(counts(one, 'mcp.requests.duration')).toEqual(expected(request));
    expect(counts(one, 'mcp.server.operation.duration')).toEqual([`${server},pipe,2025-11-25=1`]);
    expect(counts(one, 'mcp.client.operation.duration')).toEqual([]);
    expect(counts(one, 'mcp.tools.calls')).toEqual(expected(call));
    expect(counts(one, 'mcp.tools.errors')).toEqual(expected(error));
  });

  test.each<[Sort, string]>([
    ['sent', 'roots/list'],
    ['sentRefused', 'sampling/createMessage,-32602,-32602'],
  ])('%s: the client histogram alone', (sort, client) => {
    const one = store();
    one.record(SORTS[sort]);
    expect(counts(one, 'mcp.client.operation.duration')).toEqual([`${client},pipe,2025-11-25=1`]);
    expect(counts(one, 'mcp.server.operation.duration')).toEqual([]);
    expect(counts(one, 'mcp.requests.total')).toEqual([]);
  });

  test('every label has its name', () => {
    const one = store();
    one.record(SORTS.internal);
    expect(metric(one, 'mcp.server.operation.duration').points[0]!.labels).toEqual({
      'mcp.method.name': 'tools/call',
      'gen_ai.tool.name': 'add',
      'gen_ai.operation.name': 'execute_tool',
      'error.type': '-32603',
      'rpc.response.status_code': '-32603',
      'network.transport': 'pipe',
      'mcp.protocol.version': '2025-11-25',
    });
  });
});

describe('born at 0', () => {
  const labelsOf = (name: string) =>
    metric(store(), name).points.map(({ labels }) => Object.values(labels).join(','));

  test('tool errors: each tool and label', () => {
    const all = TOOLS.flatMap((tool) => TOOL_ERROR_LABELS.map((label) => `${tool},${label}`));
    expect(labelsOf('mcp.tools.errors')).toEqual(all);
    expect(counts(store(), 'mcp.tools.errors')).toEqual([]);
  });
  test.each(['mcp.requests.total', 'mcp.requests.duration'])(
    '%s: what a session may do',
    (name) => {
      expect(labelsOf(name)).toEqual([
        ...TOOLS.flatMap((tool) =>
          ['ok', 'tool_error', 'rejected', 'error', 'cancelled'].map(
            (outcome) => `tools/call,${tool},${outcome}`,
          ),
        ),
        'initialize,ok',
        'ping,ok',
        'tools/list,ok',
        'invalid,rejected',
        '_OTHER,rejected',
        'tools/call,_OTHER,rejected',
      ]);
      expect(counts(store(), name)).toEqual([]);
    },
  );
  test('tool calls', () => {
    expect(labelsOf('mcp.tools.calls')).toEqual(TOOLS);
  });
});

describe('sessions', () => {
  test('are active until they are closed', () => {
    const one = store();
    const active = () => metric(one, 'mcp.sessions.active').points;
    expect(active()).toEqual([{ labels: {}, value: 0 }]);
    one.sessionOpened();
    expect(active()).toEqual([{ labels: {}, value: 1 }]);
    one.sessionClosed(SESSION, 700);
    expect(active()).toEqual([{ labels: {}, value: 0 }]);
    const { boundaries, points } = metric(one, 'mcp.server.session.duration') as HistogramMetric;
    expect(points).toMatchObject([
      {
        labels: { 'network.transport': 'pipe', 'mcp.protocol.version': '2025-11-25' },
        sum: 700,
      },
    ]);
    expect(points[0]!.buckets.indexOf(1)).toBe(boundaries.indexOf(1800));
  });
});

describe('histograms', () => {
  const duration = (name: string, millis: number) => {
    const one = store();
    one.record(operation({ duration: millis }));
    const { boundaries, points } = metric(one, name) as HistogramMetric;
    const point = points.find(({ count }) => count > 0)!;
    const bucket = point.buckets.indexOf(1);
    return {
      ...point,
      below: boundaries[bucket],
      length: point.buckets.length - boundaries.length,
    };
  };
  test.each<[number, number | undefined, number | undefined]>([
    // Duration in ms; upper bound of its bucket in ms; in s.
    [0, 0.1, 0.0001],
    [0.1, 0.1, 0.0001],
    [0.11, 0.25, 0.00025],
    [10, 10, 0.01],
    [10.01, 25, 0.02],
    [9999, 10_000, 10],
    [10_001, undefined, 30],
    [300_001, undefined, undefined],
  ])('%d ms', (millis, inMillis, inSeconds) => {
    const calculator = duration('mcp.requests.duration', millis);
    expect(calculator).toMatchObject({
      sum: millis,
      min: millis,
      max: millis,
      count: 1,
      length: 1,
    });
    expect(calculator.below).toBe(inMillis);
    const semconv = duration('mcp.server.operation.duration', millis);
    expect(semconv).toMatchObject({ sum: millis / 1000, count: 1, length: 1 });
    expect(semconv.below).toBe(inSeconds);
  });
  test('add up', () => {
    const one = store();
    for (const millis of [1, 2, 3]) one.record(operation({ duration: millis }));
    const point = (metric(one, 'mcp.requests.duration') as HistogramMetric).points[0];
    expect(point).toMatchObject({ count: 3, sum: 6, min: 1, max: 3 });
  });
});

describe('a vocabulary that is not chosen emits none of its metrics', () => {
  test.each<[VocabularyName[]]>([
    [['calculator']],
    [['semconv']],
    [['openinference']],
    [['calculator', 'semconv']],
    [[]],
  ])('%p', (vocabularies) => {
    const chosen: readonly string[] = vocabularies;
    const expected = INSTRUMENTS.filter(({ vocabulary }) => chosen.includes(vocabulary)).map(
      ({ name }) => name,
    );
    const namesOf = (one: MetricStore) => one.snapshot().metrics.map(({ name }) => name);
    expect(namesOf(store(vocabularies, {}))).toEqual(expected);
    const onStdio = store(vocabularies);
    onStdio.record(SORTS.call);
    expect(namesOf(onStdio)).toEqual(expected.filter((name) => !name.startsWith('mcp.http.')));
  });
});

test('refusals over HTTP are born at 0, by status and reason', () => {
  const one = store(VOCABULARIES, { unauthorized: 401, timeout: 408 });
  const labels = (status: string, reason: string) => ({
    'http.response.status_code': status,
    'error.type': reason,
  });
  expect(metric(one, 'mcp.http.refused').points).toEqual([
    { labels: labels('401', 'unauthorized'), value: 0 },
    { labels: labels('408', 'timeout'), value: 0 },
  ]);
  one.httpRefused(401, 'unauthorized');
  one.httpRefused(401, 'unauthorized');
  one.httpRefused(400, 'malformed_http');
  expect(counts(one, 'mcp.http.refused')).toEqual(['401,unauthorized=2', '400,malformed_http=1']);
});

describe('a snapshot', () => {
  test('is a copy with its times', () => {
    const one = store();
    one.record(SORTS.call);
    const before = one.snapshot();
    const text = JSON.stringify(before);
    one.record(SORTS.call);
    expect(JSON.stringify(before)).toBe(text);
    expect(before).toMatchObject({ startTime: 1000, time: 2000 });
    expect(structuredClone(before)).toEqual(before);
  });
});

test('labels stay few, whatever callers send, and no count is lost', () => {
  const one = store();
  const calls = 10_000;
  for (let i = 0; i < calls; i++) {
    const code: Partial<Operation> = { rpcError: { code: -i, message: '' } };
    one.record(operation({ tool: `tool-${i}`, outcome: 'error', ...code }));
  }
  for (const name of [
    'mcp.requests.duration',
    'mcp.server.operation.duration',
    'mcp.tools.calls',
  ]) {
    const { points } = metric(one, name);
    expect(points.length).toBeLessThan(2050);
    const total = points.reduce(
      (sum, point) => sum + ('count' in point ? point.count : point.value),
      0,
    );
    expect(total).toBe(calls);
  }
  expect(counts(one, 'mcp.requests.total').at(-1)).toMatch(/^_OTHER,_OTHER,error=8\d{3}$/);
});

const toolError = { label: 'invalid_args', message: '' } as const;

test('a thousand tools that are listed take no label from what is called', () => {
  const one = store();
  const tools = Array.from({ length: 1_000 }, (_, i) => `t${i}`);
  one.bear(tools);
  // The first of them are there at 0.
  expect(metric(one, 'mcp.tools.calls').points).toContainEqual({
    labels: { tool: 't0' },
    value: 0,
  });
  expect(metric(one, 'mcp.requests.total').points.length).toBeLessThan(1_100);
  one.record(operation({ tool: 't999' }));
  one.record(operation({ tool: 't999', outcome: 'tool_error', toolError }));
  one.record(operation({ tool: undefined, method: 'resources/list' }));
  expect(counts(one, 'mcp.requests.total')).toEqual(
    expect.arrayContaining([
      'tools/call,t999,ok=1',
      'tools/call,t999,tool_error=1',
      'resources/list,ok=1',
    ]),
  );
  expect(counts(one, 'mcp.tools.errors')).toContain('t999,invalid_args=1');
  expect(counts(one, 'mcp.tools.calls')).toContain('t999=2');
});
