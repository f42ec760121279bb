import type { RequestListener } from 'node:http';
import { HttpServer } from '../../src/http/server';
import { RawConnection, requestText } from '../support/raw-connection';
import { pause } from '../support/time';

// Connections on which nothing goes either way: each is ended in time, unless it is the server's turn.

const PATIENCE = { headers: 2_000, request: 2_000, idle: 300, check: 50 };
const GET = requestText('GET /', { Host: 'localhost' });
/** More than the system holds for a client that does not read. */
const MUCH = Buffer.alloc(64 * 1024 * 1024);

let server: HttpServer | undefined;
let connection: RawConnection;
afterEach(async () => {
  connection.destroy();
  await server?.end(() => undefined);
});

async function connect(handle: RequestListener): Promise<RawConnection> {
  server = new HttpServer({ handle, onRefused: () => undefined, patience: PATIENCE });
  const { port } = await server.listen(0, '127.0.0.1');
  connection = new RawConnection(port);
  return connection;
}

test('a kept connection that is idle is closed', async () => {
  await connect((_, response) => response.end('done'));
  connection.write(GET);
  await connection.waitForText('done');
  await connection.closed;
});

test('a client that reads nothing of its answer is cut off', async () => {
  const over = new Promise<void>((resolve) => {
    void connect((_, response) => {
      response.on('close', resolve).end(MUCH);
    }).then(() => {
      connection.pause();
      connection.write(GET);
    });
  });
  await over;
  connection.resume();
  await connection.closed;
  expect(connection.text.length).toBeLessThan(MUCH.length);
});

test('one that takes its time to read gets all of it', async () => {
  await connect((_, response) => response.end(MUCH));
  connection.write(GET);
  while (connection.text.length < MUCH.length) {
    connection.pause();
    await pause(20);
    connection.resume();
    await pause(20);
  }
  expect(connection.text.length).toBeGreaterThan(MUCH.length);
});

test('one that waits for its answer, or for what is said on a stream, is let wait', async () => {
  await connect(async (_, response) => {
    await pause(4 * PATIENCE.idle);
    response.write('first');
    await pause(4 * PATIENCE.idle);
    response.end('last');
  });
  connection.write(GET);
  await connection.waitForText('last');
  expect(connection.text).toMatch(/first/);
});
