import { isSilent } from '../../src/telemetry/line-pipeline';
import { load } from '../config/support';

const silent = (env: Record<string, string>): boolean => isSilent(load(env).settings);
const EXPORTERS = ['OTEL_TRACES_EXPORTER', 'OTEL_METRICS_EXPORTER', 'OTEL_LOGS_EXPORTER'];
const ALL_NONE = Object.fromEntries(EXPORTERS.map((name) => [name, 'none']));

test('nothing is silent by default', () => {
  expect(silent({})).toBe(false);
});

test.each([
  ['the SDK is disabled', { OTEL_SDK_DISABLED: 'true' }],
  ['no signal has an exporter', ALL_NONE],
  ['both', { OTEL_SDK_DISABLED: 'true', ...ALL_NONE }],
])('it is where %s', (_, env) => {
  expect(silent(env)).toBe(true);
});

test.each(EXPORTERS.flatMap((name) => ['otlp', 'console'].map((exporter) => [name, exporter])))(
  'one signal that is exported is enough for it not to be: %s=%s',
  (name, exporter) => {
    expect(silent({ ...ALL_NONE, [name!]: exporter! })).toBe(false);
  },
);
