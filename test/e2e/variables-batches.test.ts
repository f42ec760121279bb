import { stopAll, type Cli } from '../support/cli';
import type { Receiver, ReceivedRequest, Signal } from '../support/receiver';
import { exportsOf, named, sumOf } from './support/points';
import { run } from './support/run';
import { complaints, logLines } from './support/stderr-lines';

// OTEL_BSP_*, OTEL_BLRP_*, OTEL_METRIC_EXPORT_*, temporality and limits, by what arrives.

afterEach(stopAll);

const requestsOf = ({ requests }: Receiver, signal: Signal): ReceivedRequest[] =>
  requests.filter((request) => request.signal === signal);
const pings =
  (count: number) =>
  (cli: Cli): Promise<unknown> =>
    Promise.all(Array.from({ length: count }, () => cli.request('ping')));

describe.each([
  { prefix: 'OTEL_BSP', signal: 'traces', list: 'spans', noun: 'spans' },
  { prefix: 'OTEL_BLRP', signal: 'logs', list: 'logs', noun: 'log records' },
] as const)('$prefix', ({ prefix, signal, list, noun }) => {
  test('_MAX_EXPORT_BATCH_SIZE', async () => {
    const env = { [`${prefix}_MAX_EXPORT_BATCH_SIZE`]: '7' };
    const { receiver } = await run({ env }, pings(40));
    const sizes = requestsOf(receiver, signal).map(({ decoded }) => decoded[list].length);
    expect(Math.max(...sizes)).toBe(7);
    expect(receiver[list]).toHaveLength(40);
  });

  test('_SCHEDULE_DELAY: a long one keeps records until the end', async () => {
    const { receiver } = await run(
      { env: { [`${prefix}_SCHEDULE_DELAY`]: '60000' } },
      async (cli, receiver) => {
        // The other signal's records of the same requests come, twice its own default delay.
        const other = signal === 'traces' ? 'logs' : 'spans';
        for (const count of [1, 2]) {
          await cli.request('ping');
          await receiver.waitFor(() => receiver[other].length === count);
        }
        expect(requestsOf(receiver, signal)).toEqual([]);
      },
    );
    expect(receiver[list]).toHaveLength(2);
  });

  test('_SCHEDULE_DELAY: a short one does not', async () => {
    const env = { [`${prefix}_SCHEDULE_DELAY`]: '10' };
    await run({ env }, async (cli, receiver) => {
      await cli.request('ping');
      await receiver.waitFor(() => receiver[list].length > 0);
    });
  });

  test('_MAX_QUEUE_SIZE: more are dropped, counted and told', async () => {
    const { receiver, cli } = await run(
      { env: { [`${prefix}_MAX_QUEUE_SIZE`]: '10' } },
      pings(200),
    );
    const arrived = receiver[list].length;
    expect(arrived).toBeLessThan(200);
    expect(arrived).toBeGreaterThanOrEqual(10);
    const dropped = new RegExp(`(\\d+) ${noun} dropped`).exec(cli.stderr);
    expect(arrived + Number(dropped?.[1])).toBe(200);
    const capacity = `otel.sdk.processor.${signal === 'traces' ? 'span' : 'log'}.queue.capacity`;
    expect(sumOf(receiver.latest(capacity))).toBe(10);
    expect(sumOf(receiver.latest('mcp.requests.total'))).toBe(200);
  });

  test('_EXPORT_TIMEOUT: a silent receiver is given up and tried again', async () => {
    const { receiver } = await run(
      {
        env: { [`${prefix}_EXPORT_TIMEOUT`]: '100', [`${prefix}_SCHEDULE_DELAY`]: '10' },
        prepare: (receiver) => receiver.behave({ kind: 'hang' }, { signal, times: 1 }),
      },
      async (cli, receiver) => {
        await cli.request('ping');
        await receiver.waitFor(() => receiver[list].length > 0);
      },
    );
    expect(requestsOf(receiver, signal).length).toBeGreaterThan(1);
  });
});

