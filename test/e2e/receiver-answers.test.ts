import { stopAll } from '../support/cli';
import { SIGNALS, type Signal } from '../support/otlp-types';
import { startReceiver, type Behaviour, type Receiver } from '../support/receiver';
import { NOUNS, RECORDS, requestsOf, said, startQuickly } from './support/answers';
import { fates, ids, linesOf, toldDropped } from './support/losses';
import { sumOf } from './support/points';

let receiver: Receiver;
beforeEach(async () => void (receiver = await startReceiver()));
afterEach(async () => {
  await stopAll();
  await receiver.close();
});

const TOO_MUCH = (signal: Signal) =>
  ` (it has more than it can take${signal === 'traces' ? ': if that lasts, send fewer with OTEL_TRACES_SAMPLER' : ''})`;
const GATEWAY = () => ' (a gateway that does not reach what is behind it)';

const RETRIED: [string, Behaviour, (signal: Signal) => string][] = [
  ['answered 429', { kind: 'status', status: 429 }, TOO_MUCH],
  ['answered 502', { kind: 'status', status: 502 }, GATEWAY],
  ['answered 503', { kind: 'status', status: 503 }, TOO_MUCH],
  ['answered 504', { kind: 'status', status: 504 }, GATEWAY],
  [
    'socket hang up',
    { kind: 'close' },
    () => ' (it cuts the connection: https:// in place of http://, or a fault of its own?)',
  ],
];

test.each(RETRIED)(
  'after "%s" all is tried again with growing pauses, and lost is nothing',
  async (what, behaviour, remedy) => {
    receiver.behave(behaviour, { times: 2 });
    const cli = await startQuickly(receiver);
    await cli.call('add', { a: 1, b: 2 });
    for (const signal of SIGNALS) {
      await receiver.waitFor(() =>
        requestsOf(receiver, signal).some(({ status }) => status === 200),
      );
    }
    await cli.call('add', { a: 3, b: 4 });
    await cli.end();

    expect(ids(receiver.spans).size).toBe(4);
    expect(receiver.spans).toHaveLength(4);
    expect(receiver.logs).toHaveLength(linesOf(cli.stderr));
    expect(sumOf(receiver.latest('mcp.tools.calls'))).toBe(2);
    const expected = SIGNALS.flatMap((signal) => {
      const url = `${receiver.url}/v1/${signal}`;
      const kept = signal === 'metrics' ? 'counting goes on' : 'what is made is kept';
      return [
        `WARN telemetry: ${signal}: ${url}: ${what}${remedy(signal)}; ${kept} and it is tried again`,
        `INFO telemetry: ${signal}: ${url} answers`,
      ];
    });
    expect(said(cli).sort()).toEqual(expected.sort());
    for (const signal of SIGNALS) {
      const [first, second, third] = requestsOf(receiver, signal).map(({ at }) => at);
      expect(second! - first!).toBeGreaterThan(750);
      expect(third! - second!).toBeGreaterThan(1_550);
    }
  },
);

test.each(SIGNALS)(
  '%s: not asked again before Retry-After, while the others go on',
  async (signal) => {
    receiver.behave({ kind: 'status', status: 429, retryAfter: 2 }, { signal, times: 1 });
    const cli = await startQuickly(receiver);
    for (let i = 0; i < 10; i++) {
      await cli.call('add', { a: i, b: 2 });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    for (const other of SIGNALS.filter((name) => name !== signal)) {
      await receiver.waitFor(() => requestsOf(receiver, other).length > 3);
    }
    await receiver.waitFor(() => requestsOf(receiver, signal).length > 1);
    const [first, second] = requestsOf(receiver, signal).map(({ at }) => at);
    expect(second! - first!).toBeGreaterThanOrEqual(1_990);
    await cli.end();
    expect(receiver.spans).toHaveLength(12);
    expect(receiver.logs).toHaveLength(linesOf(cli.stderr));
  },
);

test('a kept connection that the receiver has closed is no failure: it is sent on a new one', async () => {
  const cli = await startQuickly(receiver);
  for (const signal of SIGNALS) await receiver.waitFor(() => requestsOf(receiver, signal).length);
  receiver.behave({ kind: 'close' }, { times: 1 });
  await cli.call('add', { a: 1, b: 2 });
  const closed = (signal: Signal) =>
    requestsOf(receiver, signal).some(({ status }) => status === undefined);
  for (const signal of SIGNALS) await receiver.waitFor(() => closed(signal));
  await cli.end();
  expect(receiver.spans).toHaveLength(3);
  expect(receiver.logs).toHaveLength(linesOf(cli.stderr));
  expect(said(cli)).toEqual([]);
});

describe.each(['traces', 'logs'] as const)('%s', (signal) => {
  const list = RECORDS[signal];

  test.each([300, 308, 400, 413, 422, 500, 501, 507])(
    '%i: that batch is dropped, said once; the next ones go',
    async (status) => {
      receiver.behave({ kind: 'status', status }, { signal, times: 2 });
      const cli = await startQuickly(receiver);
      const refusedNow = () =>
        requestsOf(receiver, signal).filter(({ status: got }) => got === status);
      await receiver.waitFor(() => refusedNow().length === 1);
      await cli.call('add', { a: 1, b: 2 });
      await receiver.waitFor(() => refusedNow().length === 2);
      await cli.call('add', { a: 3, b: 4 });
      await receiver.waitFor(() => receiver[list].length > 0);
      await cli.call('add', { a: 5, b: 6 });
      await cli.end();

      const refused = refusedNow().reduce((sum, { decoded }) => sum + decoded[list].length, 0);
      expect(refused).toBeGreaterThan(0);
      expect(said(cli)).toEqual([
        expect.stringMatching(
          `^WARN telemetry: ${signal}: ${receiver.url}/v1/${signal} answered ${status}.*; such a batch is dropped \\(told once\\)$`,
        ),
        expect.stringContaining('dropped (receiver refused them)'),
      ]);
      const other = signal === 'traces' ? 'logs' : 'spans';
      expect(toldDropped(cli.stderr)).toMatchObject({ [list]: refused, [other]: 0 });
      expect(fates(receiver.latest(`otel.sdk.processor.${NOUNS[signal]}.processed`))).toEqual({
        exported: receiver[list].length,
        refused,
      });
    },
  );

  test('a partial success counts the rest as dropped', async () => {
    receiver.behave({ kind: 'partial', rejected: 1, message: 'too old' }, { signal });
    const cli = await startQuickly(receiver);
    await receiver.waitFor(() => requestsOf(receiver, signal).length === 1);
    await cli.call('add', { a: 1, b: 2 });
    await receiver.waitFor(() => requestsOf(receiver, signal).length === 2);
    receiver.behave({ kind: 'accept' }, { signal });
    await cli.call('add', { a: 1, b: 2 });
    await cli.end();

    const partial = requestsOf(receiver, signal).length - 1;
    expect(said(cli)[0]).toBe(
      `WARN telemetry: ${signal}: ${receiver.url}/v1/${signal} took a batch in part and dropped 1: too old (told once)`,
    );
    const told = toldDropped(cli.stderr);
    expect(told?.reasons).toBe('receiver refused them');
    expect(told?.[list]).toBeGreaterThanOrEqual(2);
    expect(told?.[list]).toBeLessThanOrEqual(partial);
    expect(fates(receiver.latest(`otel.sdk.processor.${NOUNS[signal]}.processed`))).toEqual({
      exported: receiver[list].length,
      refused: told?.[list],
    });
  });
});
