import { renderSettings } from '../../src/cli/settings-text';
import { describeSettings } from '../../src/config';
import { load } from '../config/support';

const sectionsOf = (env: Record<string, string>, flags: object = {}): string[] =>
  renderSettings(describeSettings(load(env, flags))).split('\n\n');

test('where the signals go comes first, then what is set, then the rest', () => {
  const [endpoints, set, rest] = sectionsOf(
    { PHOENIX_ENDPOINT: 'http://p', OTEL_METRICS_EXPORTER: 'none' },
    { logs: 'console' },
  );
  expect(endpoints!.split('\n')).toEqual([
    'Endpoints',
    '  traces   http://p/v1/traces  PHOENIX_ENDPOINT',
    '  metrics  none                OTEL_METRICS_EXPORTER',
    '  logs     console             --logs',
  ]);
  expect(set!.split('\n')).toEqual([
    'Set',
    '  --metrics           none      OTEL_METRICS_EXPORTER',
    '  --logs              console   --logs',
    '  --phoenix-endpoint  http://p  PHOENIX_ENDPOINT',
  ]);
  expect(rest).toMatch(/^Not set\n {2}--service-name +ts-calculator +default\n/);
  expect(rest).toMatch(/^ {2}PHOENIX_API_KEY +– +default$/m);
});

test('nothing set is said', () => {
  expect(sectionsOf({})[1]).toBe('Set\n  nothing');
});

test('a long value leaves the other sources where they are', () => {
  const [, set] = sectionsOf({ OTEL_SERVICE_NAME: 'x'.repeat(100), SERVICE_VERSION: '1' });
  expect(set!.split('\n')[2]).toBe(`  --service-version  1${' '.repeat(65)}SERVICE_VERSION`);
});

test('a line is a setting, whatever is in its value', () => {
  const [, set] = sectionsOf({ OTEL_SERVICE_NAME: 'a\nb\x1b[31m' });
  expect(set).toContain(String.raw`  --service-name  a\nb\u001b[31m  OTEL_SERVICE_NAME`);
});
