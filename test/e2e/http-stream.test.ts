import { stopAll } from '../support/cli';
import { startHttpServer, type HttpServer } from '../support/http-server';
import { HttpSession } from '../support/http-session';
import { QUIET } from './support/lines';

// GET: the server's own stream. A calculator has nothing to say on it, but clients open one.

let server: HttpServer;
beforeAll(async () => {
  server = await startHttpServer({ env: { ...QUIET, TS_CALCULATOR_LOG_LEVEL: 'info' } });
});
afterAll(stopAll);

test.each(['text/event-stream', 'application/json, text/event-stream', '*/*', 'text/*', undefined])(
  'Accept %j opens it',
  async (accept) => {
    const session = await HttpSession.begin(server.url);
    const stream = await session.listen({ Accept: accept });
    expect(stream.status).toBe(200);
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'mcp-session-id': session.id,
    });
    expect(stream.headers).not.toHaveProperty('content-length');
    // Open, with nothing said, while the session is used.
    expect((await session.request('ping')).result).toEqual({});
    expect([stream.text, stream.isWhole]).toEqual(['', false]);
    stream.vanish();
    expect((await session.request('ping')).result).toEqual({});
  },
);

test.each(['application/json', 'text/html', 'text/event-stream;q=0'])(
  'Accept %s does not: 406',
  async (accept) => {
    const session = await HttpSession.begin(server.url);
    const reply = await session.ask({ method: 'GET', headers: { Accept: accept } });
    expect(reply.status).toBe(406);
    expect(JSON.parse(reply.text).error.message).toMatch(/text\/event-stream/);
  },
);

test('in an unknown revision: 400', async () => {
  const session = await HttpSession.begin(server.url);
  const headers = { 'MCP-Protocol-Version': '1999-01-01' };
  expect((await session.ask({ headers })).status).toBe(400);
});

test('a newer one takes the place of an older', async () => {
  const session = await HttpSession.begin(server.url);
  const first = await session.listen();
  const second = await session.listen();
  await first.ended;
  expect(first.isWhole).toBe(true);
  expect((await session.request('ping')).result).toEqual({});
  const third = await session.listen();
  await second.ended;
  third.vanish();
});

test('each session has its own', async () => {
  const [one, other] = await Promise.all([
    HttpSession.begin(server.url),
    HttpSession.begin(server.url),
  ]);
  const [first, second] = await Promise.all([one.listen(), other.listen()]);
  await one.end();
  await first.ended;
  expect([first.isWhole, second.isWhole]).toEqual([true, false]);
  expect((await other.request('ping')).result).toEqual({});
  second.vanish();
});

test('the end of the server ends them all', async () => {
  const sessions = await Promise.all([1, 2, 3].map(() => HttpSession.begin(server.url)));
  const streams = await Promise.all(sessions.map((session) => session.listen()));
  server.cli.kill();
  await Promise.all(streams.map(({ ended }) => ended));
  expect(streams.map(({ isWhole }) => isWhole)).toEqual([true, true, true]);
  expect(await server.cli.exit).toMatchObject({ code: 0, signal: null });
  expect(server.cli.stdout).toBe('');
});
