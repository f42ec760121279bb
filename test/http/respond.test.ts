import type { IncomingMessage, ServerResponse } from 'node:http';
import { respond } from '../../src/http/respond';
import { ask } from '../support/http-client';
import { RawConnection, requestText } from '../support/raw-connection';
import { closeAll, listening } from './listening';

afterEach(closeAll);

test.each<[number, string, string | undefined]>([
  [200, '{"é":1}', '8'],
  [202, '', '0'],
  [404, 'no', '2'],
  [204, '', undefined],
])('%i %j has the length %s', async (status, body, length) => {
  const { url } = await listening((_, response) => respond(response, status, { 'X-A': '1' }, body));
  const reply = await ask(url, { method: 'POST' });
  expect([reply.status, reply.text, reply.headers['x-a']]).toEqual([status, body, '1']);
  expect(reply.headers['content-length']).toBe(length);
  expect(reply.headers).not.toHaveProperty('transfer-encoding');
});

test('a second response on the same request is not sent', async () => {
  const { url } = await listening((_, response) => {
    respond(response, 200, {}, 'first');
    respond(response, 500, {}, 'second');
  });
  expect(await ask(url)).toMatchObject({ status: 200, text: 'first' });
});

test('nobody is there to read it: nothing happens', async () => {
  let late!: ServerResponse;
  const { port } = await listening((_, response) => void (late = response));
  const connection = new RawConnection(port);
  connection.write(requestText('GET /', { Host: 'x' }));
  while (!late) await new Promise((resolve) => setTimeout(resolve, 5));
  connection.destroy();
  while (!late.destroyed) await new Promise((resolve) => setTimeout(resolve, 5));
  respond(late, 200, {}, 'late');
  expect(late.headersSent).toBe(false);
});

describe('a request that is still coming', () => {
  const head = { Host: 'x', Connection: 'close' };

  test('is read to its end before the connection is closed, and answered at once', async () => {
    let asked!: IncomingMessage;
    const { port } = await listening((request, response) => {
      asked = request;
      respond(response, 403, {}, 'refused');
    });
    const connection = new RawConnection(port);
    const length = 20_000_000;
    connection.write(requestText('POST /', { ...head, 'Content-Length': String(length) }));
    await connection.waitForText('refused');
    expect(connection.isClosed).toBe(false);
    connection.write(Buffer.alloc(length, 'x'));
    await connection.closed;
    expect([connection.text, asked.complete]).toEqual([expect.stringMatching(/refused$/), true]);
  });

  test.each([
    ['has no body', {}],
    ['waits to be asked for its body', { 'Content-Length': '100', Expect: '100-continue' }],
  ])('but not one that %s', async (_, headers) => {
    const { port } = await listening((_, response) => respond(response, 403, {}, 'refused'));
    const connection = new RawConnection(port);
    connection.write(requestText('POST /', { ...head, ...headers }));
    await connection.closed;
    expect(connection.text).toMatch(/^HTTP\/1\.1 403 [^]*refused$/);
  });
});
