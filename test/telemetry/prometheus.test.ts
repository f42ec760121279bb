import { Ledger } from '../../src/telemetry/ledger';
import { INSTRUMENTS } from '../../src/telemetry/metrics/instruments';
import type { Metric, MetricSnapshot } from '../../src/telemetry/metrics/snapshot';
import { MetricStore } from '../../src/telemetry/metrics/store';
import { prometheusName, prometheusText } from '../../src/telemetry/prometheus';
import { SESSION, SORTS } from './operations';

const RESOURCE = {
  'service.name': 'calc',
  'service.version': '1.2.3',
  'service.instance.id': 'i-1',
};
const TARGET = [
  '# HELP target_info Whose metrics these are',
  '# TYPE target_info gauge',
  'target_info{service_name="calc",service_version="1.2.3",service_instance_id="i-1"} 1',
];

const ledgerMetrics = (): Metric[] => {
  const ledger = new Ledger({ spans: 1, logs: 1 });
  for (let i = 0; i < 2; i++) ledger.admit('spans');
  return ledger.sdkMetrics();
};
const snapshot = (...metrics: Metric[]): MetricSnapshot => ({ startTime: 1, time: 2, metrics });
const linesOf = (metric: Metric, resource: Record<string, string> = RESOURCE): string[] => {
  const text = prometheusText(snapshot(metric), resource);
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
};

describe('names', () => {
  const emitted = [...INSTRUMENTS, ...ledgerMetrics()];

  test.each([
    // As they arrive by way of a collector.
    ['mcp.requests.total', 'mcp_requests_total'],
    ['mcp.requests.duration', 'mcp_requests_duration_milliseconds'],
    ['mcp.tools.calls', 'mcp_tools_calls_total'],
    ['mcp.tools.errors', 'mcp_tools_errors_total'],
    ['mcp.sessions.active', 'mcp_sessions_active'],
    ['mcp.http.refused', 'mcp_http_refused_total'],
    ['mcp.server.operation.duration', 'mcp_server_operation_duration_seconds'],
    ['mcp.server.session.duration', 'mcp_server_session_duration_seconds'],
    ['mcp.client.operation.duration', 'mcp_client_operation_duration_seconds'],
    ['otel.sdk.span.started', 'otel_sdk_span_started_total'],
    ['otel.sdk.processor.span.processed', 'otel_sdk_processor_span_processed_total'],
    ['otel.sdk.processor.span.queue.size', 'otel_sdk_processor_span_queue_size'],
    ['otel.sdk.processor.span.queue.capacity', 'otel_sdk_processor_span_queue_capacity'],
    ['otel.sdk.log.created', 'otel_sdk_log_created_total'],
    ['otel.sdk.processor.log.processed', 'otel_sdk_processor_log_processed_total'],
    ['otel.sdk.processor.log.queue.size', 'otel_sdk_processor_log_queue_size'],
    ['otel.sdk.processor.log.queue.capacity', 'otel_sdk_processor_log_queue_capacity'],
  ])('%s: %s', (name, expected) => {
    expect(prometheusName(emitted.find((metric) => metric.name === name)!)).toBe(expected);
  });

  test('each of them is in this table, and none says a unit that has no word', () => {
    expect(emitted).toHaveLength(17);
    for (const { unit } of emitted) expect(unit).toMatch(/^(\{\w+\}|ms|s)$/);
  });

  test.each([
    [{ name: 'a.seconds', unit: 's', type: 'histogram' }, 'a_seconds'],
    [{ name: 'a.total', unit: 's', type: 'counter' }, 'a_seconds_total'],
    [{ name: '2.b-c', unit: '1', type: 'gauge' }, '_2_b_c'],
  ] as const)('%j: %s', (metric, expected) => expect(prometheusName(metric)).toBe(expected));
});

