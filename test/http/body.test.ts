import { request as send, type IncomingMessage } from 'node:http';
import { checkMediaType, MAX_BODY_BYTES, readBody } from '../../src/http/body';
import { Refusal } from '../../src/http/refusal';
import { ask } from '../support/http-client';
import { RawConnection, requestText } from '../support/raw-connection';
import { closeAll, listening } from './listening';

afterEach(closeAll);

/** A server that answers with the body, as it reads it, or with why it does not. */
async function reading() {
  const read: (string | undefined)[] = [];
  const server = await listening(async (request, response) => {
    try {
      const text = await readBody(request, response);
      read.push(text);
      response.end(text);
    } catch (error) {
      read.push((error as Refusal).reason);
      response.writeHead((error as Refusal).status).end();
    }
  });
  return { ...server, read };
}

describe('the media type', () => {
  const check = (headers: IncomingMessage['headers']) => checkMediaType({ headers } as never);

  test.each([
    'application/json',
    'application/json;charset=utf-8',
    'APPLICATION/JSON ; charset="UTF-8"; x=y',
  ])('%s is JSON', (type) => {
    expect(() => check({ 'content-type': type })).not.toThrow();
    expect(() => check({ 'content-type': type, 'content-encoding': 'Identity' })).not.toThrow();
  });

  test.each([undefined, '', 'text/json', 'application/json5', 'application/json, text/plain'])(
    '%j is none',
    (type) => {
      expect(() => check({ 'content-type': type })).toThrow(
        /Content-Type must be application\/json/,
      );
    },
  );

  test.each(['gzip', 'br', 'identity, gzip', ''])('encoded by %j it is not read', (encoding) => {
    const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
    expect(() => check(headers)).toThrow(/must not be compressed/);
  });

  test('a refusal quotes little of it', () => {
    expect(() => check({ 'content-type': 'x'.repeat(10_000) })).toThrow(/^.{20,200}$/);
  });
});

test.each([
  ['nothing', '', ''],
  ['text', '{"a":"é€😀"}', '{"a":"é€😀"}'],
  ['a byte order mark is no part of it', '\uFEFF{}', '{}'],
  ['one only', '\uFEFF\uFEFF{}', '\uFEFF{}'],
  ['bytes that are no text', Buffer.from([0x7b, 0xff]), '{\uFFFD'],
])('%s', async (_, body, expected) => {
  const { url, read } = await reading();
  await ask(url, { body });
  expect(read).toEqual([expected]);
});

test('a character that two chunks share', async () => {
  const { url, read } = await reading();
  const bytes = Buffer.from('"€"');
  await new Promise<void>((resolve) => {
    const sent = send(url, { method: 'POST' }, (response) => response.resume().on('end', resolve));
    sent.write(bytes.subarray(0, 2));
    setTimeout(() => sent.end(bytes.subarray(2)), 20);
  });
  expect(read).toEqual(['"€"']);
});

describe('10 MB', () => {
  const length = (bytes: number) => ({ 'Content-Length': String(bytes) });

  test('are read; with one byte more none is', async () => {
    const { url, read } = await reading();
    expect((await ask(url, { body: Buffer.alloc(MAX_BODY_BYTES, 'x') })).status).toBe(200);
    expect((await ask(url, { body: Buffer.alloc(MAX_BODY_BYTES + 1, 'x') })).status).toBe(413);
    expect(read.map((text) => text!.length)).toEqual([MAX_BODY_BYTES, 'body_too_large'.length]);
  });

  test('a length that is too large is refused before anything comes', async () => {
    const { port, read } = await reading();
    const connection = new RawConnection(port);
    connection.write(requestText('POST /', { Host: 'x', ...length(MAX_BODY_BYTES + 1) }));
    await connection.waitForText('HTTP/1.1 413');
    expect([read, connection.text]).toEqual([['body_too_large'], expect.not.stringMatching(/100/)]);
    connection.destroy();
  });

  test('without a length: refused at the byte that is too much', async () => {
    const { port, read } = await reading();
    const connection = new RawConnection(port);
    connection.write(requestText('POST /', { Host: 'x', 'Transfer-Encoding': 'chunked' }));
    const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
    for (let i = 0; i < 10; i++) connection.write(chunk);
    connection.write('1\r\nx\r\n');
    await connection.waitForText('HTTP/1.1 413');
    expect(read).toEqual(['body_too_large']);
    connection.destroy();
  });
});

test('a client that waits to be asked is asked', async () => {
  const { port, read } = await reading();
  const connection = new RawConnection(port);
  const headers = { Host: 'x', 'Content-Length': '2', Expect: '100-continue' };
  connection.write(requestText('POST /', headers));
  await connection.waitForText('HTTP/1.1 100 Continue');
  connection.write('{}');
  await connection.waitForText('HTTP/1.1 200 OK');
  expect(read).toEqual(['{}']);
  connection.destroy();
});

test('of a client that goes in the middle nothing is read', async () => {
  const { port, read } = await reading();
  const connection = new RawConnection(port);
  connection.write(requestText('POST /', { Host: 'x', 'Content-Length': '100' }, '{"half":'));
  setTimeout(() => connection.destroy(), 50);
  await connection.closed;
  while (read.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(read).toEqual([undefined]);
});
