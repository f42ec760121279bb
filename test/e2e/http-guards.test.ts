import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopAll } from '../support/cli';
import { ask, type Question, type Reply } from '../support/http-client';
import { startHttpServer, type HttpServer } from '../support/http-server';
import { HttpSession } from '../support/http-session';
import { RawConnection, requestText } from '../support/raw-connection';
import { startReceiver, type Receiver } from '../support/receiver';
import { error, ping } from './support/lines';

// Whom the server lets in: by Host and Origin, against rebinding, and by bearer token.

const APP = 'https://app.example.com';
const TOKENS = ['first-token.0123456789', 'second~token+/_-=='];

let folder: string;
let receiver: Receiver;
let server: HttpServer;
let guarded: HttpServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ts-calculator-http-'));
  const tokens = join(folder, 'tokens');
  writeFileSync(tokens, `\n${TOKENS[0]}\r\n  ${TOKENS[1]}  \n\n`);
  receiver = await startReceiver();
  const args = ['--allowed-origin', `${APP},http://localhost:5173`];
  args.push('--allowed-host', 'calc.example.com,Other.Example.com');
  [server, guarded] = await Promise.all([
    startHttpServer({ args, env: receiver.env }),
    startHttpServer({ args: ['--auth-token-file', tokens, ...args], env: receiver.env }),
  ]);
});
afterAll(async () => {
  await stopAll();
  await receiver.close();
  rmSync(folder, { recursive: true });
});

const post = ({ url }: HttpServer, headers: Question['headers']) =>
  ask(url, { body: ping(1), headers });

function expectRefused(reply: Reply, status: number, words: RegExp): void {
  expect([reply.status, reply.text]).toEqual([status, expect.stringMatching(words)]);
  expect(JSON.parse(reply.text)).toEqual(error(-32000, expect.any(String)));
}

describe('Host', () => {
  const own = ['localhost', 'LocalHost', '127.0.0.1', '[::1]', '192.168.1.7'];
  test.each([
    ...own,
    'calc.example.com',
    'CALC.example.com',
    'other.example.com',
    'app.example.com',
  ])('%s is let in, whatever the port', async (host) => {
    for (const port of ['', `:${server.port}`, ':1']) {
      expect((await post(server, { Host: host + port })).status).toBe(200);
    }
  });

  test.each([
    ...['evil.example.com', 'localhost.evil.com', 'xlocalhost', '127.0.0.1.evil.com'],
    ...['localhost:80:80', 'http://localhost', 'localhost@evil.com', 'user@localhost', '[evil]'],
    ...['calc.example.com.', '0x7f.1', '2130706433'],
  ])('%j is not: 403', async (host) => {
    expectRefused(await post(server, { Host: host }), 403, /Host|known as|--allowed-host/);
  });

  test.each(['/health', '/metrics', '/nowhere'])(
    'a foreign one is not at %s either',
    async (path) => {
      const reply = await ask(server.at(path), { headers: { Host: `evil.com:${server.port}` } });
      expectRefused(reply, 403, /evil\.com/);
    },
  );

  test.each([
    ['none', undefined],
    ['an empty one', ''],
  ])('%s: 400, as HTTP asks', async (_, host) => {
    const connection = new RawConnection(server.port);
    connection.write(requestText('GET /health', { Host: host, Connection: 'close' }));
    await connection.closed;
    expect([connection.status, connection.text]).toEqual([
      400,
      expect.stringMatching(/"jsonrpc":"2\.0".*Host/),
    ]);
  });

  test('of a whole URL in the request’s line it is that which counts', async () => {
    for (const [authority, status] of [
      ['localhost', 200],
      ['evil.com', 403],
    ] as const) {
      const connection = new RawConnection(server.port);
      const headers = { Host: 'localhost', Connection: 'close' };
      connection.write(requestText(`GET http://${authority}/health?x`, headers));
      await connection.closed;
      expect(connection.status).toBe(status);
    }
  });
});

