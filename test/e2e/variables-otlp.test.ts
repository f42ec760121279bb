import { join } from 'node:path';
import { stopAll } from '../support/cli';
import { createCertificates, type Certificates } from '../support/certificates';
import { SIGNALS, type Signal } from '../support/otlp-types';
import type { ReceivedRequest, Receiver } from '../support/receiver';
import { run, withReceivers, type Run } from './support/run';
import { complaints } from './support/stderr-lines';

// OTEL_EXPORTER_OTLP_*, for all signals and for one, by what arrives.

afterEach(stopAll);

const otlp = (name: string, signal?: Signal): string =>
  `OTEL_EXPORTER_OTLP_${signal ? `${signal.toUpperCase()}_` : ''}${name}`;

const requestsOf = ({ requests }: Receiver, signal: Signal): ReceivedRequest[] =>
  requests.filter((request) => request.signal === signal);
const headersOf = (finished: Run, signal: Signal) =>
  requestsOf(finished.receiver, signal).map(({ headers }) => headers);

describe('ENDPOINT', () => {
  test.each([
    ['', '/v1/'],
    ['/', '/v1/'],
    ['/a/b', '/a/b/v1/'],
    ['/a/b/', '/a/b/v1/'],
  ])('a base URL ending in %j', async (suffix, path) => {
    const { receiver } = await run({
      endpoints: ({ url }) => ({ [otlp('ENDPOINT')]: url + suffix }),
    });
    for (const signal of SIGNALS) {
      const paths = new Set(requestsOf(receiver, signal).map((request) => request.path));
      expect([...paths]).toEqual([`${path}${signal}`]);
    }
  });

  test.each(SIGNALS)('that of %s is the full URL and beats the base', async (signal) => {
    await withReceivers(2, async (base, own) => {
      const env = {
        [otlp('ENDPOINT')]: base!.url,
        [otlp('ENDPOINT', signal)]: `${own!.url}/x/v1/${signal}`,
      };
      await run({ endpoints: () => env });
      expect(requestsOf(base!, signal)).toEqual([]);
      expect(new Set(own!.requests.map(({ path }) => path))).toEqual(new Set([`/x/v1/${signal}`]));
      for (const other of SIGNALS.filter((each) => each !== signal)) {
        expect(requestsOf(base!, other).length).toBeGreaterThan(0);
      }
    });
  });

  test('a path that is no /v1/…: it is used as it is', async () => {
    const { receiver } = await run({
      receiver: { paths: { '/ingest': 'traces' } },
      endpoints: ({ url }) => ({
        ...{ [otlp('ENDPOINT')]: url },
        [otlp('ENDPOINT', 'traces')]: `${url}/ingest`,
      }),
    });
    expect(new Set(requestsOf(receiver, 'traces').map(({ path }) => path))).toEqual(
      new Set(['/ingest']),
    );
  });

  test('--otlp-endpoint beats it, and is beaten by that of a signal', async () => {
    await withReceivers(3, async (variable, flag, own) => {
      const env = {
        [otlp('ENDPOINT')]: variable!.url,
        [otlp('ENDPOINT', 'logs')]: `${own!.url}/v1/logs`,
      };
      await run({ endpoints: () => env, args: ['--otlp-endpoint', flag!.url] });
      expect(variable!.requests).toEqual([]);
      expect(SIGNALS.filter((signal) => requestsOf(flag!, signal).length > 0)).toEqual([
        'traces',
        'metrics',
      ]);
      expect(requestsOf(own!, 'logs').length).toBeGreaterThan(0);
    });
  });
});

describe('HEADERS', () => {
  test('go with every signal, percent-decoded', async () => {
    const finished = await run({ env: { [otlp('HEADERS')]: 'X-Key=abc, other=a%20b%3Dc' } });
    for (const signal of SIGNALS) {
      for (const headers of headersOf(finished, signal)) {
        expect(headers).toMatchObject({ 'x-key': 'abc', other: 'a b=c' });
      }
    }
  });

  test.each(SIGNALS)('those of %s are its alone and beat the general ones', async (signal) => {
    const env = { [otlp('HEADERS')]: 'k=general,l=all', [otlp('HEADERS', signal)]: 'K=own,m=own' };
    const finished = await run({ env });
    for (const each of SIGNALS) {
      const expected =
        each === signal ? { k: 'own', l: 'all', m: 'own' } : { k: 'general', l: 'all' };
      for (const headers of headersOf(finished, each)) {
        expect(headers).toMatchObject(expected);
        if (each !== signal) expect(headers).not.toHaveProperty('m');
      }
    }
  });
});

