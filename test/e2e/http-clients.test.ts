import { stopAll } from '../support/cli';
import { ask, keepAlive } from '../support/http-client';
import { startHttpServer } from '../support/http-server';
import { RawConnection, requestText } from '../support/raw-connection';
import { startReceiver } from '../support/receiver';
import { now, pause } from '../support/time';
import { call, ping, QUIET } from './support/lines';
import { heldMegabytes, TELLING } from './support/memory';
import { openSessions, sessionCount, vanish } from './support/http-sessions';
import { counted, exportsOf, named, sumOf } from './support/points';
import { countOf, meet, SLOW_CLIENTS } from './support/slow-clients';
import { complaints } from './support/stderr-lines';

// Clients that are slow, silent or gone. They are given up when their time is over: so all of these
// tests wait, and do so at the same time.

afterAll(stopAll);

const ENV = { ...QUIET, TS_CALCULATOR_LOG_LEVEL: 'info' };
/** Others, half of them on new connections, wait no longer than this meanwhile. */
const SERVED_MS = 2_000;

test.concurrent(
  'who sends a byte a second, or nothing, is ended in time, while others are served',
  async () => {
    const receiver = await startReceiver();
    const server = await startHttpServer({ env: receiver.env });
    const kept = keepAlive(1);
    const times: number[] = [];
    let isOver = false;
    const serve = async (): Promise<void> => {
      while (!isOver) {
        const began = now();
        const agent = times.length % 2 === 0 ? kept : undefined;
        expect((await ask(server.url, { body: ping(1), agent })).status).toBe(200);
        times.push(now() - began);
        await pause(50);
      }
    };
    const serving = serve();
    const ended = await Promise.all(
      SLOW_CLIENTS.map(async (slow) => [slow.title, await meet(server.port, slow)]),
    );
    isOver = true;
    await serving;
    kept.destroy();
    expect(ended).toEqual(SLOW_CLIENTS.map(({ title, count }) => [title, count]));
    console.info(`${times.length} others, the slowest in ${Math.round(Math.max(...times))} ms`);
    expect(Math.max(...times)).toBeLessThan(SERVED_MS);

    expect(await server.end()).toMatchObject({ code: 0 });
    await receiver.close();
    expect(server.cli.stdout).toBe('');
    const others = complaints(server.cli.stderr).filter(
      (line) => !line.includes(' refused with 4'),
    );
    expect(others).toEqual([]);
    expect(counted(receiver.latest('mcp.http.refused'))).toEqual({
      // And the one whose first request was answered. Who said nothing asked for nothing.
      'error.type=timeout http.response.status_code=408': countOf(408) + countOf(200),
      // Once each: what came late of a body that was refused already is no other refusal.
      'error.type=body_too_large http.response.status_code=413': countOf(413),
    });
  },
  60_000,
);

test.concurrent(
  '1,000 who open sessions and vanish: the gauge returns to 0, and memory to where it was',
  async () => {
    const COUNT = 1_000;
    const ROUNDS = 2;
    const IDLE_MS = 4_000;
    const receiver = await startReceiver();
    const server = await startHttpServer({
      command: TELLING,
      args: ['--session-idle', `${IDLE_MS}ms`, '--fault', 'slow=1000'],
      env: { ...receiver.env, OTEL_METRIC_EXPORT_INTERVAL: '100' },
    });
    const agent = keepAlive(50);
    const active = () => sumOf(receiver.latest('mcp.sessions.active'));
    const memory: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      await vanish(server, COUNT, agent);
      await receiver.waitFor(() => active() > 0);
      await receiver.waitFor(() => active() === 0, 20_000);
      expect(await sessionCount(server)).toBe(0);
      memory.push(await heldMegabytes(server.cli));
    }
    agent.destroy();
    expect(await server.end()).toMatchObject({ code: 0 });
    await receiver.close();

    const gauge = exportsOf(receiver).map((points) => sumOf(named(points, 'mcp.sessions.active')));
    const held = memory.map((megabytes) => megabytes.toFixed(1)).join(', ');
    console.info(`at most ${Math.max(...gauge)} sessions; MB held after each round: ${held}`);
    expect(Math.max(...gauge)).toBe(COUNT);
    expect(memory.at(-1)! - memory[0]!).toBeLessThan(5);
    expect(counted(receiver.latest('mcp.server.session.duration'))).toEqual({
      'mcp.protocol.version=2025-11-25 network.transport=tcp': ROUNDS * COUNT,
    });
    const [duration] = receiver.latest('mcp.server.session.duration');
    expect(duration!.min).toBeGreaterThanOrEqual(IDLE_MS / 1000);
    // Calls that nobody waits for are answered all the same: nobody said that they were cancelled.
    expect(counted(receiver.latest('mcp.tools.calls'))).toEqual({
      'tool=add': (ROUNDS * COUNT) / 4,
    });
  },
  60_000,
);

test.concurrent(
  'what is used is not idle: by requests, by a stream, by a call that lasts',
  async () => {
    const { url } = await startHttpServer({
      args: ['--session-idle', '3s', '--fault', 'slow=5000'],
      env: ENV,
    });
    const agent = keepAlive(4);
    const [asking, listening, calling, idle] = await openSessions(url, 4, agent);
    const stream = await listening!.listen();
    const called = calling!.post(call(1, 'add', { a: 1, b: 2 }));
    let isOver = false;
    void called.finally(() => (isOver = true));
    while (!isOver) {
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
    await pause(4_500);
    expect((await listening!.post({})).status).toBe(404);
    agent.destroy();
  },
  30_000,
);

test.concurrent(
  'who reads none of its answers does not hold up the end',
  async () => {
    const server = await startHttpServer({ env: ENV });
    const connection = new RawConnection(server.port);
    connection.pause();
    // 40 answers of a megabyte: more than the system holds for it.
    const list = { ...ping(1), method: 'tools/list' };
    const body = JSON.stringify(Array.from({ length: 500 }, () => list));
    const headers = { Host: 'localhost', 'Content-Type': 'application/json' };
    const length = { 'Content-Length': String(body.length) };
    for (let i = 0; i < 40; i++) {
      connection.write(requestText('POST /mcp', { ...headers, ...length }, body));
    }
    await pause(1_000);
    expect((await ask(server.url, { body: ping(1) })).status).toBe(200);
    const began = now();
    expect(await server.end()).toMatchObject({ code: 0, signal: null });
    console.info(`given up after ${Math.round(now() - began)} ms`);
    connection.destroy();
  },
  30_000,
);
