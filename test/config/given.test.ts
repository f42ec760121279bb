import { givenSettings } from '../../src/config';
import { load } from './support';

test('nothing is given: nothing', () => {
  expect(givenSettings(load())).toEqual([]);
});

test('what counts is told once, under the name that was used', () => {
  const file = 'OTEL_SERVICE_NAME=of-the-file\nPHOENIX_PROJECT=p\nTS_CALCULATOR_LOG_LEVEL=debug';
  const loaded = load(
    {
      OTEL_SERVICE_NAME: 'of-the-env',
      PHOENIX_ENDPOINT: 'nonsense',
      PHOENIX_COLLECTOR_ENDPOINT: 'http://p',
      OTEL_LOGS_EXPORTER: '',
    },
    { envFile: 'e', logLevel: 'warn' },
    { e: file },
  );
  expect(givenSettings(loaded).map(({ kind, name, text }) => [kind, name, text])).toEqual([
    ['variable', 'OTEL_SERVICE_NAME', 'of-the-env'],
    ['variable', 'PHOENIX_COLLECTOR_ENDPOINT', 'http://p'],
    ['variable', 'PHOENIX_PROJECT', 'p'],
    ['flag', '--log-level', 'warn'],
  ]);
});

test.each([
  ['PHOENIX_API_KEY', true, false],
  ['PHOENIX_CLIENT_HEADERS', true, false],
  ['OTEL_EXPORTER_OTLP_HEADERS', true, false],
  ['OTEL_EXPORTER_OTLP_LOGS_HEADERS', true, false],
  ['OTEL_EXPORTER_OTLP_CERTIFICATE', false, true],
  ['OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE', false, true],
  ['OTEL_EXPORTER_OTLP_CLIENT_KEY', false, true],
  ['OTEL_SERVICE_NAME', false, false],
])('%s: secret %j, file %j', (name, isSecret, isFile) => {
  expect(givenSettings(load({ [name]: 'a=b' }))).toEqual([
    {
      kind: 'variable',
      name,
      text: 'a=b',
      isSecret,
      isFile,
      isSwitch: false,
      appliesTo: undefined,
    },
  ]);
});
