import { onlyJsonRpc, startCli, stopAll } from '../support/cli';
import type { LogRecord, Span } from '../support/otlp-types';
import { startReceiverProcess, type ReceiverProcess } from '../support/receiver-process';
import { answeredCalls, ascending, callMany, HANDSHAKE_SPANS, numbersTo } from './support/load';
import { ids, linesOf, toldDropped } from './support/losses';
import { counted, sumOf } from './support/points';

const CALLS = 22_000;
const PAGE = 5_000;

let receiver: ReceiverProcess;
beforeEach(async () => void (receiver = await startReceiverProcess({ lazy: true })));
afterEach(async () => {
  await stopAll();
  await receiver.close();
});

/** All of a list of the receiver's, a page at a time. */
async function all<T>(page: (from: number, to: number) => Promise<T[]>): Promise<T[]> {
  const items: T[] = [];
  for (;;) {
    const more = await page(items.length, items.length + PAGE);
    items.push(...more);
    if (more.length < PAGE) return items;
  }
}

/** A session of 22,000 calls, 64 in flight, against a receiver that takes so long for a request. */
async function session(delayMs: number) {
  await receiver.behave({ kind: 'accept', delayMs });
  const cli = startCli({ env: receiver.env, timeoutMs: 60_000 });
  await cli.initialize();
  await callMany(cli, CALLS);
  const exit = await cli.end();
  expect(exit.code).toBe(0);
  onlyJsonRpc(cli.stdout);
  expect(ascending(answeredCalls(cli))).toEqual(numbersTo(CALLS));
  await receiver.decodeLater();
  return { cli, exit };
}

test.each([0, 50])(
  'every call is answered and seen exactly once: a receiver of %i ms a request',
  async (delayMs) => {
    const { cli } = await session(delayMs);

    const spans: Span[] = await all(receiver.spans);
    const calls = spans.filter(({ name }) => name === 'tools/call add');
    expect(calls).toHaveLength(CALLS);
    expect(spans).toHaveLength(CALLS + HANDSHAKE_SPANS);
    expect(ids(spans).size).toBe(spans.length);
    const requestIds = new Set(calls.map(({ attributes }) => attributes['jsonrpc.request.id']));
    expect(requestIds.size).toBe(CALLS);

    const logs: LogRecord[] = await all(receiver.logs);
    const ofCalls = logs.filter(({ body }) => String(body).startsWith('tools/call add ok'));
    expect(ofCalls).toHaveLength(CALLS);
    expect(ids(ofCalls)).toEqual(ids(calls));

    expect(counted(await receiver.latest('mcp.requests.total'))).toEqual({
      'method=initialize outcome=ok': 1,
      'method=tools/call outcome=ok tool=add': CALLS,
    });
    expect(counted(await receiver.latest('mcp.tools.calls'))).toEqual({ 'tool=add': CALLS });
    expect(sumOf(await receiver.latest('mcp.requests.duration'))).toBe(CALLS + 1);
    expect(sumOf(await receiver.latest('mcp.server.operation.duration'))).toBe(
      CALLS + HANDSHAKE_SPANS,
    );
    expect(sumOf(await receiver.latest('otel.sdk.span.started'))).toBe(CALLS + HANDSHAKE_SPANS);
    expect(sumOf(await receiver.latest('otel.sdk.log.created'))).toBe(logs.length);
    expect(toldDropped(cli.stderr)).toBeUndefined();
  },
  120_000,
);

test.each([200, 1_000])(
  'nothing is lost behind a receiver of %i ms a request either, and the end keeps its bound',
  async (delayMs) => {
    const { cli, exit } = await session(delayMs);
    expect(toldDropped(cli.stderr)).toBeUndefined();
    const arrived = await receiver.counts();
    expect(arrived.spans).toBe(CALLS + HANDSHAKE_SPANS);
    expect(arrived.logs).toBe(linesOf(cli.stderr));
    expect(exit.afterLastByteMs).toBeLessThan(1_700);
  },
  120_000,
);

test('what a receiver of 3 s a request does not get in time is told, to the span', async () => {
  const { cli, exit } = await session(3_000);
  const told = toldDropped(cli.stderr)!;
  // The receiver has what it did not answer in time: what is told as lost may yet have arrived.
  expect(told.spans).toBeGreaterThan(0);
  expect(told.spans).toBeLessThanOrEqual(CALLS + HANDSHAKE_SPANS);
  expect(told.logs).toBeLessThanOrEqual(linesOf(cli.stderr));
  expect(exit.afterLastByteMs).toBeLessThan(1_700);
}, 120_000);