describe('a family', () => {
  const head = { description: 'What it is', unit: '{request}' };

  test('of a counter', () => {
    const points = [
      { labels: { method: 'ping' }, value: 0 },
      { labels: { method: 'tools/call', 'error.type': 'x' }, value: 12 },
    ];
    expect(linesOf({ ...head, name: 'a.total', type: 'counter', points })).toEqual([
      ...TARGET,
      '# HELP a_total What it is',
      '# TYPE a_total counter',
      'a_total{service_name="calc",method="ping"} 0',
      'a_total{service_name="calc",method="tools/call",error_type="x"} 12',
    ]);
  });

  test.each(['gauge', 'updown'] as const)('of a sum that also falls: %s', (type) => {
    expect(linesOf({ ...head, name: 'a', type, points: [{ labels: {}, value: -3 }] })).toEqual([
      ...TARGET,
      '# HELP a What it is',
      '# TYPE a gauge',
      'a{service_name="calc"} -3',
    ]);
  });

  test('of a histogram: each bucket has those below it', () => {
    const point = { labels: { tool: 'add' }, min: 0.1, max: 9 };
    const lines = linesOf({
      ...{ ...head, name: 'a.duration', unit: 'ms', type: 'histogram' },
      boundaries: [0.00025, 1, 86_400],
      points: [{ ...point, count: 6, sum: 12.5, buckets: [1, 0, 3, 2] }],
    });
    const labels = 'service_name="calc",tool="add"';
    expect(lines.slice(TARGET.length)).toEqual([
      '# HELP a_duration_milliseconds What it is',
      '# TYPE a_duration_milliseconds histogram',
      `a_duration_milliseconds_bucket{${labels},le="0.00025"} 1`,
      `a_duration_milliseconds_bucket{${labels},le="1"} 1`,
      `a_duration_milliseconds_bucket{${labels},le="86400"} 4`,
      `a_duration_milliseconds_bucket{${labels},le="+Inf"} 6`,
      `a_duration_milliseconds_sum{${labels}} 12.5`,
      `a_duration_milliseconds_count{${labels}} 6`,
    ]);
  });

  test('without points is left out', () => {
    expect(linesOf({ ...head, name: 'a', type: 'counter', points: [] })).toEqual(TARGET);
  });

  test('what is special to the format is escaped', () => {
    const points = [{ labels: { tool: 'a"b\\c\nd' }, value: 1 }];
    const description = 'a "b" \\c\nd';
    const lines = linesOf(
      { ...head, description, name: 'a', type: 'gauge', points },
      { 'service.name': 'a"b', 'deployment.environment.name': 'ü', '1st': 'x' },
    );
    expect(lines.slice(2)).toEqual([
      'target_info{service_name="a\\"b",deployment_environment_name="ü",_1st="x"} 1',
      '# HELP a a "b" \\\\c\\nd',
      '# TYPE a gauge',
      'a{service_name="a\\"b",tool="a\\"b\\\\c\\nd"} 1',
    ]);
  });
});

describe('all that is counted', () => {
  const store = new MetricStore({
    vocabularies: ['calculator', 'semconv'],
    tools: ['add'],
    httpRefusals: { unauthorized: 401 },
    startTime: 1,
  });
  for (const op of Object.values(SORTS)) store.record(op);
  store.sessionOpened();
  store.sessionClosed(SESSION, 2.5);
  const text = prometheusText(snapshot(...store.snapshot().metrics, ...ledgerMetrics()), RESOURCE);
  const lines = text.trimEnd().split('\n');
  const seriesOf = (line: string) => line.slice(0, line.lastIndexOf(' '));

  test('keeps to the format: each family once with its head, each series once', () => {
    const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
    const SAMPLE = new RegExp(`^[a-z_]+\\{${LABEL}(?:,${LABEL})*\\} -?\\d+(\\.\\d+)?(e[-+]\\d+)?$`);
    let name = '';
    const families: string[] = [];
    const series: string[] = [];
    for (const line of lines) {
      const head = /^# (HELP|TYPE) (\S+) \S/.exec(line);
      if (head?.[1] === 'HELP') families.push((name = head[2]!));
      else if (head) expect(head[2]).toBe(name);
      else {
        expect(line).toMatch(SAMPLE);
        expect(line.startsWith(name)).toBe(true);
        series.push(seriesOf(line));
      }
    }
    expect(new Set(families).size).toBe(families.length);
    expect(families).toHaveLength(1 + 17);
    expect(new Set(series).size).toBe(series.length);
  });

  test('says on each series whose it is', () => {
    const samples = lines.filter((line) => !line.startsWith('#'));
    expect(samples.filter((line) => !line.includes('{service_name="calc"'))).toEqual([]);
  });

  test('says the counts', () => {
    expect(lines).toEqual(
      expect.arrayContaining([
        'mcp_requests_total{service_name="calc",method="tools/call",tool="divide",outcome="tool_error"} 1',
        'mcp_http_refused_total{service_name="calc",http_response_status_code="401",error_type="unauthorized"} 0',
        'mcp_sessions_active{service_name="calc"} 0',
        'mcp_server_session_duration_seconds_sum{service_name="calc",network_transport="pipe",mcp_protocol_version="2025-11-25"} 2.5',
        'otel_sdk_processor_span_processed_total{service_name="calc",otel_component_type="batching_span_processor",otel_component_name="batching_span_processor/0",error_type="queue_full"} 1',
      ]),
    );
  });
});
