import { stopAll } from '../support/cli';
import { ask, messagesOf, type Question, type Reply } from '../support/http-client';
import { startHttpServer, type HttpServer } from '../support/http-server';
import { HttpSession, initializeRequest } from '../support/http-session';
import { answer, call, error, initialize, ping, QUIET, result } from './support/lines';

// What each request over HTTP is answered with: status, headers and body.

let server: HttpServer;
let session: HttpSession;
beforeAll(async () => {
  server = await startHttpServer({ env: { ...QUIET, TS_CALCULATOR_LOG_LEVEL: 'info' } });
  session = await HttpSession.begin(server.url);
});
afterAll(async () => {
  expect(server.cli.stdout).toBe('');
  await stopAll();
});

const JSON_TYPE = 'application/json';
const EVENTS = 'text/event-stream';
const add = call(7, 'add', { a: 0.1, b: 0.2 });

/** A refusal's body: a JSON-RPC error that has no id, on one line. */
function expectRefused(reply: Reply, status: number, words: RegExp, code?: number): void {
  expect([reply.status, reply.text]).toEqual([status, expect.stringMatching(words)]);
  expect(reply.headers['content-type']).toBe(JSON_TYPE);
  expect(JSON.parse(reply.text)).toEqual(error(code ?? expect.any(Number), expect.any(String)));
}

