import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Child } from '../support/child';
import { startCli, stopAll } from '../support/cli';
import { createCertificates, FAR_HOST, type Certificates } from '../support/certificates';
import { SIGNALS } from '../support/otlp-types';
import { startProxy } from '../support/proxy';
import { startReceiver, type Behaviour, type Receiver } from '../support/receiver';
import { findingOf, runDoctor, statesOf } from './support/doctor';
import { closedPort, requireFree } from './support/free-port';

// `ts-calculator doctor` before receivers of every kind; a real Phoenix: test/phoenix/doctor.test.ts.

const MAX_MILLIS = 5_000;
const TRACES_ALONE = { OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' };
const WAY = { endpoint: 'ok', name: 'ok', connection: 'ok' };

let receiver: Receiver;
beforeEach(async () => void (receiver = await startReceiver()));
afterEach(async () => {
  await stopAll();
  await receiver.close();
});

test('a collector that takes all three: well', async () => {
  const diagnosis = await runDoctor(receiver.env);
  expect(diagnosis.exit.code).toBe(0);
  for (const signal of SIGNALS) {
    expect(statesOf(diagnosis, signal)).toEqual({ ...WAY, answer: 'ok' });
    expect(findingOf(diagnosis, signal, 'endpoint').detail).toBe(
      `${receiver.url}/v1/${signal} (OTEL_EXPORTER_OTLP_ENDPOINT)`,
    );
    const { detail, millis } = findingOf(diagnosis, signal, 'answer');
    expect(detail).toBe(`200: ${signal} are taken`);
    expect(millis).toBeGreaterThan(0);
  }
  expect(diagnosis.report).toMatchObject({ ok: true, version: expect.any(String) });
  expect(diagnosis.report).not.toHaveProperty('phoenix');
  const posts = receiver.requests.filter(({ method }) => method === 'POST');
  for (const { bytes, headers } of posts) {
    expect([bytes, headers['content-type']]).toEqual([0, 'application/x-protobuf']);
  }
  expect(receiver.spans).toEqual([]);
});

test('--send: a span goes the way of all spans', async () => {
  // OpenTelemetry's own diagnostics are no complaint about the span.
  const env = { ...receiver.env, ...TRACES_ALONE, OTEL_LOG_LEVEL: 'all' };
  const diagnosis = await runDoctor(env, '--send');
  expect(diagnosis.exit.code).toBe(0);
  expect(receiver.spans).toHaveLength(1);
  const [span] = receiver.spans;
  expect(span).toMatchObject({
    name: 'ping',
    attributes: { 'mcp.client.name': 'ts-calculator doctor', 'openinference.span.kind': 'CHAIN' },
  });
  expect(findingOf(diagnosis, 'traces', 'probe span').detail).toBe(`taken: trace ${span!.traceId}`);
});

test('--send behind a receiver that takes empty exports alone: told', async () => {
  receiver.behave({ kind: 'status', status: 507 }, { signal: 'traces' });
  receiver.behave({ kind: 'accept' }, { signal: 'traces', times: 2 });
  const diagnosis = await runDoctor({ ...receiver.env, ...TRACES_ALONE }, '--send');
  expect(diagnosis.exit.code).toBe(1);
  expect(findingOf(diagnosis, 'traces', 'probe span')).toMatchObject({
    state: 'fail',
    detail: expect.stringMatching(/^telemetry: traces: .* answered 507 \(its database is full/),
  });
});

test('--send, and traces that are sent nowhere: a fault', async () => {
  const diagnosis = await runDoctor({ ...receiver.env, OTEL_TRACES_EXPORTER: 'none' }, '--send');
  expect(diagnosis.exit.code).toBe(1);
  expect(findingOf(diagnosis, 'traces', 'probe span')).toMatchObject({
    ...{ state: 'fail', detail: 'not sent' },
  });
});

test('a user and a password in the address go with each question, and are not told', async () => {
  const url = receiver.url.replace('//', '//me:s3cr3t@');
  const diagnosis = await runDoctor({ ...TRACES_ALONE, PHOENIX_ENDPOINT: url });
  expect(diagnosis.exit.code).toBe(0);
  expect(receiver.requests.map(({ path }) => path)).toContain('/arize_phoenix_version');
  for (const { headers } of receiver.requests) expect(headers.authorization).toMatch(/^Basic /);
  expect(diagnosis.output).not.toContain('s3cr3t');
});

test('a host that looks like an option of Node is a host', async () => {
  const diagnosis = await runDoctor({ ...TRACES_ALONE, PHOENIX_ENDPOINT: 'http://--version:7106' });
  expect(findingOf(diagnosis, 'traces', 'name').detail).toMatch(/E\w+ --version$/);
});

test('what is turned off is not looked at', async () => {
  const off = await runDoctor({ ...receiver.env, OTEL_SDK_DISABLED: 'true' });
  expect(off.exit.code).toBe(0);
  expect(findingOf(off, 'logs', 'exporter').detail).toBe('turned off by OTEL_SDK_DISABLED');
  const some = await runDoctor(
    { ...receiver.env, OTEL_LOGS_EXPORTER: 'none' },
    '--metrics',
    'console',
  );
  expect(some.exit.code).toBe(0);
  expect(findingOf(some, 'metrics', 'exporter').detail).toBe('to stderr alone by --metrics');
  expect(findingOf(some, 'logs', 'exporter').detail).toBe('turned off by OTEL_LOGS_EXPORTER');
  const posts = receiver.requests.filter(({ method }) => method === 'POST');
  expect(new Set(posts.map(({ path }) => path))).toEqual(new Set(['/v1/traces']));
});

describe('nothing listens', () => {
  test('where it was asked for: a fault', async () => {
    const port = await closedPort();
    const diagnosis = await runDoctor({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://localhost:${port}` });
    expect(diagnosis.exit.code).toBe(1);
    expect(findingOf(diagnosis, 'metrics', 'connection')).toMatchObject({
      state: 'fail',
      detail: expect.stringContaining('ECONNREFUSED'),
      remedy: expect.stringMatching(/start a collector.*PHOENIX_METRICS_ENDPOINT.*--metrics none/),
    });
    expect(findingOf(diagnosis, 'traces', 'connection').remedy).toMatch(/start Phoenix/);
  });

  test('at addresses nobody asked for: no fault while anything is received', async () => {
    await requireFree(4318, 'A receiver');
    const diagnosis = await runDoctor({ PHOENIX_ENDPOINT: receiver.url });
    expect(diagnosis.exit.code).toBe(0);
    expect(statesOf(diagnosis, 'metrics')).toMatchObject({ connection: 'note' });
    expect(statesOf(diagnosis, 'traces')).toEqual({ ...WAY, answer: 'ok', Phoenix: 'note' });
  });
});

const PROTOBUF_ANSWERS: [string, Behaviour, RegExp, RegExp][] = [
  [
    'a wrong key',
    { kind: 'status', status: 401 },
    /^answered 401: no key was sent$/,
    /PHOENIX_API_KEY/,
  ],
  [
    'no right',
    { kind: 'status', status: 403 },
    /^answered 403: no key was sent$/,
    /use one that does/,
  ],
  ['no such path', { kind: 'status', status: 404 }, /^answered 404$/, /check host, port and path/],
  [
    'a redirect',
    { kind: 'status', status: 307, location: 'http://me:s3cr3t@phoenix.test/?key=s3cr3t' },
    /^answered 307 and leads to http:\/\/\*\*\*@phoenix\.test\/\?key=\*\*\*$/,
    /set the address that it leads to/,
  ],
  ['405', { kind: 'status', status: 405 }, /^answered 405$/, /Phoenix: \/v1\/traces/],
  ['a full queue', { kind: 'status', status: 503 }, /^answered 503$/, /OTEL_TRACES_SAMPLER/],
  ['a web page', { kind: 'html' }, /^answered 200 with a web page$/, /another program/],
  ['silence', { kind: 'hang' }, /4 s/, /look at its log/],
];

test.each(PROTOBUF_ANSWERS)('%s', async (_title, behaviour, detail, remedy) => {
  receiver.behave(behaviour);
  const diagnosis = await runDoctor({ ...TRACES_ALONE, PHOENIX_ENDPOINT: receiver.url });
  expect(diagnosis.exit.code).toBe(1);
  expect(diagnosis.exit.afterSpawnMs).toBeLessThan(MAX_MILLIS);
  expect(statesOf(diagnosis, 'traces')).toEqual({ ...WAY, answer: 'fail' });
  const answer = findingOf(diagnosis, 'traces', 'answer');
  expect(answer.detail).toMatch(detail);
  expect(answer.remedy).toMatch(remedy);
});

test('a black hole, in which connections are neither taken nor refused', async () => {
  // Listens, never accepts, and its queue is full: what comes then is not answered.
  const hole = new Child([process.execPath, '-e', BLACK_HOLE]);
  const port = await hole.waitFor(() => Number(hole.stdout) || undefined);
  const fillers = Array.from({ length: 4 }, () => connect({ port, host: '127.0.0.1' }));
  for (const filler of fillers) filler.on('error', () => {});
  try {
    const url = `http://127.0.0.1:${port}`;
    const diagnosis = await runDoctor({ OTEL_EXPORTER_OTLP_ENDPOINT: url }, '--send');
    expect(diagnosis.exit.code).toBe(1);
    expect(diagnosis.exit.afterSpawnMs).toBeLessThan(MAX_MILLIS);
    for (const signal of SIGNALS) {
      expect(findingOf(diagnosis, signal, 'connection')).toMatchObject({
        state: 'fail',
        remedy: expect.stringContaining('firewall'),
      });
    }
  } finally {
    for (const filler of fillers) filler.destroy();
  }
});

const BLACK_HOLE = `
const server = require('node:net').createServer();
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  require('node:fs').writeSync(1, server.address().port + '\\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

describe('what is no HTTP at all', () => {
  let server: Server;
  let url: string;
  const listen = async (onConnection: (socket: Socket) => void): Promise<void> => {
    server = createServer().on('connection', onConnection);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    server.unref();
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  afterEach(() => server.close());

  test('another program', async () => {
    await listen((socket) => socket.on('error', () => {}).end('SSH-2.0-OpenSSH_9.2\r\n'));
    const diagnosis = await runDoctor({ ...TRACES_ALONE, PHOENIX_ENDPOINT: url });
    expect(diagnosis.exit.code).toBe(1);
    expect(findingOf(diagnosis, 'traces', 'answer').remedy).toMatch(
      /no HTTP\/1\.1 is spoken there/,
    );
  });

  test('https:// where no TLS is spoken', async () => {
    await listen((socket) => socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const diagnosis = await runDoctor({
      ...{ ...TRACES_ALONE, PHOENIX_ENDPOINT: url.replace('http:', 'https:') },
    });
    expect(findingOf(diagnosis, 'traces', 'TLS')).toMatchObject({
      state: 'fail',
      remedy: 'no TLS is spoken there: http:// in place of https://?',
    });
  });
});

test('a key that is kept from where it may not go is told, and is told nowhere itself', async () => {
  receiver.behave({ kind: 'status', status: 401 });
  const env = { ...receiver.env, ...TRACES_ALONE, PHOENIX_API_KEY: 's3cr3t-4711' };
  const diagnosis = await runDoctor(env, '--send');
  expect(findingOf(diagnosis, 'traces', 'answer').remedy).toBe(
    "Phoenix's key goes only to an address that is given as a Phoenix's: give it by PHOENIX_ENDPOINT in place of OTEL_EXPORTER_OTLP_ENDPOINT, or the key by OTEL_EXPORTER_OTLP_HEADERS",
  );
  expect(diagnosis.output).not.toContain('s3cr3t');
  expect(JSON.stringify(receiver.requests.map(({ headers }) => headers))).not.toContain('s3cr3t');
});

describe('TLS', () => {
  let certificates: Certificates;
  let secured: Receiver;
  beforeAll(() => void (certificates = createCertificates()));
  afterAll(() => certificates.remove());
  beforeEach(async () => void (secured = await startReceiver({ tls: certificates })));
  afterEach(() => secured.close());

  test('a private authority', async () => {
    const env = { ...TRACES_ALONE, PHOENIX_ENDPOINT: secured.url };
    const unknown = await runDoctor(env);
    expect(unknown.exit.code).toBe(1);
    expect(findingOf(unknown, 'traces', 'TLS')).toMatchObject({
      state: 'fail',
      remedy: expect.stringContaining('OTEL_EXPORTER_OTLP_CERTIFICATE'),
    });
    const known = await runDoctor({
      ...{ ...env, OTEL_EXPORTER_OTLP_CERTIFICATE: certificates.files.ca },
    });
    expect(known.exit.code).toBe(0);
    expect(findingOf(known, 'traces', 'TLS').detail).toMatch(
      /^TLSv1\.3, certificate of server by test authority, good until \d{4}-\d\d-\d\d$/,
    );
  });

  test('through a proxy, whose password is not told', async () => {
    const proxy = await startProxy(secured.url, { authorization: 'Basic bWU6czNjcjN0' });
    try {
      const shown = proxy.url.replace('//', '//***@');
      const diagnosis = await runDoctor({
        ...TRACES_ALONE,
        PHOENIX_ENDPOINT: `https://${FAR_HOST}/s/space`,
        HTTPS_PROXY: proxy.url.replace('//', '//me:s3cr3t@'),
        OTEL_EXPORTER_OTLP_CERTIFICATE: certificates.files.ca,
        DEBUG: '*',
      });
      expect(diagnosis.exit.code).toBe(0);
      expect(findingOf(diagnosis, 'traces', 'endpoint').detail).toBe(
        `https://${FAR_HOST}/s/space/v1/traces (PHOENIX_ENDPOINT), through ${shown} (HTTPS_PROXY)`,
      );
      expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${FAR_HOST}:443`]));
      expect(diagnosis.output).not.toContain('s3cr3t');
    } finally {
      await proxy.close();
    }
  });
});

test('for people: a table on stdout, and nothing on stderr', async () => {
  receiver.behave({ kind: 'status', status: 405 }, { signal: 'metrics' });
  const cli = startCli({ args: ['doctor'], env: receiver.env });
  expect((await cli.exit).code).toBe(1);
  expect(cli.stderr).toBe('');
  expect(cli.stdout).toMatch(/^metrics +ok +endpoint +http/m);
  expect(cli.stdout).toMatch(/FAIL +answer +answered 405\n +→ metrics are not taken there/);
  expect(cli.lines.at(-1)).toBe('Not well: 1 fault.');
});

test('a wrong flag ends it with one line', async () => {
  const cli = startCli({ args: ['doctor', '--log-level', 'loud'] });
  expect((await cli.exit).code).toBe(1);
  expect(cli.stderr).toMatch(/^ts-calculator: --log-level: 'loud' is not one of .*\n$/);
  expect(cli.stdout).toBe('');
});
