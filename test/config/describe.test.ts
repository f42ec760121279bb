import { describeSettings, type SettingsDescription } from '../../src/config';
import { SETTING_KEYS } from '../../src/config/schema';
import { load } from './support';

const settingOf = ({ settings }: SettingsDescription, name: string) =>
  settings.find((setting) => setting.name === name);

test('every setting is there, with its flag and its variables', () => {
  const { settings } = describeSettings(load());
  expect(settings).toHaveLength(SETTING_KEYS.length);
  expect(new Set(settings.map(({ name }) => name)).size).toBe(SETTING_KEYS.length);
  expect(settings).toContainEqual({
    name: '--phoenix-endpoint',
    flag: '--phoenix-endpoint',
    variables: ['PHOENIX_ENDPOINT', 'PHOENIX_COLLECTOR_ENDPOINT'],
    value: null,
    source: { kind: 'default' },
  });
});

const variable = (name: string) => ({ kind: 'variable', name });
const flag = (name: string) => ({ kind: 'flag', name });
const DEFAULT = { kind: 'default' };

// Environment, flags, the setting, its value and its source.
test.each<[Record<string, string>, Record<string, string>, string, string | null, object]>([
  [{}, {}, '--log-level', 'info', DEFAULT],
  [{}, { logLevel: 'debug' }, '--log-level', 'debug', flag('--log-level')],
  [
    { TS_CALCULATOR_LOG_LEVEL: 'debug' },
    {},
    '--log-level',
    'debug',
    variable('TS_CALCULATOR_LOG_LEVEL'),
  ],
  [{ PHOENIX_PROJECT: 'p' }, {}, '--phoenix-project', 'p', variable('PHOENIX_PROJECT')],
  [{ PHOENIX_API_KEY: 'k' }, {}, 'PHOENIX_API_KEY', '***', variable('PHOENIX_API_KEY')],
  [
    {},
    { otlpEndpoint: 'http://a:b@c' },
    '--otlp-endpoint',
    'http://***@c',
    flag('--otlp-endpoint'),
  ],
  [{ OTEL_TRACES_EXPORTER: 'zipkin' }, {}, '--traces', 'otlp', DEFAULT],
  [{}, {}, 'OTEL_EXPORTER_OTLP_HEADERS', null, DEFAULT],
  [{}, {}, '--service-name', 'ts-calculator', DEFAULT],
  [{}, {}, '--service-version', '1.2.3', DEFAULT],
  [{}, { serviceName: 's' }, '--phoenix-project', 's', DEFAULT],
  ...[
    ['service.name', '--service-name'],
    ['service.version', '--service-version'],
    ['openinference.project.name', '--phoenix-project'],
  ].map(
    ([attribute, name]): [
      Record<string, string>,
      Record<string, string>,
      string,
      string,
      object,
    ] => [
      { OTEL_RESOURCE_ATTRIBUTES: `${attribute}=r` },
      {},
      name!,
      'r',
      variable('OTEL_RESOURCE_ATTRIBUTES'),
    ],
  ),
])('environment %j, flags %j: %s is %j', (env, flags, name, value, source) => {
  expect(settingOf(describeSettings(load(env, flags)), name)).toMatchObject({ value, source });
});

test('what an env file says is told with the file', () => {
  const loaded = load({}, { envFile: 'my.env' }, { 'my.env': 'OTEL_SERVICE_NAME=s' });
  expect(settingOf(describeSettings(loaded), '--service-name')?.source).toEqual({
    kind: 'file',
    name: 'OTEL_SERVICE_NAME',
    file: 'my.env',
  });
});

// Environment, and what is said of the traces' goal.
test.each<[Record<string, string>, object]>([
  [{}, { exporters: ['otlp'], url: 'http://localhost:6006/v1/traces', source: DEFAULT }],
  [
    { PHOENIX_ENDPOINT: 'http://u:s3cr3t@p' },
    { exporters: ['otlp'], url: 'http://***@p/v1/traces', source: variable('PHOENIX_ENDPOINT') },
  ],
  [
    { OTEL_TRACES_EXPORTER: 'otlp,console', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c' },
    {
      exporters: ['otlp', 'console'],
      url: 'http://c/v1/traces',
      source: variable('OTEL_EXPORTER_OTLP_ENDPOINT'),
    },
  ],
  [
    { OTEL_TRACES_EXPORTER: 'console', PHOENIX_ENDPOINT: 'http://p' },
    { exporters: ['console'], url: null, source: variable('OTEL_TRACES_EXPORTER') },
  ],
  [
    { OTEL_SDK_DISABLED: 'true', PHOENIX_ENDPOINT: 'http://p' },
    { exporters: [], url: null, source: variable('OTEL_SDK_DISABLED') },
  ],
])('%j: the traces go to %j', (env, goal) => {
  expect(describeSettings(load(env)).endpoints.traces).toEqual(goal);
});

test('the warnings are there', () => {
  const loaded = load({ OTEL_TRACES_EXPORTER: 'zipkin' });
  expect(describeSettings(loaded).warnings).toEqual(loaded.warnings);
  expect(loaded.warnings).toHaveLength(1);
});
