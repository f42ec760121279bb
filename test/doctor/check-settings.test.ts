import { checkSettings } from '../../src/doctor/check-settings';
import { load } from '../config/support';

type Env = Record<string, string>;

const check = (env: Env) =>
  checkSettings(load(env), { nodeVersion: 'v20.20.2', execPath: '/usr/bin/node', env });

test('a setting that is not used is told', () => {
  expect(check({ OTEL_TRACES_EXPORTER: 'zipkin' })).toEqual([
    {
      ...{ subject: 'settings', check: 'value', state: 'note' },
      detail: expect.stringMatching(/^OTEL_TRACES_EXPORTER: 'zipkin' is not one of/),
    },
  ]);
});

test.each<[string, string | undefined]>([
  ['PHOENIX_ENDPONT', 'PHOENIX_ENDPOINT'],
  ['PHOENIX_APIKEY', 'PHOENIX_API_KEY'],
  ['TS_CALCULATOR_LOGLEVEL', 'TS_CALCULATOR_LOG_LEVEL'],
  ['OTEL_EXPORTER_OTLP_ENDPIONT', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  ['PHOENIX_ENDPOINT', undefined],
  ['PHOENIX_PORT', undefined],
  ['PHOENIX_WORKING_DIR', undefined],
  ['OTEL_PYTHON_LOG_LEVEL', undefined],
  ['HOME', undefined],
])('the variable %s: did you mean %s?', (name, meant) => {
  const found = check({ [name]: 'http://localhost:6006' });
  expect(found).toEqual(
    meant === undefined
      ? []
      : [
          {
            ...{ subject: 'settings', check: 'name', state: 'note' },
            detail: `${name} is not read`,
            remedy: `did you mean ${meant}?`,
          },
        ],
  );
});

test.each<[Env, string]>([
  [{ OTEL_TRACES_SAMPLER: 'always_off' }, '0 % of the traces are sent (OTEL_TRACES_SAMPLER)'],
  [
    { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.07' },
    '7 % of the traces are sent (OTEL_TRACES_SAMPLER)',
  ],
])('the sampler %j', (env, detail) => {
  expect(check(env)).toEqual([{ subject: 'settings', check: 'sampler', state: 'note', detail }]);
});

test('a sampler that keeps all is not spoken of', () => {
  expect(check({ OTEL_TRACES_SAMPLER: 'always_on' })).toEqual([]);
});