describe.each([
  ['without a session', (question: Question) => ask(server.url, question)],
  ['in a session', (question: Question) => session.ask(question)],
])('%s', (_, send) => {
  const post = (body: Question['body'], headers: Question['headers'] = {}) =>
    send({ body, headers });

  describe('Accept decides over the form of the answer', () => {
    test.each<[string | undefined, string]>([
      [undefined, JSON_TYPE],
      ['', JSON_TYPE],
      ['*/*', JSON_TYPE],
      ['application/json', JSON_TYPE],
      ['Application/JSON; charset=utf-8', JSON_TYPE],
      ['application/*', JSON_TYPE],
      ['text/html, */*;q=0.8', JSON_TYPE],
      ['application/json, text/event-stream;q=0', JSON_TYPE],
      ['application/json, text/event-stream; q=0.000', JSON_TYPE],
      ['application/json, text/event-stream', EVENTS],
      ['text/event-stream, application/json', EVENTS],
      ['application/json,text/event-stream;q=0.5', EVENTS],
      ['text/event-stream', EVENTS],
      ['Text/Event-Stream', EVENTS],
      ['text/*', EVENTS],
    ])('%j: %s', async (accept, type) => {
      const reply = await post(add, { Accept: accept });
      expect([reply.status, reply.headers['content-type']]).toEqual([200, type]);
      expect(messagesOf(reply)).toEqual([answer(7, '0.3')]);
      expect(reply.headers['content-length']).toBe(String(Buffer.byteLength(reply.text)));
    });

    test.each([
      'text/html',
      'application/xml',
      '*/*;q=0',
      'application/json;q=0',
      'text/plain,x/y',
    ])('%j: 406', async (accept) => {
      expectRefused(await post(add, { Accept: accept }), 406, /application\/json/);
    });
  });

  describe('Content-Type is to be JSON', () => {
    test.each([
      'application/json',
      'application/json; charset=utf-8',
      'application/json;charset=UTF-8',
      'Application/JSON ; charset="utf-8"',
    ])('%s', async (type) => {
      expect((await post(add, { 'Content-Type': type })).status).toBe(200);
    });

    test.each([
      undefined,
      '',
      'text/plain',
      'text/json',
      'application/jsonp',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=application/json',
    ])('%j: 415', async (type) => {
      expectRefused(await post(add, { 'Content-Type': type }), 415, /application\/json/);
    });

    test.each(['gzip', 'br', 'deflate', 'gzip, identity'])(
      'Content-Encoding %s: 415',
      async (encoding) => {
        const reply = await post(add, { 'Content-Encoding': encoding });
        expectRefused(reply, 415, /compressed/);
        expect(reply.headers['accept-encoding']).toBe('identity');
      },
    );

    test('Content-Encoding identity is none', async () => {
      expect((await post(add, { 'Content-Encoding': 'identity' })).status).toBe(200);
    });
  });

  describe('a body that is no message: 400', () => {
    test.each<[string, number, string | Buffer]>([
      ['no JSON', -32700, 'hello'],
      ['nothing', -32700, ''],
      ['blanks', -32700, ' \n '],
      ['half a message', -32700, '{"jsonrpc":"2.0","id":1,"method":"ping"'],
      ['two messages', -32700, `${JSON.stringify(ping(1))}\n${JSON.stringify(ping(2))}`],
      ['bytes that are no text', -32700, Buffer.from([0xff, 0xfe, 0x00])],
      ['an object', -32600, '{}'],
      ['a number', -32600, '1'],
      ['null', -32600, 'null'],
      ['no version', -32600, '{"method":"ping"}'],
      ['an id that is null', -32600, '{"jsonrpc":"2.0","id":null,"method":"ping"}'],
      ['an empty batch', -32600, '[]'],
    ])('%s', async (_, code, body) => {
      expectRefused(await post(body), 400, /./, code);
    });

    test('told under its id, where it has one', async () => {
      const reply = await post('{"id":5,"method":"ping"}', { Accept: EVENTS });
      expect([reply.status, reply.headers['content-type']]).toEqual([400, JSON_TYPE]);
      expect(messagesOf(reply)).toEqual([error(-32600, expect.any(String), 5)]);
    });
  });

  test.each<[string, object, object]>([
    ['an unknown method', { ...ping(1), method: 'no/such' }, error(-32601, expect.any(String), 1)],
    ['an unknown tool', call(1, 'ad', {}), error(-32602, expect.stringMatching(/did you mean/), 1)],
    ['bad params', call(1, 3 as never, {}), error(-32602, expect.any(String), 1)],
    [
      'a tool that fails',
      call(1, 'divide', { a: 1, b: 0 }),
      result(1, expect.objectContaining({ isError: true })),
    ],
  ])('%s is answered by MCP, not by HTTP: 200', async (_, message, expected) => {
    const reply = await post(message);
    expect([reply.status, messagesOf(reply)]).toEqual([200, [expected]]);
  });

  test.each([
    ['a notification', { jsonrpc: '2.0', method: 'notifications/initialized' }],
    ['an unknown notification', { jsonrpc: '2.0', method: 'notifications/no/such' }],
    ['an answer that nobody asked for', { jsonrpc: '2.0', id: 1, result: {} }],
    ['an error that nobody asked for', error(-32603, 'no', 1)],
  ])('%s: 202, and nothing in it', async (_, message) => {
    for (const Accept of [undefined, EVENTS]) {
      const reply = await post(message, { Accept });
      expect([reply.status, reply.text]).toEqual([202, '']);
      expect(reply.headers).not.toHaveProperty('content-type');
    }
  });

  test.each([
    ['a byte order mark', `\uFEFF${JSON.stringify(add)}`],
    ['white space', `\r\n\t ${JSON.stringify(add, null, 2)}\n`],
    ['characters of several bytes', JSON.stringify({ ...add, 'é€😀': '\u2028' })],
  ])('%s in the body does not matter', async (_, body) => {
    expect(messagesOf(await post(body))).toEqual([answer(7, '0.3')]);
  });

  test.each(['2024-10-07', '2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])(
    'MCP-Protocol-Version %s is spoken',
    async (version) => {
      expect((await post(add, { 'MCP-Protocol-Version': version })).status).toBe(200);
    },
  );

  test.each(['2026-07-28', '1.0', '', '2025-11-25, 2025-11-25', 'x'.repeat(500)])(
    'MCP-Protocol-Version %j is not: 400',
    async (version) => {
      const reply = await post(add, { 'MCP-Protocol-Version': version });
      expectRefused(reply, 400, /MCP-Protocol-Version.*2025-11-25/);
      expect(reply.text.length).toBeLessThan(400);
    },
  );

  test.each(['PUT', 'PATCH', 'HEAD', 'PROPFIND'])(
    '%s: 405, with what is allowed',
    async (method) => {
      const reply = await send({ method });
      if (method === 'HEAD') expect([reply.status, reply.text]).toEqual([405, '']);
      else expectRefused(reply, 405, new RegExp(method));
      expect(reply.headers.allow).toBe('GET, POST, DELETE');
    },
  );

  test('OPTIONS tells what is allowed', async () => {
    const reply = await send({ method: 'OPTIONS' });
    expect([reply.status, reply.text]).toEqual([204, '']);
    expect(reply.headers.allow).toBe('GET, POST, DELETE');
  });
});

describe('the path', () => {
  test.each(['/mcp', '/mcp/', '/mcp?x=1', '/mcp/?'])('%s is MCP’s', async (path) => {
    expect((await ask(server.at(path), { body: add })).status).toBe(200);
  });

  test.each(['/', '/MCP', '/mcp/x', '/mcp//', '/sse', '/__proto__', '/mcp%2F', '/health/x'])(
    '%s: 404, with what there is',
    async (path) => {
      const reply = await ask(server.at('/') + path.slice(1), { body: add });
      expectRefused(reply, 404, /\/health, \/metrics, \/mcp/);
    },
  );
});

describe('sessions', () => {
  test('initialize gives one, of 128 bits, in each revision', async () => {
    const ids = new Set<string>();
    for (const version of ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05']) {
      const begun = await HttpSession.begin(server.url, { protocolVersion: version });
      expect(messagesOf(begun.initialized)[0]!.result.protocolVersion).toBe(version);
      expect(begun.id).toMatch(/^[0-9a-f]{32}$/);
      ids.add(begun.id);
    }
    expect(ids.size).toBe(4);
  });

  test('initialize as events has the id, too, and does not ask for a known revision', async () => {
    const headers = { Accept: EVENTS, 'MCP-Protocol-Version': '2030-01-01' };
    const reply = await ask(server.url, { body: initialize('2030-01-01'), headers });
    expect(reply.headers['mcp-session-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(messagesOf(reply)[0]!.result.protocolVersion).toBe('2025-11-25');
  });

  test('an initialize that fails gives none', async () => {
    const body = { ...initializeRequest(), params: {} };
    const reply = await ask(server.url, { body });
    expect(messagesOf(reply)).toEqual([error(-32602, expect.any(String), 'init')]);
    expect(reply.headers).not.toHaveProperty('mcp-session-id');
  });

  test('a second initialize in a session: 400, and the session goes on', async () => {
    expectRefused(await session.post(initializeRequest()), 400, /session/, -32600);
    expect((await session.request('ping')).result).toEqual({});
  });

  test('only initialize is answered with an id', async () => {
    expect((await session.post(ping(1))).headers).not.toHaveProperty('mcp-session-id');
    expect((await ask(server.url, { body: ping(1) })).headers).not.toHaveProperty('mcp-session-id');
  });

  test.each(['GET', 'DELETE'])('%s without one: 400', async (method) => {
    expectRefused(await ask(server.url, { method }), 400, /Mcp-Session-Id/);
  });

  test.each(['GET', 'POST', 'DELETE'])('%s in an unknown one: 404', async (method) => {
    for (const id of ['0'.repeat(32), '', 'x'.repeat(5_000), '__proto__']) {
      const headers = { 'Mcp-Session-Id': id };
      const body = method === 'POST' ? ping(1) : undefined;
      expectRefused(await ask(server.url, { method, headers, body }), 404, /initialize/, -32001);
    }
  });

  test('DELETE ends it: from then on 404', async () => {
    const other = await HttpSession.begin(server.url);
    const ended = await other.end();
    expect([ended.status, ended.text]).toEqual([200, '']);
    expectRefused(await other.post(ping(1)), 404, /initialize/, -32001);
    expectRefused(await other.ask({ method: 'GET' }), 404, /initialize/, -32001);
    expectRefused(await other.end(), 404, /initialize/, -32001);
    expect((await session.request('ping')).result).toEqual({});
  });

  test('DELETE in an unknown revision: 400, and it is not ended', async () => {
    const headers = { 'MCP-Protocol-Version': '1999-01-01' };
    expectRefused(await session.ask({ method: 'DELETE', headers }), 400, /1999-01-01/);
    expect((await session.request('ping')).result).toEqual({});
  });
});
