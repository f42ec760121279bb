import { describeSource } from '../../src/config';
import { load, onlyWarning } from './support';

type Env = Record<string, string>;
const OTLP = 'OTEL_EXPORTER_OTLP_';

// Each row beats the rows below it, for traces.
const TRACES: readonly (readonly [flags: Env, env: Env, url: string, source: string])[] = [
  [{ phoenixEndpoint: 'http://flag' }, {}, 'http://flag/v1/traces', '--phoenix-endpoint'],
  [{}, { [`${OTLP}TRACES_ENDPOINT`]: 'http://own/x' }, 'http://own/x', `${OTLP}TRACES_ENDPOINT`],
  [{}, { PHOENIX_ENDPOINT: 'http://phoenix' }, 'http://phoenix/v1/traces', 'PHOENIX_ENDPOINT'],
  [
    {},
    { PHOENIX_COLLECTOR_ENDPOINT: 'http://pc' },
    'http://pc/v1/traces',
    'PHOENIX_COLLECTOR_ENDPOINT',
  ],
  [{ otlpEndpoint: 'http://base' }, {}, 'http://base/v1/traces', '--otlp-endpoint'],
  [{}, { [`${OTLP}ENDPOINT`]: 'http://general' }, 'http://general/v1/traces', `${OTLP}ENDPOINT`],
  [{}, {}, 'http://localhost:6006/v1/traces', 'default'],
];

test.each(TRACES.map((row, i) => [row[3], i] as const))('traces: %s beats what follows', (_, i) => {
  const [, , url, source] = TRACES[i]!;
  const rows = TRACES.slice(i);
  const flags = Object.assign({}, ...rows.map((row) => row[0])) as Env;
  const env = Object.assign({}, ...rows.map((row) => row[1])) as Env;
  const { settings, endpoints } = load(env, flags);
  expect(settings.signals.traces.url).toBe(url);
  expect(describeSource(endpoints.traces.source)).toBe(source);
  expect(settings.signals.traces.configured).toBe(source !== 'default');
});

test.each<[Env, string, string]>([
  [{}, 'http://localhost:4318/v1/metrics', 'http://localhost:4318/v1/logs'],
  [
    { PHOENIX_ENDPOINT: 'http://p' },
    'http://localhost:4318/v1/metrics',
    'http://localhost:4318/v1/logs',
  ],
  [
    { PHOENIX_METRICS_ENDPOINT: 'http://p:1' },
    'http://p:1/v1/metrics',
    'http://localhost:4318/v1/logs',
  ],
  [
    { PHOENIX_METRICS_ENDPOINT: 'http://p/v1/metrics', [`${OTLP}ENDPOINT`]: 'http://c' },
    'http://p/v1/metrics',
    'http://c/v1/logs',
  ],
  [
    {
      [`${OTLP}METRICS_ENDPOINT`]: 'http://m',
      [`${OTLP}LOGS_ENDPOINT`]: 'http://l/',
      PHOENIX_METRICS_ENDPOINT: 'http://p',
    },
    'http://m',
    'http://l/',
  ],
])('metrics and logs of %j', (env, metrics, logs) => {
  const { settings } = load(env);
  expect(settings.signals.metrics.url).toBe(metrics);
  expect(settings.signals.logs.url).toBe(logs);
});

