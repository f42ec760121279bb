import { stopAll } from '../support/cli';
import { ask, messagesOf, open } from '../support/http-client';
import { startHttpServer, type HttpServer } from '../support/http-server';
import { HttpSession } from '../support/http-session';
import { RawConnection, requestText } from '../support/raw-connection';
import { startReceiver } from '../support/receiver';
import { now, pause } from '../support/time';
import { answer, call, ping, QUIET } from './support/lines';
import { counted } from './support/points';

// The end of a server over HTTP, by a signal.

afterAll(stopAll);

const SLOW = ['--fault', 'slow=600'];
const ENV = { ...QUIET, TS_CALCULATOR_LOG_LEVEL: 'info' };
/** From the last answer to the end, as the issue has it, and what a shared machine may add. */
const END_MS = 1_500 + 500;

const HEAD = { Host: 'localhost', 'Content-Type': 'application/json' };
const isRefused = ({ url }: HttpServer): Promise<string> =>
  ask(url, { body: ping(1) }).then(
    ({ status }) => String(status),
    (error: NodeJS.ErrnoException) => String(error.code),
  );

/** The product with calls in flight: alone, in sessions, in each form, on kept and new connections. */
async function inFlight(server: HttpServer, count: number) {
  const session = await HttpSession.begin(server.url);
  const stream = await session.listen();
  const calls = Array.from({ length: count }, (_, id) => {
    const headers = { Accept: id % 3 === 0 ? 'text/event-stream' : undefined };
    const body = call(id, 'add', { a: id, b: 1 });
    return id % 2 === 0 ? session.post(body, headers) : ask(server.url, { body, headers });
  });
  // Answered in their order: when this is, the others are in hand.
  await Promise.all([session.request('ping'), ask(server.url, { body: ping(1) })]);
  return { session, stream, calls };
}

describe.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s', (signal) => {
  test('all in flight is answered, streams end, telemetry is sent, exit 0', async () => {
    const receiver = await startReceiver();
    const server = await startHttpServer({ args: SLOW, env: receiver.env });
    const { cli } = server;
    const { stream, calls } = await inFlight(server, 60);
    cli.kill(signal);
    await stream.ended;
    expect(stream.isWhole).toBe(true);
    // Long before the first answer nobody new is let in.
    expect(await isRefused(server)).toBe('ECONNREFUSED');
    const answers = (await Promise.all(calls)).map((reply) => messagesOf(reply)[0]);
    const answeredAt = now();
    expect(await cli.exit).toMatchObject({ code: 0, signal: null });
    console.info(`${signal}: ended ${Math.round(now() - answeredAt)} ms after the last answer`);
    expect(now() - answeredAt).toBeLessThan(END_MS);
    expect(answers).toEqual(calls.map((_, id) => answer(id, String(id + 1))));
    expect(cli.stdout).toBe('');
    await receiver.close();
    expect(receiver.spans.filter(({ name }) => name === 'tools/call add')).toHaveLength(60);
    expect(counted(receiver.latest('mcp.tools.calls'))).toEqual({ 'tool=add': 60 });
    expect(receiver.latest('mcp.sessions.active').map(({ value }) => value)).toEqual([0]);
    expect(receiver.spans.filter(({ status }) => status.code === 'ERROR')).toEqual([]);
  });

  test('with nothing to do, and connections that are kept: exit 0', async () => {
    const server = await startHttpServer({ env: ENV });
    const session = await HttpSession.begin(server.url);
    const idle = [new RawConnection(server.port), new RawConnection(server.port)];
    idle[0]!.write(requestText('GET /health', HEAD));
    await idle[0]!.waitForText('}');
    await session.listen();
    const began = now();
    server.cli.kill(signal);
    expect(await server.cli.exit).toMatchObject({ code: 0, signal: null });
    expect(now() - began).toBeLessThan(END_MS);
    await Promise.all(idle.map(({ closed }) => closed));
  });
});

