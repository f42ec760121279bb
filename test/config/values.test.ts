import type { Settings } from '../../src/config';
import { at, load } from './support';

const MAX_MILLIS = 2 ** 31 - 1;

test('the defaults', () => {
  const { settings, warnings, sources } = load();
  const signal = {
    exporters: ['otlp' as const],
    configured: false,
    headers: {},
    timeoutMillis: 10_000,
  };
  const rest = { compression: 'none' as const, tls: {} };
  const batch = {
    scheduleDelayMillis: 1000,
    maxQueueSize: 65_536,
    maxExportBatchSize: 512,
    exportTimeoutMillis: 30_000,
  };
  expect(settings).toEqual({
    serviceName: 'ts-calculator',
    serviceVersion: '1.2.3',
    resourceAttributes: {},
    phoenixProject: 'ts-calculator',
    sdkDisabled: false,
    signals: {
      traces: { ...signal, ...rest, url: 'http://localhost:6006/v1/traces' },
      metrics: { ...signal, ...rest, url: 'http://localhost:4318/v1/metrics' },
      logs: { ...signal, ...rest, url: 'http://localhost:4318/v1/logs' },
    },
    vocabularies: ['calculator', 'semconv', 'openinference'],
    captureContent: true,
    redact: [],
    propagate: false,
    logLevel: 'info',
    logFormat: 'text',
    diagLevel: 'warn',
    fault: { slowMillis: 0, errorShare: 0 },
    propagators: ['tracecontext', 'baggage'],
    sampler: { name: 'parentbased_always_on', ratio: 1 },
    spanBatch: { ...batch, scheduleDelayMillis: 500 },
    logBatch: batch,
    metricExport: { intervalMillis: 15_000, timeoutMillis: 15_000, temporality: 'cumulative' },
    spanLimits: { valueLength: Infinity, count: 128 },
    logLimits: { valueLength: Infinity, count: 128 },
  } satisfies Settings);
  expect(warnings).toEqual([]);
  expect(new Set(Object.values(sources))).toEqual(new Set([{ kind: 'default' }]));
});

test('settings can be handed to a worker', () => {
  const { settings } = load({ OTEL_EXPORTER_OTLP_HEADERS: 'a=b' });
  expect(structuredClone(settings)).toEqual(settings);
});