test.each<[string, string, string]>([
  ['PHOENIX_ENDPOINT', 'http://x:6006', 'http://x:6006/v1/traces'],
  ['PHOENIX_ENDPOINT', 'http://x:6006/', 'http://x:6006/v1/traces'],
  ['PHOENIX_ENDPOINT', 'http://x:6006/v1/traces', 'http://x:6006/v1/traces'],
  ['PHOENIX_ENDPOINT', 'http://x:6006/v1/traces/', 'http://x:6006/v1/traces'],
  [
    'PHOENIX_COLLECTOR_ENDPOINT',
    'https://app.phoenix.arize.com/s/space',
    'https://app.phoenix.arize.com/s/space/v1/traces',
  ],
  [
    'PHOENIX_COLLECTOR_ENDPOINT',
    'https://app.phoenix.arize.com/s/space/v1/traces',
    'https://app.phoenix.arize.com/s/space/v1/traces',
  ],
  [`${OTLP}ENDPOINT`, 'http://x/otlp/', 'http://x/otlp/v1/traces'],
  [`${OTLP}ENDPOINT`, 'http://x/v1/traces', 'http://x/v1/traces/v1/traces'],
  [`${OTLP}ENDPOINT`, 'http://x/otlp?a=b', 'http://x/otlp/v1/traces?a=b'],
  [`${OTLP}TRACES_ENDPOINT`, 'http://x/any/', 'http://x/any/'],
])('%s=%s: traces to %s', (name, given, url) => {
  expect(load({ [name]: given }).settings.signals.traces.url).toBe(url);
});

// Where Phoenix's key goes: authorization of traces, of metrics and of logs.
const KEY = 'Bearer key';
test.each<[string, Env, Env, (string | undefined)[]]>([
  ['the default', {}, {}, [KEY, undefined, undefined]],
  ['the flag', {}, { phoenixEndpoint: 'http://p' }, [KEY, undefined, undefined]],
  ['PHOENIX_ENDPOINT', { PHOENIX_ENDPOINT: 'http://p' }, {}, [KEY, undefined, undefined]],
  [
    'PHOENIX_COLLECTOR_ENDPOINT',
    { PHOENIX_COLLECTOR_ENDPOINT: 'http://p' },
    {},
    [KEY, undefined, undefined],
  ],
  ['PHOENIX_METRICS_ENDPOINT', { PHOENIX_METRICS_ENDPOINT: 'http://p' }, {}, [KEY, KEY, undefined]],
  ['a collector', { [`${OTLP}ENDPOINT`]: 'http://c' }, {}, [undefined, undefined, undefined]],
  ['a collector by flag', {}, { otlpEndpoint: 'http://c' }, [undefined, undefined, undefined]],
  [
    'a collector for traces',
    { [`${OTLP}TRACES_ENDPOINT`]: 'http://c' },
    {},
    [undefined, undefined, undefined],
  ],
  [
    'a collector for traces beside Phoenix',
    { [`${OTLP}TRACES_ENDPOINT`]: 'http://c', PHOENIX_ENDPOINT: 'http://p' },
    {},
    [undefined, undefined, undefined],
  ],
])("Phoenix's key and headers with %s", (_, env, flags, expected) => {
  const secrets = { PHOENIX_API_KEY: 'key', PHOENIX_CLIENT_HEADERS: 'x-phoenix=yes' };
  const { settings, warnings } = load({ ...env, ...secrets }, flags);
  const { traces, metrics, logs } = settings.signals;
  expect([traces, metrics, logs].map(({ headers }) => headers.authorization)).toEqual(expected);
  expect([traces, metrics, logs].map(({ headers }) => headers['x-phoenix'])).toEqual(
    expected.map((key) => key && 'yes'),
  );
  expect(warnings).toEqual([]);
});

test.each<[Env, string]>([
  [{ PHOENIX_CLIENT_HEADERS: 'Authorization=Basic%20x' }, 'Basic x'],
  [
    { [`${OTLP}TRACES_HEADERS`]: 'authorization=a', PHOENIX_CLIENT_HEADERS: 'authorization=b' },
    'a',
  ],
  [{ [`${OTLP}HEADERS`]: 'authorization=a', PHOENIX_CLIENT_HEADERS: 'authorization=b' }, 'b'],
])('%j beats the key', (env, authorization) => {
  const { headers } = load({ ...env, PHOENIX_API_KEY: 'key' }).settings.signals.traces;
  expect(headers.authorization).toBe(authorization);
});

test("the key beats the headers meant for every receiver: those may hold a collector's token", () => {
  const env = { [`${OTLP}HEADERS`]: 'authorization=Basic%20x', PHOENIX_API_KEY: 'key' };
  const { traces, metrics } = load(env).settings.signals;
  expect([traces, metrics].map(({ headers }) => headers.authorization)).toEqual([
    'Bearer key',
    'Basic x',
  ]);
});

