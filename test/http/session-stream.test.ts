import type { ServerResponse } from 'node:http';
import { EventStream } from '../../src/http/events';
import { Sessions } from '../../src/http/sessions';
import type { Client } from '../../src/transport/client';
import { open } from '../support/http-client';
import { closeAll, listening } from './listening';

afterEach(closeAll);

test('a session holds on to no stream that is over', async () => {
  const sessions = new Sessions({ idleMillis: 60_000 });
  const client = { end: () => undefined } as Partial<Client> as Client;
  const session = sessions.add('one', client, {});
  const responses: ServerResponse[] = [];
  const { url } = await listening((_, response) => void responses.push(response));
  const listen = async () => {
    const reply = open(url);
    while (responses.length === 0) await new Promise(setImmediate);
    const stream = new EventStream(responses.pop()!, {});
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
  sessions.endAll();
});
