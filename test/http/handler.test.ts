import type { IncomingMessage } from 'node:http';
import { createHandler, type HandlerOptions } from '../../src/http/handler';
import { Refusal } from '../../src/http/refusal';
import { respond } from '../../src/http/respond';
import { ask } from '../support/http-client';
import { closeAll, listening } from './listening';

afterEach(closeAll);

const APP = 'https://app.example.com';
const endpoint =
  (text: string): HandlerOptions['routes'][string]['methods'][string] =>
  (_, response) =>
    respond(response, 200, {}, text);

/** A handler whose guards write down that they were asked, and let in whom no header keeps out. */
async function handling() {
  const told: string[] = [];
  const guard = (name: string) => (request: IncomingMessage) => {
    told.push(name);
    if (request.headers[`x-no-${name}`]) throw new Refusal('unauthorized', `no ${name}`);
  };
  const { url } = await listening(
    createHandler({
      routes: {
        '/open': { methods: { GET: endpoint('open') }, isPublic: true },
        '/mcp': {
          methods: {
            POST: endpoint('posted'),
            DELETE: async () => {
              throw new Refusal('session_required', 'which?');
            },
            PUT: async (_, response) => {
              response.write('half');
              throw new Error('of ours');
            },
          },
        },
      },
      guards: { host: guard('host'), origin: guard('origin'), token: guard('token') },
      allowedOrigins: [APP],
      onRefused: ({ method }, { reason }) => told.push(`${method} refused: ${reason}`),
      onFault: () => undefined,
    }),
  );
  const send = async (method: string, path: string, headers = {}) => {
    told.length = 0;
    const { status, text, headers: got } = await ask(url + path, { method, headers });
    return { status, text, headers: got, told: [...told] };
  };
  return send;
}

// Method, path, status, what is in the body, and who was asked on the way.
test.each<[string, string, number, string, string[]]>([
  ['GET', 'open', 200, 'open', ['host', 'origin']],
  ['GET', 'open/', 200, 'open', ['host', 'origin']],
  ['POST', 'mcp', 200, 'posted', ['host', 'origin', 'token']],
  ['POST', 'mcp?x=/open', 200, 'posted', ['host', 'origin', 'token']],
  [
    'DELETE',
    'mcp',
    400,
    'which?',
    [...['host', 'origin', 'token', 'DELETE refused: session_required']],
  ],
  [
    'GET',
    'mcp',
    405,
    'POST, DELETE',
    [...['host', 'origin', 'token', 'GET refused: method_not_allowed']],
  ],
  ['POST', 'open', 405, 'GET', ['host', 'origin', 'POST refused: method_not_allowed']],
  ['POST', 'no', 404, '/open, /mcp', ['host', 'origin', 'POST refused: not_found']],
  ['POST', '', 404, '/open, /mcp', ['host', 'origin', 'POST refused: not_found']],
  ['POST', 'mcp//', 404, '/open, /mcp', ['host', 'origin', 'POST refused: not_found']],
  ['OPTIONS', 'mcp', 204, '', ['host', 'origin']],
])('%s /%s: %i', async (method, path, status, words, asked) => {
  const send = await handling();
  const reply = await send(method, path);
  expect([reply.status, reply.told]).toEqual([status, asked]);
  expect(reply.text).toContain(words);
});

test.each<[string, string, string[]]>([
  ['host', 'no host', ['host']],
  ['origin', 'no origin', ['host', 'origin']],
  ['token', 'no token', ['host', 'origin', 'token']],
])('whom the guard of %s keeps out gets no further', async (name, words, asked) => {
  const send = await handling();
  const reply = await send('POST', 'mcp', { [`X-No-${name}`]: 'yes' });
  expect(reply.status).toBe(401);
  expect(JSON.parse(reply.text).error.message).toBe(words);
  expect(reply.told).toEqual([...asked, 'POST refused: unauthorized']);
});

test('a method that is not there is told with those that are', async () => {
  const send = await handling();
  for (const method of ['GET', 'OPTIONS']) {
    expect((await send(method, 'mcp')).headers.allow).toBe('POST, DELETE, PUT');
  }
});

test('a page that may ask may read whatever the answer is', async () => {
  const send = await handling();
  const all = [
    await send('POST', 'mcp', { Origin: APP }),
    await send('DELETE', 'mcp', { Origin: APP }),
    await send('OPTIONS', 'mcp', { Origin: APP }),
    await send('POST', 'no', { Origin: APP }),
  ];
  for (const { headers } of all) expect(headers['access-control-allow-origin']).toBe(APP);
});

test('a fault of ours in the middle of an answer cuts it off', async () => {
  const send = await handling();
  await expect(send('PUT', 'mcp')).rejects.toThrow(/cut off|hang up|reset/);
  expect((await send('POST', 'mcp')).status).toBe(200);
});
