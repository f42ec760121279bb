import type { ServerResponse } from 'node:http';
import { eventText, EventStream } from '../../src/http/events';
import { open } from '../support/http-client';
import { pause } from '../support/time';
import { closeAll, listening } from './listening';

afterEach(closeAll);

const HEARTBEAT_MILLIS = 20;

/** A client that listens, and the stream that it listens to. */
async function stream(heartbeatMillis = HEARTBEAT_MILLIS) {
  let made!: EventStream;
  let used!: ServerResponse;
  const { url } = await listening((_, response) => {
    used = response;
    made = new EventStream(response, { 'X-Of-It': 'yes' }, heartbeatMillis);
  });
  return { reply: await open(url), stream: made, response: () => used };
}

test('an event is a name and one line of data', () => {
  expect(eventText('{"a":1}')).toBe('event: message\ndata: {"a":1}\n\n');
});

test('it is open before anything is said, and no proxy is to keep it back', async () => {
  const { reply } = await stream(60_000);
  expect(reply.status).toBe(200);
  expect(reply.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-of-it': 'yes',
  });
  expect([reply.text, reply.isWhole]).toEqual(['', false]);
});

test('what is said comes as events, and its end is the response’s', async () => {
  const { reply, stream: made } = await stream(60_000);
  made.send('{"n":1}');
  made.send('{"n":2}');
  made.end();
  made.send('{"n":3}');
  await reply.ended;
  expect([reply.text, reply.isWhole]).toEqual([eventText('{"n":1}') + eventText('{"n":2}'), true]);
});

test('while nothing is said a comment keeps it alive', async () => {
  const { reply } = await stream();
  await reply.waitForText(': \n\n: \n\n');
});

test('a client that is gone is noticed, and nothing more is written', async () => {
  const { reply, stream: made, response } = await stream();
  await reply.waitForText(': \n\n');
  const noticed = new Promise<void>((resolve) => made.onClose(resolve));
  reply.vanish();
  await noticed;
  const write = jest.spyOn(response(), 'write');
  made.send('{}');
  await pause(5 * HEARTBEAT_MILLIS);
  expect(write).not.toHaveBeenCalled();
  made.end();
});
