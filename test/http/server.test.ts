import type { RequestListener } from 'node:http';
import type { Refusal } from '../../src/http/refusal';
import { HttpServer, type HttpServerOptions } from '../../src/http/server';
import { ask, keepAlive, open } from '../support/http-client';
import { RawConnection, requestText } from '../support/raw-connection';
import { pause } from '../support/time';

const PATIENCE = { headers: 150, request: 300, idle: 400, check: 20 };
const NO_HURRY = { headers: 60_000, request: 60_000, idle: 60_000, check: 1_000 };
const HEAD = { Host: 'localhost' };
const LATER_MILLIS = 100;

const servers = new Set<HttpServer>();
afterEach(async () => {
  await Promise.all([...servers].map((server) => server.end(() => undefined)));
  servers.clear();
});

/** Answers at once, after a while, or when the body is there. */
const answering: RequestListener = (request, response) => {
  if (request.url === '/later') setTimeout(() => response.end('later'), LATER_MILLIS);
  else if (request.method === 'GET') response.end('now');
  else request.resume().on('end', () => response.end('read'));
};

async function listening(handle = answering, patience: HttpServerOptions['patience'] = PATIENCE) {
  const refusals: Refusal[] = [];
  const onRefused = (refusal: Refusal): void => void refusals.push(refusal);
  const server = new HttpServer({ handle, onRefused, patience });
  servers.add(server);
  const { port } = await server.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}/`;
  const connect = (options = {}) => new RawConnection(port, options);
  const reasons = (): string[] => refusals.map(({ reason }) => reason);
  return { server, port, url, reasons, connect };
}

describe('listen', () => {
  test('tells where it listens, and serves there', async () => {
    const { url } = await listening();
    expect((await ask(url)).text).toBe('now');
  });

  test('throws the system’s error where the port is taken, and can be asked again', async () => {
    const { port } = await listening();
    const other = new HttpServer({ handle: answering, onRefused: () => undefined });
    servers.add(other);
    await expect(other.listen(port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect((await other.listen(0, '127.0.0.1')).port).toBeGreaterThan(0);
  });
});

describe('patience: a client that', () => {
  test.each<[string, string, number | undefined, string[]]>([
    ['says nothing is left alone', '', undefined, []],
    ['does not end its headers', 'GET / HTTP/1.1\r\nHost: x\r\n', 408, ['timeout']],
    [
      'does not end its body',
      requestText('POST /', { ...HEAD, 'Content-Length': '9' }, 'half'),
      408,
      ['timeout'],
    ],
    ['does not go on with another request', requestText('GET /', HEAD) + 'GET', 200, ['timeout']],
  ])('%s', async (_, bytes, status, reasons) => {
    const { connect, reasons: told } = await listening();
    const connection = connect();
    connection.write(bytes);
    await connection.closed;
    expect([connection.status, told()]).toEqual([status, reasons]);
  });

  test('sends a byte now and then is not waited for any longer', async () => {
    const { connect, reasons } = await listening();
    const [headers, body] = [connect(), connect()];
    headers.write('GET / HTTP/1.1\r\n');
    body.write(requestText('POST /', { ...HEAD, 'Content-Length': '1000' }));
    const timer = setInterval(() => {
      for (const connection of [headers, body]) if (!connection.isClosed) connection.write('x');
    }, 20);
    await Promise.all([headers.closed, body.closed]);
    clearInterval(timer);
    expect([headers.status, body.status, reasons()]).toEqual([408, 408, ['timeout', 'timeout']]);
  });

  test('waits for its answer is not hurried', async () => {
    const { url, reasons } = await listening((_, response) => {
      setTimeout(() => response.end('slowly'), PATIENCE.request + 200);
    });
    expect((await ask(url)).text).toBe('slowly');
    expect(reasons()).toEqual([]);
  });

  test('is answered already and still sends is refused nothing more', async () => {
    const { connect, reasons } = await listening((_, response) => {
      response.writeHead(413, { 'Content-Length': '2' }).write('no');
    });
    const connection = connect();
    connection.write(requestText('POST /', { ...HEAD, 'Content-Length': '9999' }, 'x'));
    await connection.closed;
    expect([connection.text.endsWith('no'), reasons()]).toEqual([true, []]);
  });
});

describe('what is no HTTP', () => {
  test.each([
    ['words', 'hello\r\n\r\n', 400, 'malformed_http'],
    ['headers that are too large', `GET / HTTP/1.1\r\nX: ${'x'.repeat(50_000)}`, 431],
  ])('%s', async (_, bytes, status, reason = 'headers_too_large') => {
    const { connect, reasons } = await listening();
    const connection = connect();
    connection.write(bytes);
    await connection.closed;
    expect([connection.status, reasons()]).toEqual([status, [reason]]);
    const [head, body] = connection.text.split('\r\n\r\n') as [string, string];
    expect(head).toContain('Connection: close');
    expect(JSON.parse(body)).toMatchObject({ jsonrpc: '2.0', error: { code: -32000 } });
  });

  test('is refused once, and not cut off, however much follows it', async () => {
    const { connect, reasons } = await listening();
    const connection = connect({ allowHalfOpen: true });
    connection.write('hello\r\n\r\n');
    await connection.waitForText('HTTP/1.1 400');
    for (let i = 0; i < 10; i++) {
      connection.write('hello\r\n\r\n'.repeat(1_000));
      await pause(10);
    }
    connection.end();
    await connection.closed;
    expect([connection.fault, reasons()]).toEqual([undefined, ['malformed_http']]);
  });

  test('is not listened to for long', async () => {
    const { connect } = await listening(answering, NO_HURRY);
    const connection = connect({ allowHalfOpen: true });
    connection.write('hello\r\n\r\n');
    const timer = setInterval(() => connection.write('hello\r\n\r\n'), 50);
    await connection.closed;
    clearInterval(timer);
    expect(connection.status).toBe(400);
  });

  test('a client that goes in the middle is no refusal', async () => {
    const { connect, reasons, url } = await listening();
    const [ending, resetting] = [connect(), connect()];
    for (const connection of [ending, resetting]) {
      connection.write(requestText('POST /', { ...HEAD, 'Content-Length': '9' }, 'half'));
    }
    await ask(url);
    ending.end();
    resetting.destroy();
    await Promise.all([ending.closed, resetting.closed]);
    await ask(url);
    expect(reasons()).toEqual([]);
  });
});

describe('the end', () => {
  test('lets nobody in, answers what was asked, and closes what is kept', async () => {
    const { server, url } = await listening();
    const agent = keepAlive(1);
    await ask(url, { agent });
    const asked = [open(`${url}later`), open(`${url}later`, { agent })];
    await pause(30);
    const ended = server.end(() => undefined);
    await expect(ask(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    for (const reply of await Promise.all(asked)) {
      expect(reply.headers.connection).toBe('close');
      await reply.ended;
      expect(reply.text).toBe('later');
    }
    await ended;
    agent.destroy();
  });

  test('ends what would stay open', async () => {
    const endings: (() => void)[] = [];
    const { server, url } = await listening((_, response) => {
      response.write('open');
      endings.push(() => response.end());
    });
    const reply = await open(url);
    await server.end(() => endings.forEach((end) => end()));
    await reply.ended;
    expect([reply.text, reply.isWhole]).toEqual(['open', true]);
  });

  test('a request that crosses it on a kept connection is answered', async () => {
    const { server, connect } = await listening();
    const connection = connect();
    connection.write(requestText('GET /', HEAD));
    await connection.waitForText('now');
    const ended = server.end(() => undefined);
    connection.write(requestText('GET /later', HEAD));
    await Promise.all([connection.closed, ended]);
    expect(connection.text).toMatch(/Connection: close\r\n[^]*later$/);
  });

  test('what is asked behind another on a connection that is then closed is not waited for', async () => {
    const { server, connect, url } = await listening((request, response) => {
      if (request.url === '/first') setTimeout(() => response.end('first'), LATER_MILLIS);
      else response.write('never ended');
    });
    const pipelining = connect();
    pipelining.write(requestText('GET /first', HEAD) + requestText('GET /second', HEAD));
    const going = connect();
    going.write(requestText('GET /first', HEAD) + requestText('GET /second', HEAD));
    await pause(30);
    going.destroy();
    await server.end(() => undefined);
    await pipelining.closed;
    expect(pipelining.text).toMatch(/first$/);
    await expect(ask(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test.each([
    ['has sent half of its headers', 'GET / HT'],
    ['has sent half of its body', requestText('POST /', { ...HEAD, 'Content-Length': '9' }, 'x')],
    ['has said nothing', ''],
  ])('does not wait long for a client that %s', async (_, bytes) => {
    const { server, connect } = await listening(answering, NO_HURRY);
    const connection = connect();
    connection.write(bytes);
    await pause(30);
    await server.end(() => undefined);
    await connection.closed;
    expect(connection.text).toBe('');
  });
});
