import { stopAll } from '../support/cli';
import { ask, keepAlive } from '../support/http-client';
import { startHttpServer, type HttpServer } from '../support/http-server';
import { RawConnection, requestText } from '../support/raw-connection';
import { startReceiver } from '../support/receiver';
import { now, pause } from '../support/time';
import { ping } from './support/lines';
import { counted } from './support/points';
import { complaints } from './support/stderr-lines';

// Clients that take their time, or all of it (slowloris): each is ended in time while others are
// served. The limits are those of src/http/server.ts; a machine that is shared may add to them.

const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
const MARGIN_MS = 8_000;
/** Others, on connections of their own, wait no longer than this. */
const SERVED_MS = 2_000;

afterAll(stopAll);

const HEAD = { Host: 'localhost', 'Content-Type': 'application/json' };
const BODY = JSON.stringify({ ...ping(1), padding: 'x'.repeat(1_000) });
const WHOLE = requestText('POST /mcp', { ...HEAD, 'Content-Length': String(BODY.length) }, BODY);
const BODY_AT = WHOLE.length - BODY.length;
const ENDLESS = requestText('POST /mcp', { ...HEAD, 'Content-Length': '99999999999' });
const CHUNKED = requestText('POST /mcp', { ...HEAD, 'Transfer-Encoding': 'chunked' });

interface Slow {
  /** What comes at once, and what follows it, a byte a second. */
  first: string;
  rest?: string;
  count: number;
  endsMs: number;
  /** Undefined: ended without a response. */
  status: number | undefined;
}

const SLOW: Record<string, Slow> = {
  'a byte of headers a second': {
    ...{ first: WHOLE.slice(0, 30), rest: `X: ${'x'.repeat(100)}` },
    ...{ count: 150, endsMs: HEADERS_MS, status: 408 },
  },
  'a byte of a body a second': {
    ...{ first: WHOLE.slice(0, BODY_AT), rest: BODY },
    ...{ count: 100, endsMs: REQUEST_MS, status: 408 },
  },
  'a chunk of a byte a second': {
    ...{ first: CHUNKED, rest: '1\r\n \r\n'.repeat(20) },
    ...{ count: 50, endsMs: REQUEST_MS, status: 408 },
  },
  'nothing at all': { first: '', count: 20, endsMs: HEADERS_MS, status: undefined },
  'half of the headers': {
    ...{ first: WHOLE.slice(0, 40), count: 1, endsMs: HEADERS_MS, status: 408 },
  },
  'half of the body': {
    ...{ first: WHOLE.slice(0, -10), count: 1, endsMs: REQUEST_MS, status: 408 },
  },
  'half of a second request': {
    ...{ first: WHOLE + WHOLE.slice(0, 40), count: 1, endsMs: HEADERS_MS, status: 200 },
  },
  'a body that is refused at once, and goes on': {
    ...{ first: ENDLESS, rest: BODY, count: 10, endsMs: REQUEST_MS, status: 413 },
  },
};

const COUNT = Object.values(SLOW).reduce((sum, { count }) => sum + count, 0);
const refused = SLOW['a body that is refused at once, and goes on']!;
const silent = SLOW['nothing at all']!;

/** One client. Resolves when the server has ended it. */
async function meet({ port }: HttpServer, { first, rest = '', endsMs, status }: Slow) {
  const connection = new RawConnection(port);
  const began = now();
  connection.write(first);
  let at = 0;
  const timer = setInterval(() => {
    if (!connection.isClosed && at < rest.length) connection.write(rest[at++]!);
  }, 1_000);
  const late = setTimeout(() => connection.destroy(), endsMs + MARGIN_MS);
  await connection.closed;
  clearInterval(timer);
  clearTimeout(late);
  return {
    took: now() - began,
    inTime: now() - began < endsMs + MARGIN_MS,
    status: connection.status === status,
  };
}

test('each is ended in time, while others are served', async () => {
  const receiver = await startReceiver();
  const server = await startHttpServer({ env: receiver.env });
  let isOver = false;
  const kept = keepAlive(1);
  const served = async (): Promise<number[]> => {
    const times: number[] = [];
    while (!isOver) {
      const began = now();
      const agent = times.length % 2 === 0 ? kept : undefined;
      expect((await ask(server.url, { body: ping(1), agent })).status).toBe(200);
      times.push(now() - began);
      await pause(50);
    }
    return times;
  };
  const serving = served();
  const ended = await Promise.all(
    Object.entries(SLOW).map(async ([name, slow]) => {
      const clients = await Promise.all(
        Array.from({ length: slow.count }, () => meet(server, slow)),
      );
      const fine = clients.filter(({ inTime, status }) => inTime && status);
      console.info(`${name}: ${Math.round(Math.max(...clients.map(({ took }) => took)))} ms`);
      return [name, fine.length];
    }),
  );
  isOver = true;
  const times = await serving;
  console.info(`${times.length} others, the slowest in ${Math.round(Math.max(...times))} ms`);
  expect(Object.fromEntries(ended)).toEqual(
    Object.fromEntries(Object.entries(SLOW).map(([name, { count }]) => [name, count])),
  );
  expect(Math.max(...times)).toBeLessThan(SERVED_MS);
  kept.destroy();

  server.cli.kill();
  expect(await server.cli.exit).toMatchObject({ code: 0 });
  await receiver.close();
  expect(server.cli.stdout).toBe('');
  expect(complaints(server.cli.stderr).filter((line) => !line.includes(' refused with 4'))).toEqual(
    [],
  );
  expect(counted(receiver.latest('mcp.http.refused'))).toEqual({
    // Who asked for nothing was refused nothing. Once each: what came late of a body that was refused already is no other refusal.
    'error.type=timeout http.response.status_code=408': COUNT - refused.count - silent.count,
    'error.type=body_too_large http.response.status_code=413': refused.count,
  });
}, 60_000);
