import type { Agent } from 'node:http';
import { ask } from '../../support/http-client';
import type { HttpServer } from '../../support/http-server';
import { HttpSession } from '../../support/http-session';
import { RawConnection, requestText } from '../../support/raw-connection';
import { pause } from '../../support/time';
import { call } from './lines';

/** So many, of which as many at a time are begun as the agent has connections. */
export const openSessions = (url: string, count: number, agent: Agent): Promise<HttpSession[]> =>
  Promise.all(Array.from({ length: count }, () => HttpSession.begin(url, { agent })));

/** What the server itself says of how many there are. */
export const sessionCount = async (server: HttpServer): Promise<number> =>
  JSON.parse((await ask(server.at('/health'))).text).sessions;

/** Clients that open a session and go without a word: a quarter of them in each of four ways. */
export async function vanish({ url, port }: HttpServer, count: number, agent: Agent) {
  const sessions = await openSessions(url, count, agent);
  const each = count / 4;
  const quarter = (index: number) => sessions.slice(index * each, (index + 1) * each);
  // The first says nothing more; the second listens until its sockets are destroyed.
  await Promise.all(quarter(1).map(async (session) => (await session.listen()).vanish()));
  // The third goes during a call, the fourth in the middle of its request.
  const body = JSON.stringify(call(1, 'add', { a: 1, b: 2 }));
  const connections = [...quarter(2), ...quarter(3)].map((session, index) => {
    const connection = new RawConnection(port);
    const headers = { Host: 'localhost', 'Content-Type': 'application/json' };
    const length = { 'Content-Length': String(Buffer.byteLength(body)) };
    const text = requestText('POST /mcp', { ...headers, ...length, ...session.headers }, body);
    connection.write(index < each ? text : text.slice(0, -20));
    return connection;
  });
  await pause(500);
  for (const connection of connections) connection.destroy();
  await Promise.all(connections.map(({ closed }) => closed));
}