describe('COMPRESSION', () => {
  const encodings = ({ receiver }: Run, signal: Signal) => [
    ...new Set(requestsOf(receiver, signal).map(({ encoding }) => encoding)),
  ];
  test.each([
    ['gzip', 'gzip'],
    ['none', 'identity'],
    ['', 'identity'],
  ])('%j', async (value, encoding) => {
    const finished = await run({ env: { [otlp('COMPRESSION')]: value } });
    for (const signal of SIGNALS) expect(encodings(finished, signal)).toEqual([encoding]);
    expect(finished.receiver.spans.length).toBeGreaterThan(0);
  });

  test.each(SIGNALS)('gzip for %s alone', async (signal) => {
    const finished = await run({ env: { [otlp('COMPRESSION', signal)]: 'gzip' } });
    for (const each of SIGNALS) {
      expect(encodings(finished, each)).toEqual([each === signal ? 'gzip' : 'identity']);
    }
  });
});

describe('PROTOCOL', () => {
  test.each([undefined, ...SIGNALS])(
    'http/json is told once and http/protobuf used: %s',
    async (signal) => {
      const { receiver, cli } = await run({ env: { [otlp('PROTOCOL', signal)]: 'http/json' } });
      expect(complaints(cli.stderr)).toEqual([
        expect.stringMatching(
          new RegExp(`WARN.*${otlp('PROTOCOL', signal)}.*http/json.*http/protobuf`),
        ),
      ]);
      for (const { headers } of receiver.requests) {
        expect(headers['content-type']).toBe('application/x-protobuf');
      }
      expect(receiver.spans.length).toBeGreaterThan(0);
    },
  );

  test('http/protobuf needs no word', async () => {
    const { cli } = await run({ env: { [otlp('PROTOCOL')]: 'http/protobuf' } });
    expect(complaints(cli.stderr)).toEqual([]);
  });
});

describe('TIMEOUT', () => {
  /** A receiver that is silent once: what times out early is sent again. */
  const attempts = async (env: Record<string, string>, signal: Signal): Promise<number> => {
    const { receiver } = await run(
      {
        env,
        prepare: (receiver) => receiver.behave({ kind: 'hang' }, { signal, times: 1 }),
      },
      async (cli, receiver) => {
        await cli.request('ping');
        await receiver.waitFor(() => requestsOf(receiver, signal).length > 1);
      },
    );
    return requestsOf(receiver, signal).length;
  };

  test.each(['traces', 'logs'] as const)('of %s', async (signal) => {
    expect(await attempts({ [otlp('TIMEOUT', signal)]: '150' }, signal)).toBeGreaterThan(1);
  });

  test('general', async () => {
    expect(await attempts({ [otlp('TIMEOUT')]: '150' }, 'traces')).toBeGreaterThan(1);
  });

  test('of metrics: told long before the interval, which bounds an export too, is over', async () => {
    const env = { OTEL_METRIC_EXPORT_INTERVAL: '60000', [otlp('TIMEOUT', 'metrics')]: '150' };
    const prepare = (receiver: Receiver) =>
      receiver.behave({ kind: 'hang' }, { signal: 'metrics' });
    await run({ env, prepare }, (cli) => cli.waitForStderr(/WARN.*telemetry: metrics: /));
  });
});

describe('CERTIFICATE, CLIENT_CERTIFICATE, CLIENT_KEY', () => {
  let certificates: Certificates;
  beforeAll(() => void (certificates = createCertificates()));
  afterAll(() => certificates.remove());

  const client = (signal?: Signal) => ({
    [otlp('CERTIFICATE', signal)]: certificates.files.ca,
    [otlp('CLIENT_CERTIFICATE', signal)]: certificates.files.clientCert,
    [otlp('CLIENT_KEY', signal)]: certificates.files.clientKey,
  });
  const tls = (clientCertificate: boolean) => ({
    receiver: { tls: certificates, clientCertificate },
  });
  const arrived = ({ receiver }: Run): Signal[] =>
    SIGNALS.filter((signal) => requestsOf(receiver, signal).length > 0);

  test('a private authority', async () => {
    const env = { [otlp('CERTIFICATE')]: certificates.files.ca };
    expect(arrived(await run({ ...tls(false), env }))).toEqual(SIGNALS);
  });

  test('without it nothing arrives, and that is told', async () => {
    const finished = await run(tls(false));
    expect(arrived(finished)).toEqual([]);
    expect(finished.exit.code).toBe(0);
    expect(complaints(finished.cli.stderr).join('\n')).toMatch(/WARN/);
  });

  test('a client certificate, for all signals', async () => {
    expect(arrived(await run({ ...tls(true), env: client() }))).toEqual(SIGNALS);
  });

  test.each(SIGNALS)('a client certificate for %s alone', async (signal) => {
    expect(arrived(await run({ ...tls(true), env: client(signal) }))).toEqual([signal]);
  });

  test('a file that is not there is told by its variable', async () => {
    const { receiver, cli } = await run({
      env: { [otlp('CERTIFICATE')]: join('no', 'such.pem') },
    });
    expect(complaints(cli.stderr)).toEqual([
      expect.stringMatching(/WARN.*OTEL_EXPORTER_OTLP_CERTIFICATE.*no\/such\.pem/),
    ]);
    expect(receiver.spans.length).toBeGreaterThan(0);
  });
});
