import { createServer, type AddressInfo, type Server } from 'node:net';
import { Endpoint } from '../../src/telemetry/endpoint';
import type { Notices } from '../../src/telemetry/notices';
import type { Answer } from '../../src/telemetry/answers';
import { ExportFailure } from '../../src/telemetry/export-once';

const MINUTE = 60_000;

let now: number;
let told: string[];
let found: number;
beforeEach(() => {
  now = 0;
  told = [];
  found = 0;
});

/** Writes down which notice was given. */
const notices = new Proxy({} as Notices, {
  get: (_, name: string) => () => told.push(name),
});
const endpoint = ({ configured = true, url = 'http://127.0.0.1:1/v1/traces' } = {}): Endpoint =>
  new Endpoint(
    'traces',
    { url, configured },
    notices,
    () => found++,
    () => now,
  );

const answered = (status: number, more: Partial<Answer> = {}): ExportFailure =>
  new ExportFailure(`answered ${status}`, { status, isWebPage: false, ...more });
const broken = (problem?: string): ExportFailure =>
  new ExportFailure('it broke', undefined, problem);

test.each([
  ...[429, 502, 503, 504].map((status) => [status, 'retry'] as const),
  ...[401, 403, 404, 405, 407, 415].map((status) => [status, 'resting'] as const),
  ...[301, 308, 400, 402, 408, 413, 418, 422, 500, 501, 505, 507].map(
    (status) => [status, 'refused'] as const,
  ),
])('%i: %s', (status, verdict) => {
  const it = endpoint();
  expect(it.failed(answered(status))).toBe(verdict);
  expect(it.isResting).toBe(verdict === 'resting');
  expect(it.wait > 0).toBe(verdict !== 'refused');
});

test('a web page with 200 means another program', () => {
  const it = endpoint();
  expect(it.failed(answered(200, { isWebPage: true }))).toBe('resting');
  expect(told).toEqual(['notTaken']);
});

test.each([
  ['ECONNREFUSED', 'unreachable', 'unreachable'],
  ['ENOTFOUND', 'unreachable', 'unreachable'],
  ['ECONNRESET', 'failing', 'timeout'],
  [undefined, 'failing', 'timeout'],
] as const)('%s is tried again, as "%s"', (problem, notice, reason) => {
  const it = endpoint();
  expect(it.failed(broken(problem))).toBe('retry');
  expect(told).toEqual([notice]);
  expect(it.dropReason).toBe(reason);
});

test('a fault of our own is no reason to try the same again', () => {
  expect(endpoint().failed(new TypeError('not a span'))).toBe('refused');
  expect(told).toEqual(['unfit']);
});

test('the pauses double up to half a minute, and begin anew after a success', () => {
  const it = endpoint();
  const pause = (): number => {
    it.failed(answered(503));
    const { wait } = it;
    now += wait;
    return wait;
  };
  for (const base of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    const wait = pause();
    expect(wait).toBeGreaterThanOrEqual(base * 0.8);
    expect(wait).toBeLessThanOrEqual(base * 1.2);
  }
  it.succeeded();
  expect(it.wait).toBe(0);
  expect(pause()).toBeLessThanOrEqual(1_200);
});

test('exports that fail side by side are one failure', () => {
  const it = endpoint();
  for (let i = 0; i < 8; i++) it.failed(answered(503));
  expect(it.wait).toBeLessThanOrEqual(1_200);
});

test('Retry-After of days means five minutes: one odd answer must not silence a signal', () => {
  const it = endpoint();
  it.failed(answered(503, { retryAfterMillis: 86_400_000 }));
  expect(it.askedToWait).toBe(300_000);
});

test('Retry-After holds, whatever exports beside it tell', () => {
  const it = endpoint();
  it.succeeded();
  expect(it.lanes).toBe(Infinity);
  it.failed(answered(429, { retryAfterMillis: 40_000 }));
  expect(it.lanes).toBe(1);
  it.failed(answered(503));
  it.succeeded();
  expect(it.wait).toBe(40_000);
  expect(it.askedToWait).toBe(40_000);
  now += 40_000;
  expect(it.wait).toBe(0);
});

test('it rests for five minutes and is then tried once; a failure makes it rest again', () => {
  const it = endpoint();
  it.failed(answered(405));
  now = 5 * MINUTE - 1;
  expect(it.isResting).toBe(true);
  now = 5 * MINUTE;
  expect(it).toMatchObject({ isResting: false, wait: 0, lanes: 1, isKnownUp: false });
  it.failed(answered(405));
  expect(it.isResting).toBe(true);
  now = 10 * MINUTE;
  it.succeeded();
  expect(it).toMatchObject({ isResting: false, isKnownUp: true, lanes: Infinity });
});

test('an earlier absence is no reason to drop what a receiver that came does not get in time', () => {
  const it = endpoint({ configured: false });
  it.failed(broken('ECONNREFUSED'));
  expect(it.dropReason).toBe('no_receiver');
  it.succeeded();
  expect(it.dropReason).toBe('timeout');
});

describe('whether anything listens', () => {
  let server: Server;
  let url: string;
  beforeEach(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`;
  });
  afterEach(() => server.close());

  test('yes: it is found', async () => {
    expect(await endpoint({ url }).reachable()).toBe(true);
    expect([told, found]).toEqual([['found'], 1]);
  });

  test.each([true, false])('no, configured: %s', async (configured) => {
    await new Promise((resolve) => server.close(resolve));
    const it = endpoint({ url, configured });
    expect(await it.reachable()).toBe(false);
    expect([told, found]).toEqual([['unreachable'], 0]);
    expect(it.dropReason).toBe(configured ? 'unreachable' : 'no_receiver');
    expect(it.wait).toBeGreaterThan(0);
  });
});
