import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventStream } from '../../src/http/events';
import type { Peer } from '../../src/http/peer';
import { Sessions, type HttpSession } from '../../src/http/sessions';
import type { Client } from '../../src/transport/client';
import { open } from '../support/http-client';

// What is left of a session, and of its stream, when it is over.

const PEER = {} as Peer;
const sessions = new Sessions({ idleMillis: 60_000 });
const ended: string[] = [];
const begin = (id: string): HttpSession => {
  const client = { describe: () => undefined, end: () => ended.push(id) };
  return sessions.add(id, client as unknown as Client, PEER);
};
beforeEach(() => void (ended.length = 0));

test('one that is ended while a request is answered lasts until it has been answered', () => {
  const session = begin('one');
  sessions.enter(session, PEER);
  sessions.enter(session, PEER);
  sessions.end(session);
  expect(() => sessions.use('one')).toThrow(/Session not found/);
  sessions.leave(session);
  expect(ended).toEqual([]);
  sessions.leave(session);
  expect(ended).toEqual(['one']);
});

test('nothing holds on to a stream that is over', async () => {
  const responses: ServerResponse[] = [];
  const server = createServer((_, response) => void responses.push(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const session = begin('listening');
  const listen = async () => {
    const reply = open(`http://127.0.0.1:${port}/`);
    while (responses.length === 0) await new Promise(setImmediate);
    const response = responses.pop()!;
    const stream = new EventStream(response, {});
    const over = new Promise<void>((resolve) => stream.onClose(resolve));
    sessions.listen(session, stream);
    return { reply: await reply, stream, over };
  };

  const first = await listen();
  const second = await listen();
  await first.over;
  expect(session.stream).toBe(second.stream);
  second.reply.vanish();
  await second.over;
  expect(session.stream).toBeUndefined();
  server.close();
});

// The last: nothing begins after it.
test('the end of the server ends them all, each once, those too whose clients asked for it', () => {
  const [idle, busy, leaving] = ['idle', 'busy', 'leaving'].map(begin) as [
    HttpSession,
    HttpSession,
    HttpSession,
  ];
  sessions.enter(busy, PEER);
  sessions.enter(leaving, PEER);
  sessions.end(leaving);
  sessions.endAll();
  sessions.leave(busy);
  sessions.leave(leaving);
  sessions.end(idle);
  expect(ended.sort()).toEqual(['busy', 'idle', 'leaving', 'listening']);
});
