import { stopAll } from '../support/cli';
import { ask, keepAlive } from '../support/http-client';
import { startHttpServer, type HttpServer } from '../support/http-server';
import { HttpSession, initializeRequest } from '../support/http-session';
import { RawConnection, requestText } from '../support/raw-connection';
import { startReceiver } from '../support/receiver';
import { pause } from '../support/time';
import { call, error, QUIET, result } from './support/lines';
import { heldMegabytes, residentMegabytes, TELLING } from './support/memory';
import { counted, exportsOf, named, sumOf } from './support/points';

// Sessions over HTTP: how many there are, what they cost, and clients that vanish.

const agent = keepAlive(50);
afterAll(async () => {
  agent.destroy();
  await stopAll();
});

const openSessions = (url: string, count: number): Promise<HttpSession[]> =>
  Promise.all(Array.from({ length: count }, () => HttpSession.begin(url, { agent })));

/** What the server itself says of how many there are. */
const countOf = async (server: HttpServer): Promise<number> =>
  JSON.parse((await ask(server.at('/health'))).text).sessions;

describe('1,000 clients that open sessions and vanish', () => {
  const IDLE_MS = 4_000;
  const EACH = 250;
  const ROUNDS = 2;

  /** Clients that open a session and go, a quarter of them in the same way. */
  async function vanish({ url, port }: HttpServer): Promise<void> {
    const sessions = await openSessions(url, 4 * EACH);
    const quarter = (index: number) => sessions.slice(index * EACH, (index + 1) * EACH);
    // The first says nothing more; the second listens until its sockets are destroyed.
    await Promise.all(quarter(1).map(async (session) => (await session.listen()).vanish()));
    // The third goes during a call, the fourth in the middle of its request.
    const body = JSON.stringify(call(1, 'add', { a: 1, b: 2 }));
    const connections = [...quarter(2), ...quarter(3)].map((session, index) => {
      const connection = new RawConnection(port);
      const headers = { Host: 'localhost', 'Content-Type': 'application/json' };
      const length = { 'Content-Length': String(Buffer.byteLength(body)) };
      const text = requestText('POST /mcp', { ...headers, ...length, ...session.headers }, body);
      connection.write(index < EACH ? text : text.slice(0, -20));
      return connection;
    });
    await pause(500);
    for (const connection of connections) connection.destroy();
    await Promise.all(connections.map(({ closed }) => closed));
  }

  test.concurrent(
    'are given up: the gauge returns to 0, and memory to where it was',
    async () => {
      const receiver = await startReceiver();
      const server = await startHttpServer({
        command: TELLING,
        args: ['--session-idle', `${IDLE_MS}ms`, '--fault', 'slow=1000'],
        env: { ...receiver.env, OTEL_METRIC_EXPORT_INTERVAL: '100' },
      });
      const active = () => sumOf(receiver.latest('mcp.sessions.active'));
      const memory: number[] = [];
      for (let round = 1; round <= ROUNDS; round++) {
        await vanish(server);
        await receiver.waitFor(() => active() > 0);
        await receiver.waitFor(() => active() === 0, 20_000);
        expect(await countOf(server)).toBe(0);
        memory.push(Math.round((await heldMegabytes(server.cli)) * 10) / 10);
      }
      server.cli.kill();
      expect(await server.cli.exit).toMatchObject({ code: 0 });
      await receiver.close();

      const gauge = exportsOf(receiver).map((points) =>
        sumOf(named(points, 'mcp.sessions.active')),
      );
      console.info(`at most ${Math.max(...gauge)} sessions; MB held after each round: ${memory}`);
      expect(Math.max(...gauge)).toBe(4 * EACH);
      expect(memory.at(-1)! - memory[0]!).toBeLessThan(5);
      expect(counted(receiver.latest('mcp.server.session.duration'))).toEqual({
        'mcp.protocol.version=2025-11-25 network.transport=tcp': ROUNDS * 4 * EACH,
      });
      const [duration] = receiver.latest('mcp.server.session.duration');
      expect(duration!.min).toBeGreaterThanOrEqual(IDLE_MS / 1000);
      // Calls that nobody waits for are answered all the same: nobody said that they were cancelled.
      expect(counted(receiver.latest('mcp.tools.calls'))).toEqual({ 'tool=add': ROUNDS * EACH });
    },
    60_000,
  );
});

test.concurrent(
  'what is used is not idle: by requests, by a stream, by a call that lasts',
  async () => {
    const { url } = await startHttpServer({
      args: ['--session-idle', '2s', '--fault', 'slow=3500'],
      env: { ...QUIET, TS_CALCULATOR_LOG_LEVEL: 'info' },
    });
    const [asking, listening, calling, idle] = await openSessions(url, 4);
    const stream = await listening!.listen();
    const called = calling!.post(call(1, 'add', { a: 1, b: 2 }));
    for (let i = 0; i < 16; i++) {
      await pause(200);
      expect((await asking!.request('ping')).result).toEqual({});
    }
    expect((await called).status).toBe(200);
    expect((await calling!.request('ping')).result).toEqual({});
    expect((await listening!.request('ping')).result).toEqual({});
    expect(stream.isWhole).toBe(false);
    expect((await idle!.post({})).status).toBe(404);
    // The stream's end is the end of what kept its session.
    stream.vanish();
    await pause(3_000);
    expect((await listening!.post({})).status).toBe(404);
  },
  20_000,
);

describe('as many sessions as there may be', () => {
  const MAX = 10_000;
  const KILOBYTES = 20;

  test('each costs little; one more is refused, and all others are served', async () => {
    const server = await startHttpServer({
      env: { ...QUIET, TS_CALCULATOR_LOG_LEVEL: 'info', OTEL_SDK_DISABLED: 'false' },
    });
    const { url, cli } = server;
    // Warmed up: what is loaded and compiled once is not a session's.
    const first = await openSessions(url, 500);
    const before = residentMegabytes(cli);
    const sessions = [...first, ...(await openSessions(url, MAX - first.length))];
    const each = ((residentMegabytes(cli) - before) * 1024) / (MAX - first.length);
    console.info(`${each.toFixed(1)} kB a session`);
    expect(each).toBeLessThan(KILOBYTES);
    expect(await countOf(server)).toBe(MAX);
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(MAX);

    const refused = await ask(url, { body: initializeRequest() });
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '10']);
    expect(JSON.parse(refused.text)).toEqual(error(-32000, expect.stringMatching(/10000/)));
    expect(refused.headers).not.toHaveProperty('mcp-session-id');
    expect((await ask(url, { body: { jsonrpc: '2.0', id: 1, method: 'ping' } })).status).toBe(200);
    for (const session of [sessions[0]!, sessions.at(-1)!]) {
      expect(await session.request('ping')).toEqual(result(1));
    }

    await sessions[1]!.end();
    await HttpSession.begin(url);
    expect((await ask(url, { body: initializeRequest() })).status).toBe(503);
    cli.kill();
    expect(await cli.exit).toMatchObject({ code: 0 });
  }, 60_000);
});