describe('OTEL_METRIC_EXPORT', () => {
  test('_INTERVAL: a short one', async () => {
    await run({ env: { OTEL_METRIC_EXPORT_INTERVAL: '50' } }, async (_cli, receiver) => {
      await receiver.waitFor(() => exportsOf(receiver).length >= 5);
    });
  });

  test('_INTERVAL: a long one leaves the first and the last export', async () => {
    const { receiver } = await run({ env: { OTEL_METRIC_EXPORT_INTERVAL: '60000' } });
    expect(exportsOf(receiver)).toHaveLength(2);
  });

  test('_TIMEOUT: a silent receiver is given up and tried again', async () => {
    const { receiver } = await run(
      {
        env: { OTEL_METRIC_EXPORT_INTERVAL: '300', OTEL_METRIC_EXPORT_TIMEOUT: '100' },
        prepare: (receiver) => receiver.behave({ kind: 'hang' }, { signal: 'metrics', times: 1 }),
      },
      (_cli, receiver) => receiver.waitFor(() => exportsOf(receiver).length > 0),
    );
    expect(requestsOf(receiver, 'metrics')[0]!.status).toBeUndefined();
  });
});

describe('OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', () => {
  const runWith = (preference: string, prepare?: (receiver: Receiver) => void) =>
    run(
      {
        env: {
          OTEL_METRIC_EXPORT_INTERVAL: '40',
          OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: preference,
        },
        ...(prepare && { prepare }),
      },
      async (cli, receiver) => {
        await cli.initialize();
        for (let round = 1; round <= 3; round++) {
          await pings(round)(cli);
          const before = exportsOf(receiver).length;
          await receiver.waitFor(() => exportsOf(receiver).length > before + 1);
        }
      },
    );
  const COUNTS: [name: string, truth: number][] = [
    ['mcp.requests.total', 7],
    ['mcp.requests.duration', 7],
    ['mcp.server.operation.duration', 8],
    ['mcp.server.session.duration', 1],
    ['otel.sdk.span.started', 8],
  ];

  test.each(['delta', 'lowmemory', 'DELTA'])(
    '%s: the points sum to the truth',
    async (preference) => {
      const { receiver } = await runWith(preference);
      for (const [name, truth] of COUNTS) {
        const points = named(receiver.metrics, name);
        for (const { temporality } of points) expect(temporality).toBe('delta');
        expect([name, sumOf(points)]).toEqual([name, truth]);
      }
      for (const { temporality } of named(receiver.metrics, 'otel.sdk.processor.span.queue.size')) {
        expect(temporality).toBe('cumulative');
      }
      expect(receiver.latest('mcp.sessions.active')).toMatchObject([{ type: 'gauge', value: 0 }]);
    },
  );

  test('delta: an interval begins where the one before it ended', async () => {
    const { receiver } = await runWith('delta');
    const intervals = exportsOf(receiver).map((points) => named(points, 'mcp.tools.calls')[0]!);
    intervals.slice(1).forEach(({ start }, i) => expect(start).toBe(intervals[i]!.time));
  });

  test('delta: what a failing receiver did not take comes later', async () => {
    const unavailable = { kind: 'status', status: 503 } as const;
    const { receiver } = await runWith('delta', (receiver) => {
      receiver.behave({ kind: 'accept' }, { signal: 'metrics', times: 2 });
      receiver.behave(unavailable, { signal: 'metrics', times: 1 });
    });
    expect(requestsOf(receiver, 'metrics').map(({ status }) => status)).toContain(503);
    for (const [name, truth] of COUNTS.slice(0, 4)) {
      expect([name, sumOf(named(receiver.metrics, name))]).toEqual([name, truth]);
    }
  });

  test.each(['cumulative', ''])('%j', async (preference) => {
    const { receiver } = await runWith(preference);
    for (const [name, truth] of COUNTS) {
      for (const { temporality } of named(receiver.metrics, name)) {
        expect(temporality).toBe('cumulative');
      }
      expect([name, sumOf(receiver.latest(name))]).toEqual([name, truth]);
    }
  });
});

test('the defaults lose nothing and delay little: 3,000 requests at once', async () => {
  const { receiver, cli } = await run({}, pings(3_000));
  expect(receiver.spans).toHaveLength(3_000);
  expect(receiver.logs).toHaveLength(3_000);
  expect(sumOf(receiver.latest('otel.sdk.processor.span.queue.capacity'))).toBe(65_536);
  expect(complaints(cli.stderr)).toEqual([]);
  expect(logLines(cli.stderr)).toHaveLength(3_000);
});
