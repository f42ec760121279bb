import { ConfigError } from '../../src/config';
import { at, load, onlyWarning } from './support';

// A bad value of ours: one line that names it and helps.
test.each<[Record<string, string>, string]>([
  [
    { logLevel: 'inof' },
    "--log-level: 'inof' is not one of error, warn, info, debug. Did you mean 'info'?",
  ],
  [{ logLevel: 'xyzzy' }, "--log-level: 'xyzzy' is not one of error, warn, info, debug"],
  [{ logFormat: 'xml' }, "--log-format: 'xml' is not one of text, json"],
  [
    { vocabulary: 'calculator,semcov' },
    "--vocabulary: 'semcov' is not one of calculator, semconv, openinference. Did you mean 'semconv'?",
  ],
  [{ vocabulary: ',' }, "--vocabulary: ',' names none of calculator, semconv, openinference"],
  [{ captureContent: 'yes' }, "--capture-content: 'yes' is not one of on, off"],
  [{ traces: 'otpl' }, "--traces: 'otpl' is not one of otlp, console, none. Did you mean 'otlp'?"],
  [{ metrics: 'none,otlp' }, "--metrics: 'none,otlp' has 'none' beside others"],
  [
    { otlpEndpoint: 'localhost:4318' },
    "--otlp-endpoint: 'localhost:4318' is no http:// or https:// URL",
  ],
  [{ phoenixEndpoint: 'ftp://x' }, "--phoenix-endpoint: 'ftp://x' is no http:// or https:// URL"],
  [
    { otlpEndpoint: 'grpc://me:secret@x?token=t' },
    "--otlp-endpoint: 'grpc://***@x?token=***' is no http:// or https:// URL",
  ],
  [{ envFile: 'no.env' }, "--env-file: 'no.env' cannot be read: ENOENT: no such file or directory"],
  [{ logLevel: 'a\nb' }, String.raw`--log-level: 'a\nb' is not one of error, warn, info, debug`],
])('flags %j', (flags, message) => {
  const error = thrownBy(() => load({}, flags));
  expect(error).toBeInstanceOf(ConfigError);
  expect(error.message).toBe(message);
});

test.each([
  'slow',
  'slow=',
  'slow=x',
  'slow=-1',
  'error=2',
  'error=0.1,error=0.2',
  'fast=1',
  ',',
  'slow=1=2',
])('--fault %j is refused with its form', (fault) => {
  expect(thrownBy(() => load({}, { fault })).message).toBe(
    `--fault: '${fault}' is not slow=MS,error=SHARE (milliseconds; a share from 0 to 1; either or both)`,
  );
});

test.each([
  ['TS_CALCULATOR_LOG_LEVEL', 'loud'],
  ['TS_CALCULATOR_LOG_FORMAT', 'xml'],
  ['TS_CALCULATOR_VOCABULARY', 'x'],
  ['TS_CALCULATOR_CAPTURE_CONTENT', 'maybe'],
  ['TS_CALCULATOR_FAULT', 'fast'],
  ['TS_CALCULATOR_PROPAGATE', 'yes'],
])('%s=%s ends the program, from the environment and from a file', (name, value) => {
  expect(thrownBy(() => load({ [name]: value })).message).toMatch(`${name}: '${value}' is not`);
  const fromFile = () => load({}, { envFile: 'f' }, { f: `${name}=${value}` });
  expect(thrownBy(fromFile)).toBeInstanceOf(ConfigError);
  expect(thrownBy(fromFile).message).toMatch(`${name} in f: '${value}' is not`);
});

test('a long text is shortened in the message', () => {
  expect(thrownBy(() => load({}, { logLevel: 'x'.repeat(10_000) })).message.length).toBeLessThan(
    150,
  );
});