test.each<[string, Record<string, string>]>([
  ['a=1,b=2', { a: '1', b: '2' }],
  [' A = 1 , b=2=3,,', { a: '1', b: '2=3' }],
  ['auth=Bearer%20x%2Cy', { auth: 'Bearer x,y' }],
  ['a=1+1;x', { a: '1+1;x' }],
  ['{"A":"x y, z","b":"2"}', { a: 'x y, z', b: '2' }],
])('PHOENIX_CLIENT_HEADERS=%s', (text, headers) => {
  expect(load({ PHOENIX_CLIENT_HEADERS: text }).settings.signals.traces.headers).toEqual(headers);
});

// No part of a secret may be in a message: s3cr3t stands for one.
test.each<[Env, string, Record<string, string>]>([
  [
    { [`${OTLP}HEADERS`]: 'a=1,s3cr3t' },
    `${OTLP}HEADERS: entry 2 is not NAME=VALUE: it is left out`,
    { a: '1' },
  ],
  [
    { [`${OTLP}HEADERS`]: '=s3cr3t' },
    `${OTLP}HEADERS: entry 1 is not NAME=VALUE: it is left out`,
    {},
  ],
  [
    { [`${OTLP}HEADERS`]: 'a=s3cr3t%0d%0ab:c' },
    `${OTLP}HEADERS: entry 1 is no header value: it is left out`,
    {},
  ],
  [
    { [`${OTLP}HEADERS`]: 'a=s3cr3t%' },
    `${OTLP}HEADERS: entry 1 is not percent-encoded correctly: it is left out`,
    {},
  ],
  [
    { [`${OTLP}TRACES_HEADERS`]: 'a s3cr3t=1' },
    `${OTLP}TRACES_HEADERS: entry 1 is no header name: it is left out`,
    {},
  ],
  [
    { PHOENIX_CLIENT_HEADERS: '{"a":"s3cr3té"}' },
    'PHOENIX_CLIENT_HEADERS: entry 1 is no header value: it is left out',
    {},
  ],
  [
    { PHOENIX_CLIENT_HEADERS: '{"s3cr3t":1}' },
    'PHOENIX_CLIENT_HEADERS: entry 1 is not a string: it is left out',
    {},
  ],
  [
    { PHOENIX_CLIENT_HEADERS: '{s3cr3t' },
    'PHOENIX_CLIENT_HEADERS: its value is neither NAME=VALUE,… nor a JSON object of strings; it is ignored',
    {},
  ],
  [
    { PHOENIX_API_KEY: 's3cr3t\nx' },
    'PHOENIX_API_KEY: its value has characters that no header can carry; it is ignored',
    {},
  ],
])('%j: %s', (env, warning, headers) => {
  const loaded = load(env);
  expect(onlyWarning(loaded)).toBe(warning);
  expect(loaded.settings.signals.traces.headers).toEqual(headers);
});

test('certificates are read once, and a signal’s own beat the general ones', () => {
  const pem = (name: string): string => `-----BEGIN ${name}-----\n`;
  const files = { ca: pem('CA'), cert: pem('CERT'), key: pem('KEY'), own: pem('OWN') };
  const env = {
    [`${OTLP}CERTIFICATE`]: 'ca',
    [`${OTLP}CLIENT_CERTIFICATE`]: 'cert',
    [`${OTLP}CLIENT_KEY`]: 'key',
    [`${OTLP}LOGS_CERTIFICATE`]: 'own',
    [`${OTLP}METRICS_CERTIFICATE`]: 'missing',
  };
  const loaded = load(env, {}, files);
  const general = { ca: files.ca, cert: files.cert, key: files.key };
  const { traces, metrics, logs } = loaded.settings.signals;
  expect(traces.tls).toEqual(general);
  expect(metrics.tls).toEqual(general);
  expect(logs.tls).toEqual({ ...general, ca: files.own });
  expect(onlyWarning(loaded)).toMatch(`${OTLP}METRICS_CERTIFICATE: 'missing' cannot be read`);
});
