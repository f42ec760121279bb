import { stopAll } from '../support/cli';
import type { Behaviour, Receiver } from '../support/receiver';
import { run, type Run } from './support/run';

// A key, a header's value, a password in a URL: seen by the receiver they are meant for, and nowhere
// else: not on stderr, not in what is sent, whatever goes wrong and however much is logged.

afterEach(stopAll);

const SECRET = 's3cr3t-4711';

const SOURCES: [string, (receiver: Receiver) => Record<string, string>][] = [
  ['PHOENIX_API_KEY', ({ url }) => ({ PHOENIX_ENDPOINT: url, PHOENIX_API_KEY: SECRET })],
  [
    'PHOENIX_CLIENT_HEADERS',
    ({ url }) => ({ PHOENIX_ENDPOINT: url, PHOENIX_CLIENT_HEADERS: `x-key=${SECRET}` }),
  ],
  ['OTEL_EXPORTER_OTLP_HEADERS', () => ({ OTEL_EXPORTER_OTLP_HEADERS: `x-key=${SECRET}` })],
  [
    'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
    () => ({ OTEL_EXPORTER_OTLP_TRACES_HEADERS: `x-key=${SECRET}` }),
  ],
  [
    'a query in OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    ({ url }) => ({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${url}/v1/traces?key=${SECRET}` }),
  ],
  [
    'a password in OTEL_EXPORTER_OTLP_ENDPOINT',
    ({ url }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url.replace('://', `://user:${SECRET}@`) }),
  ],
];

const BEHAVIOURS: [string, Behaviour | 'down'][] = [
  ['healthy', { kind: 'accept' }],
  ['401 that quotes the key', { kind: 'status', status: 401, body: `bad key ${SECRET}` }],
  ['400 that quotes the key', { kind: 'status', status: 400, body: `bad key ${SECRET}` }],
  ['503', { kind: 'status', status: 503, body: SECRET }],
  ['closes the connection', { kind: 'close' }],
  ['garbage', { kind: 'garbage' }],
  ['down', 'down'],
];

/** Everything that left the process but the headers and the URL. */
const said = ({ receiver, cli }: Run): string =>
  JSON.stringify(
    receiver.requests.map(({ message }) => message),
    (_key, value) => (typeof value === 'bigint' ? `${value}` : value),
  ) +
  cli.stderr +
  cli.stdout;

const CASES = SOURCES.flatMap(([source, env]) =>
  BEHAVIOURS.map(([title, behaviour]) => ({ source, env, title, behaviour })),
);

test.each(CASES)('$source, receiver: $title', async ({ env, behaviour }) => {
  const finished = await run({
    endpoints: (receiver) => ({ ...receiver.env, ...env(receiver) }),
    prepare: (receiver) => {
      if (behaviour === 'down') void receiver.refuse();
      else receiver.behave(behaviour);
    },
    env: { OTEL_LOG_LEVEL: 'all' },
    args: ['--log-level', 'debug'],
  });
  expect(finished.exit.code).toBe(0);
  expect(said(finished)).not.toContain(SECRET);
  expect(said(finished)).not.toContain(Buffer.from(`user:${SECRET}`).toString('base64'));
});

test.each<[string, Record<string, string>]>([
  ['PHOENIX_API_KEY', { PHOENIX_API_KEY: `${SECRET}\u00e9` }],
  ['PHOENIX_CLIENT_HEADERS', { PHOENIX_CLIENT_HEADERS: `{"x": ${SECRET}` }],
  ['OTEL_EXPORTER_OTLP_HEADERS', { OTEL_EXPORTER_OTLP_HEADERS: SECRET }],
  ['OTEL_EXPORTER_OTLP_LOGS_HEADERS', { OTEL_EXPORTER_OTLP_LOGS_HEADERS: `a b=${SECRET}` }],
  [
    'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `ftp://user:${SECRET}@host/?key=${SECRET}` },
  ],
])('a bad %s is told without its value', async (name, env) => {
  const finished = await run({ env: { OTEL_LOG_LEVEL: 'all', ...env } });
  expect(finished.cli.stderr).toMatch(new RegExp(`WARN.*${name}`));
  expect(said(finished)).not.toContain(SECRET);
});

test('the password of a URL reaches the receiver as basic authorization', async () => {
  const { receiver } = await run({
    endpoints: ({ url }) => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: url.replace('://', `://user:${SECRET}@`),
    }),
  });
  const expected = `Basic ${Buffer.from(`user:${SECRET}`).toString('base64')}`;
  for (const { headers } of receiver.requests) expect(headers.authorization).toBe(expected);
  expect(receiver.spans.length).toBeGreaterThan(0);
});
