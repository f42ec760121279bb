import { boolean, millis, oneOf, pieces, share, timeout, wholeNumber } from '../readers';
import { optionalSetting, setting, type DefaultedField } from '../setting';

const NO_LIMIT = 'no limit';
const count = wholeNumber(1);
const limit = wholeNumber(0);

type Batch<Prefix extends string> = Record<
  `${Prefix}${'ScheduleDelay' | 'MaxQueueSize' | 'MaxExportBatchSize' | 'ExportTimeout'}`,
  DefaultedField<number>
>;

/** OTEL_BSP_* or OTEL_BLRP_*. Delay and queue are ours: OpenTelemetry's delay and lose data. */
function batch<Prefix extends string>(
  prefix: Prefix,
  name: string,
  items: string,
  delayMillis: string,
): Batch<Prefix> {
  const field = (suffix: string, read: (text: string) => number, value: string, text: string) =>
    setting(read, {
      env: [`OTEL_${name}_${suffix}`],
      default: value,
      description: `${items}: ${text}`,
    });
  return {
    [`${prefix}ScheduleDelay`]: field(
      'SCHEDULE_DELAY',
      millis(0),
      delayMillis,
      'milliseconds between exports',
    ),
    [`${prefix}MaxQueueSize`]: field(
      'MAX_QUEUE_SIZE',
      count,
      '65536',
      'how many may wait; more are dropped',
    ),
    [`${prefix}MaxExportBatchSize`]: field(
      'MAX_EXPORT_BATCH_SIZE',
      count,
      '512',
      'the most in one export',
    ),
    [`${prefix}ExportTimeout`]: field(
      'EXPORT_TIMEOUT',
      timeout,
      '30000',
      'milliseconds that an export may take',
    ),
  } as Batch<Prefix>;
}

/** OpenTelemetry's own switches: sampling, batches, limits, diagnostics. */
export const sdk = {
  sdkDisabled: setting(boolean, {
    env: ['OTEL_SDK_DISABLED'],
    description: 'true: no telemetry leaves the process',
    default: 'false',
  }),
  diagLevel: setting(oneOf('none', 'error', 'warn', 'info', 'debug', 'verbose', 'all'), {
    env: ['OTEL_LOG_LEVEL'],
    description:
      "OpenTelemetry's own diagnostics, on stderr: none, error, warn, info, debug, verbose, all",
    default: 'warn',
  }),
  propagators: setting(pieces, {
    env: ['OTEL_PROPAGATORS'],
    description: "What is read of a caller's context: tracecontext, baggage, none",
    default: 'tracecontext,baggage',
  }),
  sampler: setting(
    oneOf(
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ),
    {
      env: ['OTEL_TRACES_SAMPLER'],
      description: 'Which traces are recorded; metrics count all the same',
      default: 'parentbased_always_on',
    },
  ),
  samplerArg: setting(share, {
    env: ['OTEL_TRACES_SAMPLER_ARG'],
    description: 'The share of traces that the traceidratio samplers record, 0 to 1',
    default: '1',
  }),
  // A call is to be seen in Phoenix within a second, which takes 0.2 s to store and show it.
  ...batch('span', 'BSP', 'Spans', '500'),
  ...batch('log', 'BLRP', 'Log records', '1000'),
  metricInterval: setting(millis(1), {
    env: ['OTEL_METRIC_EXPORT_INTERVAL'],
    description: 'Metrics: milliseconds between exports',
    default: '15000',
  }),
  metricTimeout: optionalSetting(timeout, {
    env: ['OTEL_METRIC_EXPORT_TIMEOUT'],
    description: 'Metrics: milliseconds that an export may take, never more than the interval',
    otherwise: '30000, or the interval where that is less',
  }),
  temporality: setting(oneOf('cumulative', 'delta', 'lowmemory'), {
    env: ['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE'],
    description: 'Metrics: cumulative, delta or lowmemory',
    default: 'cumulative',
  }),
  attributeValueLength: optionalSetting(limit, {
    env: ['OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT'],
    description: "Characters that an attribute's value may have; the rest is cut",
    otherwise: NO_LIMIT,
  }),
  attributeCount: setting(limit, {
    env: ['OTEL_ATTRIBUTE_COUNT_LIMIT'],
    description: 'Attributes that a span or a log record may have',
    default: '128',
  }),
  spanAttributeValueLength: optionalSetting(limit, {
    env: ['OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT'],
    description: 'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT for spans alone',
    otherwise: 'as that',
  }),
  spanAttributeCount: optionalSetting(limit, {
    env: ['OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT'],
    description: 'OTEL_ATTRIBUTE_COUNT_LIMIT for spans alone',
    otherwise: 'as that',
  }),
};
