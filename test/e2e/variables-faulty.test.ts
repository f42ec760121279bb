import { stopAll } from '../support/cli';
import { run, type Run } from './support/run';
import { complaints } from './support/stderr-lines';

// A bad OTEL_* or PHOENIX_* value: one warning that names it, and the default applies. A bad value of
// ours: exit 1 with one line. Secrets appear nowhere.

afterEach(stopAll);

/** Whatever is wrong with a foreign variable, all signals arrive as by default. */
function expectDefaults({ receiver, exit }: Run): void {
  expect(exit.code).toBe(0);
  expect(receiver.spans).toHaveLength(3);
  expect(receiver.logs.length).toBeGreaterThanOrEqual(2);
  const { resource, flags } = receiver.spans[0]!;
  expect(resource['service.name']).toBe('ts-calculator');
  expect(flags & 1).toBe(1);
  const [total] = receiver.latest('mcp.tools.calls');
  expect(total).toMatchObject({ temporality: 'cumulative' });
}

test.each([
  ['OTEL_SDK_DISABLED', 'yes'],
  ['OTEL_RESOURCE_ATTRIBUTES', 'no-equals-sign'],
  ['OTEL_RESOURCE_ATTRIBUTES', 'service.name=%ZZ'],
  ['OTEL_LOG_LEVEL', 'loud'],
  ['OTEL_PROPAGATORS', 'b3'],
  ['OTEL_TRACES_SAMPLER', 'sometimes'],
  ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
  ['OTEL_TRACES_SAMPLER_ARG', 'half'],
  ['OTEL_TRACES_EXPORTER', 'zipkin'],
  ['OTEL_METRICS_EXPORTER', 'prometheus'],
  ['OTEL_LOGS_EXPORTER', 'none,otlp'],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'localhost:4317'],
  ['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', '/v1/metrics'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'no-equals-sign'],
  ['OTEL_EXPORTER_OTLP_LOGS_HEADERS', 'a b=c'],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', '-1'],
  ['OTEL_EXPORTER_OTLP_TRACES_TIMEOUT', '10s'],
  ['OTEL_EXPORTER_OTLP_COMPRESSION', 'zstd'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
  ['OTEL_EXPORTER_OTLP_CERTIFICATE', '/no/such/file'],
  ['OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE', '/no/such/file'],
  ['OTEL_EXPORTER_OTLP_LOGS_CLIENT_KEY', '/no/such/file'],
  ['OTEL_BSP_SCHEDULE_DELAY', 'soon'],
  ['OTEL_BSP_MAX_QUEUE_SIZE', '0'],
  ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '1.5'],
  ['OTEL_BSP_EXPORT_TIMEOUT', '1e3'],
  ['OTEL_BLRP_SCHEDULE_DELAY', ' -5 '],
  ['OTEL_BLRP_MAX_QUEUE_SIZE', 'many'],
  ['OTEL_BLRP_MAX_EXPORT_BATCH_SIZE', 'NaN'],
  ['OTEL_BLRP_EXPORT_TIMEOUT', '0x10'],
  ['OTEL_METRIC_EXPORT_INTERVAL', '0'],
  ['OTEL_METRIC_EXPORT_TIMEOUT', '99999999999'],
  ['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', 'alternating'],
  ['OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', '-1'],
  ['OTEL_ATTRIBUTE_COUNT_LIMIT', 'x'],
  ['OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'x'],
  ['OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', 'x'],
  ['PHOENIX_ENDPOINT', 'ftp://localhost'],
  ['PHOENIX_METRICS_ENDPOINT', 'localhost'],
  ['PHOENIX_CLIENT_HEADERS', '{"a": 1'],
])('%s=%s', async (name, value) => {
  const finished = await run({ env: { [name]: value } });
  const told = complaints(finished.cli.stderr);
  expect(told).toEqual([expect.stringContaining(name)]);
  expect(told[0]).toMatch(/ - WARN - /);
  // It is a record like any other.
  expect(finished.receiver.logs.map(({ body }) => String(body))).toContain(
    told[0]!.replace(/^.*?\] - /, ''),
  );
  expectDefaults(finished);
});

test('empty and white space count as unset', async () => {
  const names = ['OTEL_SERVICE_NAME', 'OTEL_TRACES_SAMPLER', 'OTEL_BSP_MAX_QUEUE_SIZE'];
  const more = ['OTEL_TRACES_EXPORTER', 'PHOENIX_ENDPOINT', 'TS_CALCULATOR_LOG_LEVEL'];
  const env = Object.fromEntries([...names, ...more].map((name, i) => [name, i % 2 ? '' : ' ']));
  const finished = await run({ env });
  expect(complaints(finished.cli.stderr)).toEqual([]);
  expectDefaults(finished);
});

test.each<[string, Record<string, string>, string[]]>([
  ['TS_CALCULATOR_LOG_LEVEL', { TS_CALCULATOR_LOG_LEVEL: 'loud' }, []],
  ['TS_CALCULATOR_VOCABULARY', { TS_CALCULATOR_VOCABULARY: 'calculater' }, []],
  ['TS_CALCULATOR_CAPTURE_CONTENT', { TS_CALCULATOR_CAPTURE_CONTENT: 'yes' }, []],
  ['TS_CALCULATOR_LOG_FORMAT', { TS_CALCULATOR_LOG_FORMAT: 'xml' }, []],
  ['TS_CALCULATOR_FAULT', { TS_CALCULATOR_FAULT: 'slow' }, []],
  ['--traces', {}, ['--traces', 'jaeger']],
  ['--otlp-endpoint', {}, ['--otlp-endpoint', 'localhost:4318']],
  ['--fault', {}, ['--fault', 'error=2']],
])('a bad %s ends the program', async (name, env, args) => {
  const { cli, exit, receiver } = await run({ env, args }, async () => {});
  expect(exit.code).toBe(1);
  expect(cli.stderr.split('\n')).toEqual([expect.stringContaining(`${name}: `), '']);
  expect(cli.stdout).toBe('');
  expect(receiver.requests).toEqual([]);
});
