import { stopAll } from '../support/cli';
import { ask, keepAlive } from '../support/http-client';
import { startHttpServer } from '../support/http-server';
import { HttpSession, initializeRequest } from '../support/http-session';
import { startReceiver } from '../support/receiver';
import { openSessions, sessionCount } from './support/http-sessions';
import { error, ping, result } from './support/lines';
import { residentMegabytes } from './support/memory';

// As many sessions as there may be.

const MAX = 10_000;
const KILOBYTES = 20;

const agent = keepAlive(50);
afterAll(async () => {
  agent.destroy();
  await stopAll();
});

test('each costs little; one more is refused, and all others are served', async () => {
  const receiver = await startReceiver({ lazy: true });
  const server = await startHttpServer({ env: receiver.env });
  const { url, cli } = server;
  // Warmed up: what is loaded and compiled once is not a session's.
  const first = await openSessions(url, 500, agent);
  const before = residentMegabytes(cli);
  const sessions = [...first, ...(await openSessions(url, MAX - first.length, agent))];
  const each = ((residentMegabytes(cli) - before) * 1024) / (MAX - first.length);
  console.info(`${each.toFixed(1)} kB a session`);
  expect(each).toBeLessThan(KILOBYTES);
  expect(await sessionCount(server)).toBe(MAX);
  expect(new Set(sessions.map(({ id }) => id)).size).toBe(MAX);

  const refused = await ask(url, { body: initializeRequest() });
  expect([refused.status, refused.headers['retry-after']]).toEqual([503, '10']);
  expect(JSON.parse(refused.text)).toEqual(error(-32000, expect.stringMatching(/10000/)));
  expect(refused.headers).not.toHaveProperty('mcp-session-id');
  expect((await ask(url, { body: ping(1) })).status).toBe(200);
  for (const session of [sessions[0]!, sessions.at(-1)!]) {
    expect(await session.request('ping')).toEqual(result(1));
  }

  await sessions[1]!.end();
  await HttpSession.begin(url);
  expect((await ask(url, { body: initializeRequest() })).status).toBe(503);
  expect(await server.end()).toMatchObject({ code: 0 });
  await receiver.close();
}, 60_000);