describe('Origin', () => {
  test.each(['https://evil.example.com', 'null', 'https://app.example.com.evil.com', ''])(
    '%j is foreign: 403, and nothing for its page to read',
    async (origin) => {
      for (const method of ['POST', 'OPTIONS', 'GET', 'DELETE']) {
        const reply = await ask(server.url, { method, headers: { Origin: origin } });
        expectRefused(reply, 403, /--allowed-origin/);
        expect(Object.keys(reply.headers).join()).not.toMatch(/access-control/);
      }
    },
  );

  test.each([`${APP}:8443`, 'http://app.example.com', `${APP}/`, 'http://localhost:5174'])(
    '%s is another than the one that is allowed: 403',
    async (origin) => {
      expectRefused(await post(server, { Origin: origin }), 403, /--allowed-origin/);
    },
  );

  test('our own is let in, and asks for no leave', async () => {
    for (const host of ['localhost', '127.0.0.1']) {
      const authority = `${host}:${server.port}`;
      const reply = await post(server, { Host: authority, Origin: `http://${authority}` });
      expect(reply.status).toBe(200);
      expect(reply.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  test('our own on another port is another', async () => {
    const origin = `http://localhost:${server.port + 1}`;
    expectRefused(await post(server, { Origin: origin }), 403, /--allowed-origin/);
  });

  test.each([APP, 'http://localhost:5173'])(
    '%s is allowed, with what CORS asks',
    async (origin) => {
      const reply = await post(server, { Origin: origin });
      expect(reply.status).toBe(200);
      expect(reply.headers).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-expose-headers': expect.stringMatching(/Mcp-Session-Id/),
        vary: 'Origin',
      });
      expect(reply.headers).not.toHaveProperty('access-control-allow-credentials');
    },
  );

  test('its page may read refusals, events and the stream, too', async () => {
    const Origin = APP;
    const session = await HttpSession.begin(server.url, { headers: { Origin } });
    const stream = await session.listen();
    const replies = [
      session.initialized,
      stream,
      await session.post(ping(1), { Accept: 'text/event-stream' }),
      await session.post('no JSON'),
      await ask(server.url, { headers: { Origin } }),
      await ask(server.at('/nowhere'), { headers: { Origin } }),
      await post(guarded, { Origin }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 400, 400, 404, 401]);
    for (const { headers } of replies) expect(headers['access-control-allow-origin']).toBe(APP);
    stream.vanish();
  });

  test.each([
    ['without a token', () => server],
    ['where a token is wanted: a preflight has none', () => guarded],
  ])('a preflight is answered %s', async (_, of) => {
    const reply = await ask(of().url, {
      method: 'OPTIONS',
      headers: {
        Origin: APP,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type,mcp-session-id',
        'Access-Control-Request-Private-Network': 'true',
      },
    });
    expect([reply.status, reply.text]).toEqual([204, '']);
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': APP,
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-max-age': '86400',
      'access-control-allow-private-network': 'true',
    });
    const allowed = reply.headers['access-control-allow-headers']!.toLowerCase().split(', ');
    expect(allowed).toEqual(
      expect.arrayContaining([
        ...['content-type', 'accept', 'authorization', 'mcp-session-id', 'mcp-protocol-version'],
        ...['last-event-id', 'traceparent', 'tracestate', 'baggage'],
      ]),
    );
  });
});

describe('a token is wanted', () => {
  test.each(TOKENS)('each of the file’s is one: %s', async (token) => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER ']) {
      expect((await post(guarded, { Authorization: `${scheme} ${token}` })).status).toBe(200);
    }
  });

  test.each([
    ['none', undefined],
    ['an empty one', ''],
    ['a scheme without a token', 'Bearer'],
    ['another scheme', `Basic ${Buffer.from('a:b').toString('base64')}`],
    ['no scheme', TOKENS[0]],
  ])('%s: 401, and which is wanted', async (_, authorization) => {
    const reply = await post(guarded, { Authorization: authorization });
    expectRefused(reply, 401, /Authorization: Bearer/);
    expect(reply.headers['www-authenticate']).toBe('Bearer realm="ts-calculator"');
  });

  test.each([
    ['another', 'third-token'],
    ['a shorter', TOKENS[0]!.slice(0, -1)],
    ['a longer', `${TOKENS[0]}0`],
    ['of other case', TOKENS[0]!.toUpperCase()],
    ['both', TOKENS.join(',')],
    ['a long', 'x'.repeat(10_000)],
  ])('%s one: 401, an invalid token', async (_, token) => {
    const reply = await post(guarded, { Authorization: `Bearer ${token}` });
    expectRefused(reply, 401, /not one of/);
    expect(reply.headers['www-authenticate']).toBe(
      'Bearer realm="ts-calculator", error="invalid_token"',
    );
    expect(reply.text).not.toContain(token);
  });

  test('a session’s id does not stand for it', async () => {
    const headers = { Authorization: `Bearer ${TOKENS[0]}` };
    const session = await HttpSession.begin(guarded.url, { headers });
    for (const method of ['GET', 'POST', 'DELETE']) {
      const reply = await session.ask({ method, headers: { Authorization: undefined } });
      expectRefused(reply, 401, /token/);
    }
    expect((await session.request('ping')).result).toEqual({});
  });

  test('/health is open, /metrics is not', async () => {
    expect((await ask(guarded.at('/health'))).status).toBe(200);
    expectRefused(await ask(guarded.at('/metrics')), 401, /token/);
    const headers = { Authorization: `Bearer ${TOKENS[1]}` };
    expect((await ask(guarded.at('/metrics'), { headers })).status).not.toBe(401);
  });
});

test('no token is told, and an id on spans alone; nothing is on stdout', async () => {
  const headers = { Authorization: `Bearer ${TOKENS[0]}` };
  const session = await HttpSession.begin(guarded.url, { headers });
  const other = 'ffeeddccbbaa99887766554433221100';
  await session.request('ping');
  await ask(guarded.url, { body: ping(1), headers: { ...headers, 'Mcp-Session-Id': other } });
  await ask(`${guarded.url}?token=${TOKENS[0]}`, { body: ping(1) });
  guarded.cli.kill();
  server.cli.kill();
  for (const { cli } of [guarded, server]) {
    expect(await cli.exit).toMatchObject({ code: 0 });
    expect(cli.stdout).toBe('');
  }
  const { spans, logs } = receiver;
  expect(spans.length).toBeGreaterThan(20);
  const logged = [guarded.cli.stderr, server.cli.stderr, ...logs.map(text)].join('\n');
  const told = [logged, ...spans.map(text)].join('\n');
  // Not `toContain`, which would print all of it.
  expect([...TOKENS, other].filter((secret) => told.includes(secret))).toEqual([]);
  expect([logged.includes(session.id), told.includes(session.id)]).toEqual([false, true]);
  expect(/\n\s+at .*\(/.exec(told)).toBeNull();
});

const text = (record: object): string =>
  JSON.stringify(record, (_, value) => (typeof value === 'bigint' ? String(value) : value));
