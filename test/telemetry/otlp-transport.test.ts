import type { ExportResponse } from '@opentelemetry/otlp-exporter-base';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { ExportFailure, OtlpTransport, parseRetryAfter } from '../../src/telemetry/otlp-transport';

let server: Server;
let answer: RequestListener;
let sockets: Socket[];
const transports: OtlpTransport[] = [];
beforeEach(async () => {
  sockets = [];
  server = createServer((request, response) => answer(request, response));
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  transports.splice(0).forEach((transport) => transport.shutdown());
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
});

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`;
function transport(more: Partial<ConstructorParameters<typeof OtlpTransport>[0]> = {}) {
  const made = new OtlpTransport({
    url: url(),
    headers: {},
    compression: 'none',
    tls: {},
    ...more,
  });
  transports.push(made);
  return made;
}

const DATA = Buffer.from('some protobuf');
const send = (timeoutMillis = 5_000): Promise<ExportResponse> =>
  transport().send(DATA, timeoutMillis);
async function failure(response: Promise<ExportResponse>): Promise<ExportFailure> {
  const { status, error } = (await response) as { status: string; error?: unknown };
  expect(status).toBe('failure');
  expect(error).toBeInstanceOf(ExportFailure);
  return error as ExportFailure;
}

test.each(['none', 'gzip'] as const)('posts the bytes: compression %s', async (compression) => {
  const got: unknown[] = [];
  answer = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    got.push(request.method, request.url, request.headers, body);
    response.end('thanks');
  };
  const { status, data } = (await transport({
    compression,
    headers: { 'x-key': 'k', 'content-type': 'application/json' },
  }).send(DATA, 5_000)) as { status: string; data: Uint8Array };
  expect([status, Buffer.from(data).toString()]).toEqual(['success', 'thanks']);
  const [method, path, headers, body] = got as [string, string, object, Buffer];
  expect([method, path]).toEqual(['POST', '/v1/traces']);
  expect(headers).toMatchObject({
    'x-key': 'k',
    'content-type': 'application/x-protobuf',
    'content-length': String(body.length),
    'user-agent': expect.stringMatching(/^ts-calculator\/\S+ OTel-OTLP-Exporter-JavaScript$/),
  });
  expect('content-encoding' in headers).toBe(compression === 'gzip');
  expect(compression === 'gzip' ? gunzipSync(body) : body).toEqual(DATA);
});

test('an answer that is no consent is a failure that has what matters of it', async () => {
  answer = (_, response) => response.writeHead(429, { 'retry-after': '7' }).end('not now');
  expect(await failure(send())).toMatchObject({
    message: 'answered 429',
    code: 429,
    answer: { status: 429, retryAfterMillis: 7_000, isWebPage: false },
  });
});

test('a web page is no consent', async () => {
  answer = (_, response) => response.setHeader('content-type', 'Text/HTML; charset=x').end('<p>');
  expect((await failure(send())).answer).toEqual({ status: 200, isWebPage: true });
});

test('a redirect is not followed', async () => {
  let asked = 0;
  answer = (_, response) => {
    asked++;
    response.writeHead(307, { location: '/elsewhere' }).end();
  };
  expect((await failure(send())).code).toBe(307);
  expect(asked).toBe(1);
});

test.each<[string, RequestListener]>([
  ['never answers', () => undefined],
  [
    'drips',
    (_, response) => {
      response.writeHead(200, { 'content-length': 10_000 });
      const timer = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(timer));
    },
  ],
])('a receiver that %s is given up in time, connection and all', async (_, listener) => {
  answer = listener;
  expect((await failure(send(100))).message).toBe('no answer in 100 ms');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true]);
});

test('an endless answer is not kept', async () => {
  answer = (_, response) => {
    const more = () => {
      while (response.write(Buffer.alloc(65_536)));
    };
    response.on('drain', more);
    response.writeHead(500);
    more();
  };
  expect((await failure(send())).code).toBe(500);
});

test('a connection that breaks off is a failure with its cause', async () => {
  answer = (_, response) => response.destroy();
  expect(await failure(send())).toMatchObject({ problem: 'ECONNRESET', answer: undefined });
});

test('nobody there: the error code, also where a name is several addresses', async () => {
  const { port } = new URL(url());
  const local = transport({ url: `http://localhost:${port}/` });
  await new Promise((resolve) => server.close(resolve));
  expect((await failure(local.send(DATA, 5_000))).problem).toBe('ECONNREFUSED');
});

test('an idle connection that the receiver has just closed costs no export', async () => {
  const one = transport();
  let requests = 0;
  answer = (request, response) => {
    requests++;
    // The second request comes on the kept connection, which dies under it.
    if (requests === 2) request.socket.resetAndDestroy();
    else response.end();
  };
  expect((await one.send(DATA, 5_000)).status).toBe('success');
  expect((await one.send(DATA, 5_000)).status).toBe('success');
  expect([requests, sockets.length]).toEqual([3, 2]);
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