// Text, where it is given, the path in Settings, and what is there.
test.each<[string, string, string, unknown]>([
  ['OTEL_SERVICE_NAME', 'mine', 'serviceName', 'mine'],
  ['OTEL_SERVICE_NAME', '   ', 'serviceName', 'ts-calculator'],
  ['SERVICE_VERSION', '9', 'serviceVersion', '9'],
  ['OTEL_RESOURCE_ATTRIBUTES', 'service.name=r', 'serviceName', 'r'],
  ['OTEL_RESOURCE_ATTRIBUTES', 'service.name=', 'serviceName', 'ts-calculator'],
  ['OTEL_RESOURCE_ATTRIBUTES', 'service.name=r', 'phoenixProject', 'r'],
  ['OTEL_RESOURCE_ATTRIBUTES', 'service.version=7', 'serviceVersion', '7'],
  ['OTEL_RESOURCE_ATTRIBUTES', 'openinference.project.name=p', 'phoenixProject', 'p'],
  ['OTEL_RESOURCE_ATTRIBUTES', ' a=1 , b=x%2Cy%3D ,', 'resourceAttributes', { a: '1', b: 'x,y=' }],
  ['PHOENIX_PROJECT_NAME', 'p', 'phoenixProject', 'p'],
  ['PHOENIX_PROJECT', 'p', 'phoenixProject', 'p'],
  ['OTEL_SDK_DISABLED', 'TRUE', 'sdkDisabled', true],
  ['OTEL_SDK_DISABLED', 'false', 'sdkDisabled', false],
  ['OTEL_LOG_LEVEL', 'DEBUG', 'diagLevel', 'debug'],
  ['OTEL_PROPAGATORS', 'none', 'propagators', []],
  ['OTEL_PROPAGATORS', 'baggage', 'propagators', ['baggage']],
  ['OTEL_TRACES_SAMPLER', 'traceidratio', 'sampler.name', 'traceidratio'],
  ['OTEL_TRACES_SAMPLER_ARG', '0.25', 'sampler.ratio', 0.25],
  ['OTEL_TRACES_SAMPLER_ARG', '0', 'sampler.ratio', 0],
  ['OTEL_TRACES_EXPORTER', 'none', 'signals.traces.exporters', []],
  ['OTEL_METRICS_EXPORTER', 'console, OTLP', 'signals.metrics.exporters', ['otlp', 'console']],
  ['OTEL_LOGS_EXPORTER', 'console', 'signals.logs.exporters', ['console']],
  ['TS_CALCULATOR_VOCABULARY', 'semconv,calculator', 'vocabularies', ['calculator', 'semconv']],
  ['TS_CALCULATOR_CAPTURE_CONTENT', 'off', 'captureContent', false],
  ['TS_CALCULATOR_LOG_LEVEL', 'Debug', 'logLevel', 'debug'],
  ['TS_CALCULATOR_LOG_FORMAT', 'json', 'logFormat', 'json'],
  ['TS_CALCULATOR_PROPAGATE', 'on', 'propagate', true],
  ['TS_CALCULATOR_REDACT', 'pin, *_ssn,', 'redact', ['pin', '*_ssn']],
  ['TS_CALCULATOR_FAULT', 'slow=600', 'fault', { slowMillis: 600, errorShare: 0 }],
  ['TS_CALCULATOR_FAULT', 'error=0.1, slow=5', 'fault', { slowMillis: 5, errorShare: 0.1 }],
  ['OTEL_BSP_SCHEDULE_DELAY', '0', 'spanBatch.scheduleDelayMillis', 0],
  ['OTEL_BSP_MAX_QUEUE_SIZE', '1024', 'spanBatch.maxQueueSize', 1024],
  ['OTEL_BSP_MAX_QUEUE_SIZE', '100', 'spanBatch.maxExportBatchSize', 100],
  ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '64', 'spanBatch.maxExportBatchSize', 64],
  ['OTEL_BSP_EXPORT_TIMEOUT', '0', 'spanBatch.exportTimeoutMillis', MAX_MILLIS],
  ['OTEL_BLRP_SCHEDULE_DELAY', '50', 'logBatch.scheduleDelayMillis', 50],
  ['OTEL_BLRP_MAX_QUEUE_SIZE', '1024', 'logBatch.maxQueueSize', 1024],
  ['OTEL_BLRP_MAX_EXPORT_BATCH_SIZE', '64', 'logBatch.maxExportBatchSize', 64],
  ['OTEL_BLRP_EXPORT_TIMEOUT', '7', 'logBatch.exportTimeoutMillis', 7],
  ['OTEL_METRIC_EXPORT_INTERVAL', '60000', 'metricExport.timeoutMillis', 30_000],
  ['OTEL_METRIC_EXPORT_INTERVAL', '500', 'metricExport.timeoutMillis', 500],
  ['OTEL_METRIC_EXPORT_TIMEOUT', '500', 'metricExport.timeoutMillis', 500],
  ['OTEL_METRIC_EXPORT_TIMEOUT', '40000', 'metricExport.timeoutMillis', 15_000],
  [
    'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE',
    'Delta',
    'metricExport.temporality',
    'delta',
  ],
  ['OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', '10', 'spanLimits.valueLength', 10],
  ['OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', '0', 'logLimits.valueLength', 0],
  ['OTEL_ATTRIBUTE_COUNT_LIMIT', '5', 'spanLimits.count', 5],
  ['OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', '10', 'spanLimits.valueLength', 10],
  ['OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', '10', 'logLimits.valueLength', Infinity],
  ['OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', '5', 'spanLimits.count', 5],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', '500', 'signals.logs.timeoutMillis', 500],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', '0', 'signals.logs.timeoutMillis', MAX_MILLIS],
  ['OTEL_EXPORTER_OTLP_COMPRESSION', 'gzip', 'signals.metrics.compression', 'gzip'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf', 'signals.traces.configured', false],
])('%s=%j gives %s = %j, without a warning', (name, text, path, expected) => {
  const { settings, warnings } = load({ [name]: text });
  expect(at(settings, path)).toEqual(expected);
  expect(warnings).toEqual([]);
});

describe.each(['TRACES', 'METRICS', 'LOGS'])('for %s alone', (signal) => {
  const others = ['traces', 'metrics', 'logs'].filter((other) => other !== signal.toLowerCase());
  test.each<[string, string, string, string, unknown, unknown]>([
    ['TIMEOUT', '5', '6', 'timeoutMillis', 5, 6],
    ['COMPRESSION', 'gzip', 'none', 'compression', 'gzip', 'none'],
    ['HEADERS', 'a=1', 'a=2,b=3', 'headers', { a: '1', b: '3' }, { a: '2', b: '3' }],
  ])('%s=%j beats the general %j', (name, own, general, field, expected, expectedOfOthers) => {
    const { settings, warnings } = load({
      [`OTEL_EXPORTER_OTLP_${signal}_${name}`]: own,
      [`OTEL_EXPORTER_OTLP_${name}`]: general,
    });
    expect(at(settings, `signals.${signal.toLowerCase()}.${field}`)).toEqual(expected);
    for (const other of others) {
      expect(at(settings, `signals.${other}.${field}`)).toEqual(expectedOfOthers);
    }
    expect(warnings).toEqual([]);
  });
});
