import { ExportResultCode } from '@opentelemetry/core';
import { Agent, createServer, request, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Answers, parseRetryAfter } from '../../src/telemetry/answers';
import { exportOnce, ExportFailure, type Exporter } from '../../src/telemetry/export-once';
import { PartialSuccesses } from '../../src/telemetry/partial-success';

let server: Server;
let answer: RequestListener;
let sockets: Socket[];
let answers: Answers;
beforeEach(async () => {
  sockets = [];
  answers = new Answers();
  server = createServer((incoming, response) => answer(incoming, response));
  server.on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  answers.stop();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
});

const port = () => (server.address() as AddressInfo).port;

/** Does what the official exporters do: a post, a success for any 2xx, errors as they come. */
const exporter = (host = '127.0.0.1', agent?: Agent): Exporter<string> => ({
  export(items, callback) {
    const options = { host, port: port(), method: 'POST', path: `/${items}`, agent };
    const post = request(options, (response) => {
      const { statusCode = 0 } = response;
      response.on('error', () => callback({ code: ExportResultCode.SUCCESS }));
      response.resume().on('end', () => {
        if (statusCode < 300) callback({ code: ExportResultCode.SUCCESS });
        else callback({ code: ExportResultCode.FAILED, error: new Error('retryable status') });
      });
    });
    post.on('error', (error) => callback({ code: ExportResultCode.FAILED, error }));
    post.end(items);
  },
});

const send = (items = 'a', options: { exporter?: Exporter<string>; timeoutMillis?: number } = {}) =>
  exportOnce(options.exporter ?? exporter(), items, {
    answers,
    partial: new PartialSuccesses(),
    timeoutMillis: options.timeoutMillis ?? 5_000,
  });
const failure = async (sent: Promise<unknown>) => {
  const error = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ExportFailure);
  return error as ExportFailure;
};

test('a consent resolves', async () => {
  answer = (_, response) => response.end();
  await expect(send()).resolves.toBeUndefined();
});

test('an answer that is no consent is a failure that has what matters of it', async () => {
  answer = (_, response) => response.writeHead(429, { 'retry-after': '7' }).end('not now');
  const { message, answer: got } = await failure(send());
  expect([message, got]).toEqual([
    'answered 429',
    { status: 429, retryAfterMillis: 7_000, isWebPage: false },
  ]);
});

test('a web page is no consent', async () => {
  answer = (_, response) => response.setHeader('content-type', 'Text/HTML; charset=x').end('<p>');
  expect((await failure(send())).answer).toEqual({ status: 200, isWebPage: true });
});

test('of exports side by side each has its own answer', async () => {
  answer = ({ url }, response) => {
    const status = Number(url!.slice(1));
    setTimeout(() => response.writeHead(status).end(), 600 - status);
  };
  const failures = await Promise.all(['503', '500', '413', '401'].map((one) => failure(send(one))));
  expect(failures.map((one) => one.answer?.status)).toEqual([503, 500, 413, 401]);
});

test('a receiver that drips is given up in time, connection and all', async () => {
  answer = (_, response) => {
    response.writeHead(200, { 'content-length': 10_000 });
    const timer = setInterval(() => response.write('x'), 10);
    response.on('close', () => clearInterval(timer));
  };
  expect((await failure(send('a', { timeoutMillis: 100 }))).message).toBe('no answer in 100 ms');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true]);
});

test('no limit is no limit', async () => {
  answer = (_, response) => setTimeout(() => response.end(), 50);
  await expect(send('a', { timeoutMillis: 2 ** 31 - 1 })).resolves.toBeUndefined();
});

test('a connection that breaks off is a failure with its cause', async () => {
  answer = (_, response) => response.destroy();
  expect(await failure(send())).toMatchObject({ problem: 'ECONNRESET', answer: undefined });
});

test('nobody there: the error code, also where a name is several addresses', async () => {
  const here = port();
  await new Promise((resolve) => server.close(resolve));
  const gone: Exporter<string> = {
    export(_, callback) {
      request({ host: 'localhost', port: here }).on('error', (error) => {
        callback({ code: ExportResultCode.FAILED, error });
      });
    },
  };
  expect((await failure(send('a', { exporter: gone }))).problem).toBe('ECONNREFUSED');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

test('what fails before anything is sent is a fault of this side', async () => {
  const broken: Exporter<string> = {
    export: (_, callback) => callback({ code: ExportResultCode.FAILED, error: new Error('no') }),
  };
  const error = await send('a', { exporter: broken }).catch((reason: unknown) => reason);
  expect(error).toEqual(new Error('no'));
  expect(error).not.toBeInstanceOf(ExportFailure);
});

const NOW = Date.parse('2026-01-01T00:00:00Z');
test.each([
  [undefined, undefined],
  ['0', 0],
  ['120', 120_000],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
])('Retry-After: %s', (value, millis) => {
  expect(parseRetryAfter(value, NOW)).toBe(millis);
});

test('a connection that breaks is stale only where it had been kept', async () => {
  const agent = new Agent({ keepAlive: true });
  const kept = exporter('127.0.0.1', agent);
  try {
    answer = (_, response) => response.end();
    await send('a', { exporter: kept });
    answer = ({ socket }) => socket.destroy();
    const onKept = await failure(send('b', { exporter: kept }));
    expect(onKept).toMatchObject({ problem: 'ECONNRESET', isStale: true });
    const onNew = await failure(send('c', { exporter: kept }));
    expect(onNew).toMatchObject({ problem: 'ECONNRESET', isStale: false });
  } finally {
    agent.destroy();
  }
});