// A bad foreign value: one warning that names the variable, and the default.
test.each<[Record<string, string>, string]>([
  [{ OTEL_SDK_DISABLED: '1' }, "OTEL_SDK_DISABLED: '1' is not one of true, false; false is used"],
  [
    { OTEL_TRACES_EXPORTER: 'zipkin' },
    "OTEL_TRACES_EXPORTER: 'zipkin' is not one of otlp, console, none; otlp is used",
  ],
  [
    { OTEL_METRICS_EXPORTER: 'otlp,prometheus' },
    "OTEL_METRICS_EXPORTER: 'prometheus' is not one of otlp, console, none; otlp is used",
  ],
  [
    { OTEL_LOGS_EXPORTER: 'none,otlp' },
    "OTEL_LOGS_EXPORTER: 'none,otlp' has 'none' beside others; otlp is used",
  ],
  [
    { OTEL_LOG_LEVEL: 'wran' },
    "OTEL_LOG_LEVEL: 'wran' is not one of none, error, warn, info, debug, verbose, all. Did you mean 'warn'? – warn is used",
  ],
  [
    { OTEL_TRACES_SAMPLER: 'xray' },
    "OTEL_TRACES_SAMPLER: 'xray' is not one of always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio; parentbased_always_on is used",
  ],
  [
    { OTEL_TRACES_SAMPLER_ARG: '1.5' },
    "OTEL_TRACES_SAMPLER_ARG: '1.5' is not a number from 0 to 1; 1 is used",
  ],
  [
    { OTEL_TRACES_SAMPLER_ARG: '-0.1' },
    "OTEL_TRACES_SAMPLER_ARG: '-0.1' is not a number from 0 to 1; 1 is used",
  ],
  [
    { OTEL_BSP_SCHEDULE_DELAY: '-1' },
    "OTEL_BSP_SCHEDULE_DELAY: '-1' is not a number of milliseconds from 0 to 2147483647; 500 is used",
  ],
  [
    { OTEL_BLRP_MAX_QUEUE_SIZE: '0' },
    "OTEL_BLRP_MAX_QUEUE_SIZE: '0' is not a whole number from 1 to 2147483647; 65536 is used",
  ],
  [
    { OTEL_EXPORTER_OTLP_TIMEOUT: '30s' },
    "OTEL_EXPORTER_OTLP_TIMEOUT: '30s' is not a number of milliseconds from 0 to 2147483647; 10000 is used",
  ],
  [
    { OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: '1e3' },
    "OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: '1e3' is not a number of milliseconds from 0 to 2147483647; it is ignored",
  ],
  [
    { OTEL_METRIC_EXPORT_INTERVAL: '9999999999' },
    "OTEL_METRIC_EXPORT_INTERVAL: '9999999999' is not a number of milliseconds from 1 to 2147483647; 15000 is used",
  ],
  [
    { OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: 'abc' },
    "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: 'abc' is not a whole number from 0 to 2147483647; it is ignored",
  ],
  [
    { OTEL_RESOURCE_ATTRIBUTES: 'a=1,b' },
    "OTEL_RESOURCE_ATTRIBUTES: 'b' is not NAME=VALUE; it is ignored",
  ],
  [
    { OTEL_RESOURCE_ATTRIBUTES: 'a=%zz' },
    "OTEL_RESOURCE_ATTRIBUTES: 'a=%zz' is not percent-encoded correctly; it is ignored",
  ],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' },
    "OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' is no http:// or https:// URL; it is ignored",
  ],
  [
    { PHOENIX_ENDPOINT: 'http://' },
    "PHOENIX_ENDPOINT: 'http://' is no http:// or https:// URL; it is ignored",
  ],
  [
    { OTEL_EXPORTER_OTLP_COMPRESSION: 'zstd' },
    "OTEL_EXPORTER_OTLP_COMPRESSION: 'zstd' is not one of none, gzip; none is used",
  ],
  [
    { OTEL_EXPORTER_OTLP_CERTIFICATE: 'no.pem' },
    "OTEL_EXPORTER_OTLP_CERTIFICATE: 'no.pem' cannot be read: ENOENT: no such file or directory; it is ignored",
  ],
])('%j is one warning, and all else as by default', (env, warning) => {
  const loaded = load(env);
  expect(onlyWarning(loaded)).toBe(warning);
  expect(loaded.settings).toEqual(load().settings);
});

// As above, where a part of what was asked for can be used.
test.each<[Record<string, string>, string, string, unknown]>([
  [
    { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    "OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' is not supported: http/protobuf is used",
    'signals.traces.configured',
    false,
  ],
  [
    { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'http/json' },
    "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL, OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'grpc' is not supported: http/protobuf is used",
    'signals.traces.configured',
    false,
  ],
  [
    { OTEL_PROPAGATORS: 'b3,baggage' },
    "OTEL_PROPAGATORS: 'b3' cannot be used; baggage is used",
    'propagators',
    ['baggage'],
  ],
  [
    { OTEL_PROPAGATORS: 'b3,none' },
    "OTEL_PROPAGATORS: 'b3', 'none' cannot be used; tracecontext,baggage is used",
    'propagators',
    ['tracecontext', 'baggage'],
  ],
  [
    { OTEL_BSP_MAX_QUEUE_SIZE: '10', OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '20' },
    "OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '20' is more than the queue holds; 10 is used",
    'spanBatch.maxExportBatchSize',
    10,
  ],
  [
    { OTEL_METRIC_EXPORT_INTERVAL: '1000', OTEL_METRIC_EXPORT_TIMEOUT: '2000' },
    "OTEL_METRIC_EXPORT_TIMEOUT: '2000' is more than OTEL_METRIC_EXPORT_INTERVAL; 1000 is used",
    'metricExport.timeoutMillis',
    1000,
  ],
  [
    { PHOENIX_ENDPOINT: 'nonsense', PHOENIX_COLLECTOR_ENDPOINT: 'http://p' },
    "PHOENIX_ENDPOINT: 'nonsense' is no http:// or https:// URL; it is ignored",
    'signals.traces.url',
    'http://p/v1/traces',
  ],
])('%j: %s', (env, warning, path, expected) => {
  const loaded = load(env);
  expect(onlyWarning(loaded)).toBe(warning);
  expect(at(loaded.settings, path)).toEqual(expected);
});

test('several bad values are several warnings, each once', () => {
  const { warnings } = load({
    OTEL_SDK_DISABLED: 'x',
    OTEL_LOG_LEVEL: 'loud',
    PHOENIX_ENDPOINT: 'y',
  });
  expect(warnings.map((line) => line.split(':')[0])).toEqual([
    'PHOENIX_ENDPOINT',
    'OTEL_SDK_DISABLED',
    'OTEL_LOG_LEVEL',
  ]);
});

test('a bad variable that a flag overrides is not looked at', () => {
  const { warnings } = load({ OTEL_TRACES_EXPORTER: 'zipkin' }, { traces: 'console' });
  expect(warnings).toEqual([]);
});

test('a file of a bad format is no certificate', () => {
  const env = { OTEL_EXPORTER_OTLP_LOGS_CLIENT_KEY: 'k' };
  const loaded = load(env, {}, { k: 'no pem' });
  expect(onlyWarning(loaded)).toBe(
    "OTEL_EXPORTER_OTLP_LOGS_CLIENT_KEY: 'k' is no PEM file; it is ignored",
  );
});

function thrownBy(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
