import { RawConnection, requestText } from '../../support/raw-connection';
import { now } from '../../support/time';
import { ping } from './lines';

// Clients over HTTP that take their time, or all of it (slowloris).

/** The limits of src/http/server.ts, and what a machine that is shared may add. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
const MARGIN_MS = 8_000;

const HEAD = { Host: 'localhost', 'Content-Type': 'application/json' };
const BODY = JSON.stringify({ ...ping(1), padding: 'x'.repeat(1_000) });
const WHOLE = requestText('POST /mcp', { ...HEAD, 'Content-Length': String(BODY.length) }, BODY);
const BODY_AT = WHOLE.length - BODY.length;
const ENDLESS = requestText('POST /mcp', { ...HEAD, 'Content-Length': '99999999999' });
const CHUNKED = requestText('POST /mcp', { ...HEAD, 'Transfer-Encoding': 'chunked' });

export interface Slow {
  title: string;
  /** What comes at once, and what follows it, a byte a second. */
  first: string;
  rest?: string;
  count: number;
  /** When the server is to have ended it. */
  withinMs: number;
  /** Undefined: ended without a response. */
  status: number | undefined;
}

export const SLOW_CLIENTS: Slow[] = [
  {
    title: 'a byte of headers a second',
    ...{ first: WHOLE.slice(0, 30), rest: `X: ${'x'.repeat(100)}` },
    ...{ count: 150, withinMs: HEADERS_MS, status: 408 },
  },
  {
    title: 'a byte of a body a second',
    ...{ first: WHOLE.slice(0, BODY_AT), rest: BODY },
    ...{ count: 100, withinMs: REQUEST_MS, status: 408 },
  },
  {
    title: 'a chunk of a byte a second',
    ...{ first: CHUNKED, rest: '1\r\n \r\n'.repeat(20) },
    ...{ count: 50, withinMs: REQUEST_MS, status: 408 },
  },
  {
    title: 'nothing at all',
    ...{ first: '', count: 20, withinMs: HEADERS_MS, status: undefined },
  },
  {
    title: 'half of the headers',
    ...{ first: WHOLE.slice(0, 40), count: 1, withinMs: HEADERS_MS, status: 408 },
  },
  {
    title: 'half of the body',
    ...{ first: WHOLE.slice(0, -10), count: 1, withinMs: REQUEST_MS, status: 408 },
  },
  {
    title: 'half of a second request',
    ...{ first: WHOLE + WHOLE.slice(0, 40), count: 1, withinMs: HEADERS_MS, status: 200 },
  },
  {
    title: 'a body that is refused at once, and goes on',
    ...{ first: ENDLESS, rest: BODY, count: 10, withinMs: REQUEST_MS, status: 413 },
  },
];

/** How many of them the server refuses for a reason. */
export const countOf = (status: number): number =>
  SLOW_CLIENTS.filter((slow) => slow.status === status).reduce((sum, { count }) => sum + count, 0);

/** So many clients of a kind. Resolves, when all are ended, with how many were so as is right. */
export async function meet(port: number, slow: Slow): Promise<number> {
  const { title, count, withinMs, status } = slow;
  const ended = await Promise.all(Array.from({ length: count }, () => meetOne(port, slow)));
  const slowest = Math.max(...ended.map(({ millis }) => millis));
  console.info(`${title}: ended within ${Math.round(slowest)} ms`);
  return ended.filter((one) => one.status === status && one.millis < withinMs + MARGIN_MS).length;
}

async function meetOne(port: number, { first, rest = '', withinMs }: Slow) {
  const connection = new RawConnection(port);
  const began = now();
  connection.write(first);
  let at = 0;
  const timer = setInterval(() => {
    if (!connection.isClosed && at < rest.length) connection.write(rest[at++]!);
  }, 1_000);
  const late = setTimeout(() => connection.destroy(), withinMs + MARGIN_MS);
  await connection.closed;
  clearInterval(timer);
  clearTimeout(late);
  return { millis: now() - began, status: connection.status };
}
