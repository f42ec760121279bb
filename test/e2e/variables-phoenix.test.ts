import { stopAll } from '../support/cli';
import { SIGNALS, type Signal } from '../support/otlp-types';
import type { Receiver } from '../support/receiver';
import { run, withReceivers } from './support/run';

// PHOENIX_*: where traces go, and who is shown the key.

afterEach(stopAll);

const KEY = 'phoenix-key-4711';
const BEARER = `Bearer ${KEY}`;

const signalsAt = ({ requests }: Receiver): Signal[] =>
  SIGNALS.filter((signal) => requests.some((request) => request.signal === signal));
const authorizations = ({ requests }: Receiver): (string | undefined)[] => [
  ...new Set(requests.map(({ headers }) => headers.authorization)),
];

/** Traces to one receiver by PHOENIX_*, the rest to another. */
const withPhoenix = (
  test: (phoenix: Receiver, collector: Receiver) => Promise<void>,
): Promise<void> => withReceivers(2, (phoenix, collector) => test(phoenix!, collector!));

const toCollector = ({ url }: Receiver) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url });

describe('the endpoint', () => {
  test.each([
    ['PHOENIX_ENDPOINT', '', '/v1/traces'],
    ['PHOENIX_ENDPOINT', '/', '/v1/traces'],
    ['PHOENIX_ENDPOINT', '/v1/traces', '/v1/traces'],
    ['PHOENIX_ENDPOINT', '/v1/traces/', '/v1/traces'],
    ['PHOENIX_ENDPOINT', '/s/space', '/s/space/v1/traces'],
    ['PHOENIX_COLLECTOR_ENDPOINT', '', '/v1/traces'],
    ['PHOENIX_COLLECTOR_ENDPOINT', '/s/space/v1/traces', '/s/space/v1/traces'],
  ])('%s=…%s', (name, suffix, path) =>
    withPhoenix(async (phoenix, collector) => {
      const env = { ...toCollector(collector), [name]: phoenix.url + suffix };
      await run({ endpoints: () => env });
      expect(signalsAt(phoenix)).toEqual(['traces']);
      expect(new Set(phoenix.requests.map((request) => request.path))).toEqual(new Set([path]));
      expect(signalsAt(collector)).toEqual(['metrics', 'logs']);
    }),
  );

  test('--phoenix-endpoint beats OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, which beats PHOENIX_ENDPOINT', () =>
    withReceivers(3, async (flag, otel, variable) => {
      const env = {
        ...toCollector(variable!),
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${otel!.url}/v1/traces`,
        PHOENIX_ENDPOINT: variable!.url,
      };
      await run({ endpoints: () => env });
      expect([signalsAt(otel!), signalsAt(variable!)]).toEqual([['traces'], ['metrics', 'logs']]);
      otel!.clear();
      await run({ endpoints: () => env, args: ['--phoenix-endpoint', flag!.url] });
      expect([signalsAt(flag!), signalsAt(otel!)]).toEqual([['traces'], []]);
    }));

  test('PHOENIX_METRICS_ENDPOINT takes the metrics', () =>
    withPhoenix(async (metrics, collector) => {
      const env = { ...toCollector(collector), PHOENIX_METRICS_ENDPOINT: metrics.url };
      await run({ endpoints: () => env });
      expect(signalsAt(metrics)).toEqual(['metrics']);
      expect(signalsAt(collector)).toEqual(['traces', 'logs']);
    }));
});

describe('PHOENIX_API_KEY', () => {
  test.each<[string, (phoenix: Receiver) => { env?: Record<string, string>; args?: string[] }]>([
    ['PHOENIX_ENDPOINT', ({ url }) => ({ env: { PHOENIX_ENDPOINT: url } })],
    ['PHOENIX_COLLECTOR_ENDPOINT', ({ url }) => ({ env: { PHOENIX_COLLECTOR_ENDPOINT: url } })],
    ['--phoenix-endpoint', ({ url }) => ({ args: ['--phoenix-endpoint', url] })],
  ])('goes to %s as a bearer token, and nowhere else', (_name, where) =>
    withPhoenix(async (phoenix, collector) => {
      const { env, args = [] } = where(phoenix);
      const { cli } = await run({
        endpoints: () => ({ ...toCollector(collector), ...env, PHOENIX_API_KEY: KEY }),
        args,
      });
      expect(authorizations(phoenix)).toEqual([BEARER]);
      expect(authorizations(collector)).toEqual([undefined]);
      expect(JSON.stringify(collector.requests.map(({ headers }) => headers))).not.toContain(KEY);
      expect(cli.stderr).not.toContain(KEY);
    }),
  );

  test.each<[string, (url: string) => Record<string, string>]>([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', (url) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url })],
    [
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
      (url) => ({
        OTEL_EXPORTER_OTLP_ENDPOINT: url,
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${url}/v1/traces`,
        PHOENIX_ENDPOINT: 'http://127.0.0.1:9',
      }),
    ],
  ])('does not go to %s', async (_name, endpoints) => {
    const env = { PHOENIX_API_KEY: KEY, PHOENIX_CLIENT_HEADERS: 'x-phoenix=1' };
    const { receiver } = await run({ endpoints: ({ url }) => endpoints(url), env });
    expect(signalsAt(receiver)).toEqual(SIGNALS);
    expect(authorizations(receiver)).toEqual([undefined]);
    for (const { headers } of receiver.requests) expect(headers).not.toHaveProperty('x-phoenix');
  });
});

test.each([301, 302, 303, 307, 308])(
  'a redirect (%i) is not followed: the key is for the host that was named',
  (status) =>
    withReceivers(3, async (named, other, collector) => {
      named!.behave({ kind: 'status', status, location: `${other!.url}/v1/traces` });
      const env = { PHOENIX_ENDPOINT: named!.url, PHOENIX_API_KEY: KEY };
      const { cli } = await run({ endpoints: () => ({ ...toCollector(collector!), ...env }) });
      expect(other!.requests).toEqual([]);
      expect(cli.stderr).toContain(
        `answered ${status} (a redirect: set the address that it leads to); such a batch is dropped (told once)`,
      );
    }),
);

describe('PHOENIX_CLIENT_HEADERS', () => {
  test.each([
    ['as Python writes them', 'x-a=1,X-B=two%20words'],
    ['as JSON', '{"x-a": "1", "X-B": "two words"}'],
  ])('%s: to Phoenix alone', (_title, value) =>
    withPhoenix(async (phoenix, collector) => {
      const env = { ...toCollector(collector), PHOENIX_ENDPOINT: phoenix.url };
      await run({ endpoints: () => ({ ...env, PHOENIX_CLIENT_HEADERS: value }) });
      for (const { headers } of phoenix.requests) {
        expect(headers).toMatchObject({ 'x-a': '1', 'x-b': 'two words' });
      }
      expect(phoenix.requests.length).toBeGreaterThan(0);
      for (const { headers } of collector.requests) expect(headers).not.toHaveProperty('x-a');
    }),
  );

  test('an authorization of its own beats the key', () =>
    withPhoenix(async (phoenix, collector) => {
      const env = {
        ...toCollector(collector),
        PHOENIX_ENDPOINT: phoenix.url,
        PHOENIX_API_KEY: KEY,
        PHOENIX_CLIENT_HEADERS: 'Authorization=Basic%20abc',
      };
      await run({ endpoints: () => env });
      expect(authorizations(phoenix)).toEqual(['Basic abc']);
    }));
});
