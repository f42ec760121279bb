import { stopAll } from '../support/cli';
import { ask, messagesOf, type Question, type Reply } from '../support/http-client';
import { startHttpServer, type HttpServer } from '../support/http-server';
import { HttpSession } from '../support/http-session';
import { answer, call, cancel, error, initialize, ping, QUIET, result } from './support/lines';

// Batches over HTTP (MCP 2025-03-26), and calls that take their time.

let server: HttpServer;
beforeAll(async () => {
  const env = { ...QUIET, TS_CALCULATOR_LOG_LEVEL: 'info' };
  server = await startHttpServer({ args: ['--fault', 'slow=250'], env });
});
afterAll(stopAll);

const EVENTS = 'text/event-stream';
const notification = { jsonrpc: '2.0', method: 'notifications/initialized' };

type Send = (question: Question) => Promise<Reply>;
const inSession =
  (protocolVersion: string): Send =>
  async (question) =>
    (await HttpSession.begin(server.url, { protocolVersion })).ask(question);
const alone =
  (revision?: string): Send =>
  (question) =>
    ask(server.url, {
      ...question,
      headers: { ...question.headers, 'MCP-Protocol-Version': revision },
    });

describe.each<[string, Send]>([
  ['without a session', alone()],
  ['without a session, of 2025-03-26', alone('2025-03-26')],
  ['in a session of 2025-03-26', inSession('2025-03-26')],
])('a batch %s', (_, send) => {
  test('is answered by one array', async () => {
    const reply = await send({ body: [ping(1), notification, call(2, 'add', { a: 1, b: 2 })] });
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'application/json']);
    expect(JSON.parse(reply.text)).toEqual([result(1), answer(2, '3')]);
  });

  test('is answered by an event each', async () => {
    const body = [call(1, 'add', { a: 1, b: 2 }), ping(2), ping('three')];
    const reply = await send({ body, headers: { Accept: EVENTS } });
    expect([reply.status, reply.headers['content-type']]).toEqual([200, EVENTS]);
    expect(reply.text.match(/^data: /gm)).toHaveLength(3);
    expect(messagesOf(reply)).toEqual(
      expect.arrayContaining([answer(1, '3'), result(2), result('three')]),
    );
  });

  test('of one is an array all the same', async () => {
    expect(JSON.parse((await send({ body: [ping(1)] })).text)).toEqual([result(1)]);
  });

  test('of notifications alone: 202', async () => {
    const reply = await send({ body: [notification, notification] });
    expect([reply.status, reply.text]).toEqual([202, '']);
  });

  test('with a member that is no message: the others are answered', async () => {
    const reply = await send({ body: [1, ping(1), initialize('2025-11-25', 2)] });
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toEqual([
      error(-32600, expect.any(String)),
      result(1),
      error(-32600, expect.stringMatching(/initialize must not be part of a batch/), 2),
    ]);
    expect(reply.headers).not.toHaveProperty('mcp-session-id');
  });
});

test.each<[string, Send]>([
  ['without a session, of 2025-11-25', alone('2025-11-25')],
  ['in a session of 2025-11-25', inSession('2025-11-25')],
  ['in a session of 2025-06-18', inSession('2025-06-18')],
])('a batch %s is refused: 400', async (_, send) => {
  const reply = await send({ body: [ping(1), ping(2)], headers: { Accept: EVENTS } });
  expect([reply.status, reply.headers['content-type']]).toEqual([400, 'application/json']);
  expect(JSON.parse(reply.text)).toEqual(error(-32600, expect.stringMatching(/2025-03-26/)));
});

describe('a call that is cancelled', () => {
  test('is answered with 202 at once, and later ones of its id are served', async () => {
    const session = await HttpSession.begin(server.url);
    const ended: string[] = [];
    const send = async (id: string, headers = {}) => {
      const reply = await session.post(call(id, 'add', { a: 1, b: 2 }), headers);
      ended.push(id);
      return reply;
    };
    const [other, called] = [send('d'), send('c', { Accept: EVENTS })];
    // When this is answered the calls are in hand: the SDK's way keeps the order.
    await session.request('ping');
    expect((await session.post(cancel('c'))).status).toBe(202);
    const { status, text } = await called;
    expect([status, text, ended]).toEqual([202, '', ['c']]);
    expect(messagesOf(await other)).toEqual([answer('d', '3')]);
    expect(messagesOf(await session.post(call('c', 'add', { a: 2, b: 2 })))).toEqual([
      answer('c', '4'),
    ]);
  });

  test('in another session is not cancelled, nor without one', async () => {
    const session = await HttpSession.begin(server.url);
    const other = await HttpSession.begin(server.url);
    const called = session.post(call('c', 'add', { a: 1, b: 2 }));
    await session.request('ping');
    expect((await other.post(cancel('c'))).status).toBe(202);
    expect((await ask(server.url, { body: cancel('c') })).status).toBe(202);
    expect(messagesOf(await called)).toEqual([answer('c', '3')]);
  });
});

test('calls of one session on several connections are answered at the same time', async () => {
  const session = await HttpSession.begin(server.url);
  const began = Date.now();
  const calls = Array.from({ length: 50 }, (_, id) =>
    session.post(call(id, 'add', { a: id, b: 1 })),
  );
  const answers = (await Promise.all(calls)).flatMap((reply) => messagesOf(reply));
  expect(answers).toEqual(Array.from({ length: 50 }, (_, id) => answer(id, String(id + 1))));
  expect(Date.now() - began).toBeLessThan(50 * 250);
});

test('a call whose session is ended meanwhile is answered', async () => {
  const session = await HttpSession.begin(server.url);
  const called = session.post(call(1, 'add', { a: 1, b: 2 }));
  await session.request('ping');
  expect((await session.end()).status).toBe(200);
  expect(messagesOf(await called)).toEqual([answer(1, '3')]);
});
