import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { stopAll } from '../support/cli';
import { ask, messagesOf } from '../support/http-client';
import { startHttpServer, type HttpServer } from '../support/http-server';
import { RawConnection, requestText } from '../support/raw-connection';
import { answer, call, error, ping, result } from './support/lines';
import { peakMegabytes } from './support/memory';

// What is too large or no HTTP: the client sees the refusal, and the server serves on.

let server: HttpServer;
beforeAll(async () => {
  server = await startHttpServer();
});
afterEach(async () => {
  expect(messagesOf(await ask(server.url, { body: ping(1) }))).toEqual([result(1)]);
});
afterAll(async () => {
  server.cli.kill();
  expect(await server.cli.exit).toMatchObject({ code: 0 });
  expect(server.cli.stdout).toBe('');
  expect(server.cli.stderr).not.toMatch(/ERROR|\n\s+at .*\(/);
  await stopAll();
});

const MEGABYTE = 1024 * 1024;
const MAX_BYTES = 10 * MEGABYTE;
const CHUNK_BYTES = 100_000;

/** A message of so many bytes. */
function messageOf(bytes: number): Buffer {
  const message = JSON.stringify({ ...call(1, 'add', { a: 1, b: 2 }), padding: '' });
  return Buffer.from(message.replace('""}', `"${'x'.repeat(bytes - message.length)}"}`));
}

describe('a body', () => {
  test('of 10 MB is read', async () => {
    const reply = await ask(server.url, { body: messageOf(MAX_BYTES) });
    expect(messagesOf(reply)).toEqual([answer(1, '3')]);
  });

  test.each([1, MEGABYTE, 50 * MEGABYTE])('that is %i bytes more: 413', async (more) => {
    const reply = await ask(server.url, { body: messageOf(MAX_BYTES + more) });
    expect(reply.status).toBe(413);
    expect(JSON.parse(reply.text)).toEqual(error(-32000, expect.stringMatching(/10 MB/)));
  });

  test.each([
    [MAX_BYTES, 200],
    [MAX_BYTES + 1, 413],
    [50 * MEGABYTE, 413],
  ])('of %i bytes whose length is not said beforehand: %i', async (bytes, status) => {
    const connection = new RawConnection(server.port);
    const chunked = { 'Transfer-Encoding': 'chunked', Connection: 'close' };
    const head = { Host: 'localhost', 'Content-Type': 'application/json', ...chunked };
    connection.write(requestText('POST /mcp', head));
    const body = messageOf(bytes);
    for (let at = 0; at < bytes; at += CHUNK_BYTES) {
      const chunk = body.subarray(at, at + CHUNK_BYTES);
      connection.write(`${chunk.length.toString(16)}\r\n`);
      connection.write(chunk);
      connection.write('\r\n');
    }
    connection.write('0\r\n\r\n');
    await connection.closed;
    expect(connection.status).toBe(status);
    expect(connection.text).toMatch(status === 200 ? /"result"/ : /10 MB/);
  });

  test('that only says it is large is refused before it is sent', async () => {
    const connection = new RawConnection(server.port);
    const headers = { Host: 'localhost', 'Content-Type': 'application/json' };
    const large = { ...headers, 'Content-Length': '99999999999', Expect: '100-continue' };
    connection.write(requestText('POST /mcp', large));
    await connection.closed;
    expect(connection.text).toMatch(/^HTTP\/1\.1 413 /);
  });

  test.each([
    [MAX_BYTES, '200'],
    [11 * MEGABYTE, '413'],
  ])('as curl sends it, of %i bytes: %s', async (bytes, status) => {
    const curl = spawn('curl', [
      ...['-sS', '-X', 'POST', server.url, '-H', 'Content-Type: application/json'],
      ...['-H', 'Expect: 100-continue', '--data-binary', '@-', '-w', '\n%{http_code}'],
    ]);
    curl.stdin.on('error', () => {}); // It stops to read when it is refused.
    curl.stdin.end(messageOf(bytes));
    let text = '';
    for (const stream of [curl.stdout, curl.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    }
    await once(curl, 'close');
    expect(text.split('\n').at(-1)).toBe(status);
    expect(text).toContain(bytes > MAX_BYTES ? '10 MB' : '"result"');
  });

  test('is not kept whole where it is too large', () => {
    expect(peakMegabytes(server.cli)).toBeLessThan(300);
  });
});

describe('Expect', () => {
  const headers = { Host: 'localhost', 'Content-Type': 'application/json' };
  const body = JSON.stringify(ping(1));
  const length = { 'Content-Length': String(body.length) };

  test('100-continue: the body is asked for, and read', async () => {
    const connection = new RawConnection(server.port);
    connection.write(requestText('POST /mcp', { ...headers, ...length, Expect: '100-continue' }));
    await connection.waitForText('HTTP/1.1 100 Continue\r\n\r\n');
    connection.write(body);
    await connection.waitForText('"result":{}');
    expect(connection.text).toMatch(/HTTP\/1\.1 200 OK/);
    connection.destroy();
  });

  test.each<[string, string, Record<string, string>, number]>([
    ['an unknown path', 'POST /nowhere', {}, 404],
    ['a foreign Host', 'POST /mcp', { Host: 'evil.com' }, 403],
    ['another media type', 'POST /mcp', { 'Content-Type': 'text/plain' }, 415],
    ['another form', 'POST /mcp', { Accept: 'text/html' }, 406],
    ['another method', 'PUT /mcp', {}, 405],
  ])('100-continue at %s: refused without the body', async (_, line, more, status) => {
    const connection = new RawConnection(server.port);
    const expects = { ...length, Expect: '100-continue', ...more };
    connection.write(requestText(line, { ...headers, ...expects }));
    await connection.closed;
    expect(connection.text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test('of something else does not matter', async () => {
    const connection = new RawConnection(server.port);
    const other = { ...length, Expect: '200-maybe', Connection: 'close' };
    connection.write(requestText('POST /mcp', { ...headers, ...other }, body));
    await connection.closed;
    expect(connection.status).toBe(200);
  });
});

describe('headers', () => {
  test.each([20_000, 200_000, 5 * MEGABYTE])('of %i bytes: 431', async (bytes) => {
    const connection = new RawConnection(server.port);
    const filled = { Host: 'localhost', 'X-Filler': 'x'.repeat(bytes) };
    connection.write(requestText('GET /health', filled));
    await connection.closed;
    expect(connection.status).toBe(431);
    expect(connection.text).toMatch(/\r\n\r\n\{"jsonrpc":"2\.0","error":.*16 KB/);
  });

  test('of 12 kB are read', async () => {
    const headers = { 'X-Filler': 'x'.repeat(12_000) };
    expect((await ask(server.at('/health'), { headers })).status).toBe(200);
  });
});

describe('what is no HTTP: 400', () => {
  test.each<[string, string | Buffer]>([
    ['a word', 'hello\r\n\r\n'],
    ['a JSON-RPC line, as on stdio', `${JSON.stringify(ping(1))}\n`],
    ['TLS', Buffer.from('16030100f8010000f40303', 'hex')],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['another version', 'GET /health HTTP/9.9\r\nHost: localhost\r\n\r\n'],
    ['bytes', Buffer.alloc(MEGABYTE, 0xff)],
    ['zeros', Buffer.alloc(100)],
    ['a header without a name', 'GET /health HTTP/1.1\r\n: x\r\n\r\n'],
    ['a length that is none', 'POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n'],
    [
      'two lengths (smuggling)',
      'POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n',
    ],
    [
      'a length and chunks (smuggling)',
      'POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    [
      'a chunk of no size',
      'POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    ],
  ])('%s', async (_, bytes) => {
    const connection = new RawConnection(server.port);
    connection.write(bytes);
    await connection.closed;
    expect(connection.status).toBe(400);
    const [, body = ''] = connection.text.split('\r\n\r\n');
    expect(JSON.parse(body)).toEqual(error(-32000, expect.stringMatching(/not HTTP/)));
  });
});

test.each([
  ['before its request', ''],
  ['in the middle of its headers', 'POST /mcp HTTP/1.1\r\nHost: loc'],
  [
    'in the middle of its body',
    requestText(
      'POST /mcp',
      { Host: 'localhost', 'Content-Type': 'application/json', 'Content-Length': '100' },
      '{"jsonrpc"',
    ),
  ],
])('a client that goes %s is no refusal', async (_, bytes) => {
  const before = await refusals();
  const [ending, resetting] = [new RawConnection(server.port), new RawConnection(server.port)];
  for (const connection of [ending, resetting]) connection.write(bytes || '\r\n');
  await ask(server.at('/health'));
  ending.end();
  resetting.destroy();
  await ending.closed;
  expect(await refusals()).toBe(before);
});

let marks = 0;
/** How much was refused as no HTTP until now. */
async function refusals(): Promise<number> {
  // What was told before this is on stderr when this is.
  const mark = `/mark-${++marks}`;
  await ask(server.at(mark));
  await server.cli.waitForStderr(mark);
  return server.cli.stderr.split('refused with 400').length - 1;
}

test('CONNECT opens no tunnel, and an upgrade is not asked for', async () => {
  const tunnel = new RawConnection(server.port);
  tunnel.write(requestText('CONNECT localhost:22', { Host: 'localhost' }));
  await tunnel.closed;
  expect(tunnel.text).not.toMatch(/^HTTP\/1\.1 2/);
  const upgrade = new RawConnection(server.port);
  const headers = { Host: 'localhost', Connection: 'Upgrade', Upgrade: 'websocket' };
  upgrade.write(requestText('GET /health', headers));
  await upgrade.waitForText('"status"');
  expect(upgrade.status).toBe(200);
  upgrade.destroy();
});