test('what is asked on a kept connection while others are answered is the last there', async () => {
  const server = await startHttpServer({ args: SLOW, env: ENV });
  const { calls } = await inFlight(server, 4);
  const connection = new RawConnection(server.port);
  connection.write(requestText('GET /health', HEAD));
  await connection.waitForText('}');
  const busy = new RawConnection(server.port);
  const body = JSON.stringify(call(1, 'add', { a: 1, b: 2 }));
  busy.write(requestText('POST /mcp', { ...HEAD, 'Content-Length': String(body.length) }, body));
  await pause(100);
  server.cli.kill();
  // On its way when the signal came: the first of them is still taken.
  connection.write(requestText('GET /health', HEAD));
  await Promise.all([connection.closed, busy.closed]);
  expect(busy.text).toMatch(/"result"/);
  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await server.cli.exit).toMatchObject({ code: 0 });
});

test('a client that opens its stream anew meanwhile does not hold it up', async () => {
  const server = await startHttpServer({ args: SLOW, env: ENV });
  const { session } = await inFlight(server, 2);
  const body = JSON.stringify(call(1, 'add', { a: 1, b: 2 }));
  const length = { 'Content-Length': String(body.length) };
  const listen = requestText('GET /mcp', { ...HEAD, ...session.headers });
  const [kept, busy] = [new RawConnection(server.port), new RawConnection(server.port)];
  kept.write(requestText('GET /health', HEAD));
  await kept.waitForText('}');
  // The second is behind a call, on one connection.
  busy.write(requestText('POST /mcp', { ...HEAD, ...length }, body));
  await ask(server.url, { body: ping(1) });
  server.cli.kill();
  kept.write(listen);
  busy.write(listen);
  await Promise.all([kept.closed, busy.closed]);
  expect(busy.text).toMatch(/"result"/);
  expect(await server.cli.exit).toMatchObject({ code: 0, signal: null });
});

test.each([
  ['SIGTERM', 'SIGTERM', 143],
  ['SIGINT', 'SIGTERM', 143],
  ['SIGTERM', 'SIGINT', 130],
] as const)('%s, then %s: it ends at once', async (first, second, code) => {
  const server = await startHttpServer({ args: ['--fault', 'slow=60000'], env: ENV });
  const called = open(server.url, { body: call(1, 'add', { a: 1, b: 2 }) }).catch(
    (error: NodeJS.ErrnoException) => error.code,
  );
  await ask(server.url, { body: ping(1) });
  server.cli.kill(first);
  await pause(200);
  server.cli.kill(second);
  expect(await server.cli.exit).toMatchObject({ code, signal: null });
  expect(await called).toBe('ECONNRESET');
});

describe('who takes too long does not hold it up', () => {
  const whole = requestText('POST /mcp', { ...HEAD, 'Content-Length': '100' }, '{"jsonrpc":');
  test.concurrent.each([
    ['half of the headers', whole.slice(0, 30)],
    ['half of a body', whole],
    ['half of a body that is refused', whole.replace('/mcp', '/nowhere')],
    ['half of a large body', whole.replace('100', '99999999999')],
    ['nothing', ''],
  ])('%s', async (_, bytes) => {
    const server = await startHttpServer({ args: SLOW, env: ENV });
    const connections = [1, 2, 3].map(() => new RawConnection(server.port));
    for (const connection of connections) connection.write(bytes);
    const { calls } = await inFlight(server, 2);
    server.cli.kill();
    for (const { status } of await Promise.all(calls)) expect(status).toBe(200);
    const answeredAt = now();
    expect(await server.cli.exit).toMatchObject({ code: 0, signal: null });
    expect(now() - answeredAt).toBeLessThan(END_MS);
    await Promise.all(connections.map(({ closed }) => closed));
  });

  test.concurrent('a body that comes to its end meanwhile is answered', async () => {
    const server = await startHttpServer({ args: SLOW, env: ENV });
    const { calls } = await inFlight(server, 2);
    const body = JSON.stringify(call(1, 'add', { a: 1, b: 2 }));
    const length = { 'Content-Length': String(body.length) };
    const connection = new RawConnection(server.port);
    connection.write(requestText('POST /mcp', { ...HEAD, ...length }, body.slice(0, 20)));
    await ask(server.at('/health'));
    server.cli.kill();
    await pause(200);
    connection.write(body.slice(20));
    await Promise.all([...calls, connection.closed]);
    expect(connection.text).toMatch(/"result"/);
    expect(await server.cli.exit).toMatchObject({ code: 0 });
  });
});
