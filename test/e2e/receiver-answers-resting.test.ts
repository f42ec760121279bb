import { stopAll } from '../support/cli';
import { SIGNALS, type Signal } from '../support/otlp-types';
import { startReceiver, type Behaviour, type Receiver } from '../support/receiver';
import { pause } from '../support/time';
import { NOUNS, RECORDS, requestsOf, said, startQuickly } from './support/answers';
import { fates, linesOf, toldDropped } from './support/losses';
import { sumOf } from './support/points';

let receiver: Receiver;
beforeEach(async () => void (receiver = await startReceiver()));
afterEach(async () => {
  await stopAll();
  await receiver.close();
});

const key = (signal: Signal): string =>
  `it wants a key, or another one: ${signal === 'traces' ? 'PHOENIX_API_KEY beside PHOENIX_ENDPOINT for a Phoenix, else ' : ''}OTEL_EXPORTER_OTLP_HEADERS`;
const RIGHT =
  "the key that was sent, or none, gives no right to write there: use one that does (in Phoenix, not a viewer's)";
const elsewhere = (signal: Signal): string =>
  signal === 'traces'
    ? 'no OTLP/HTTP protobuf traces are taken there: check host, port and path (Phoenix: /v1/traces)'
    : `${signal} are not taken there. Phoenix takes traces only: send ${signal} to a collector with ` +
      `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT` +
      `${signal === 'metrics' ? ' or PHOENIX_METRICS_ENDPOINT' : ''}, or nowhere with --${signal} none`;
const STRANGER = () => 'another program answers there: check host, port and path';

const status = (code: number): Behaviour => ({ kind: 'status', status: code });
const NOT_TAKEN: [string, Behaviour, (signal: Signal) => string][] = [
  ['401', status(401), key],
  ['403', status(403), () => RIGHT],
  [
    '404',
    status(404),
    (signal) =>
      signal === 'traces'
        ? 'no traces are taken under that path: check host, port and path (Phoenix: /v1/traces)'
        : `${signal} are not taken under that path: check host, port and path (/v1/${signal}; Phoenix takes traces only)`,
  ],
  ['405', status(405), elsewhere],
  [
    '407',
    status(407),
    () => 'the proxy wants a name and a password, or others: put them into its URL',
  ],
  [
    '415',
    status(415),
    () =>
      'OTLP as protobuf is not taken there, or a header that you set calls it something else: check the address, and OTEL_EXPORTER_OTLP_HEADERS',
  ],
  ['200 with a web page', { kind: 'html' }, STRANGER],
];

describe.each(SIGNALS)('%s', (signal) => {
  test.each(NOT_TAKEN)(
    '%s: told in words that help; it rests, the others go on',
    async (...row) => {
      const [answer, behaviour, remedy] = row;
      receiver.behave(behaviour, { signal });
      const cli = await startQuickly(receiver);
      await receiver.waitFor(() => requestsOf(receiver, signal)[0]?.status !== undefined);
      for (let i = 0; i < 5; i++) {
        await cli.call('add', { a: i, b: 1 });
        await pause(50);
      }
      await cli.end();

      expect(requestsOf(receiver, signal)).toHaveLength(1);
      const [told, atExit, ...more] = said(cli);
      expect(told).toBe(
        `WARN telemetry: ${signal}: ${receiver.url}/v1/${signal} answered ${answer}: ` +
          `${remedy(signal)}. Tried again every 5 minutes`,
      );
      expect(more).toEqual([]);
      if (signal !== 'metrics') {
        expect(atExit).toContain('dropped (receiver does not take them)');
        const list = RECORDS[signal];
        const dropped = toldDropped(cli.stderr)![list];
        expect(dropped).toBe(signal === 'traces' ? 7 : linesOf(cli.stderr));
        const processed = receiver.latest(`otel.sdk.processor.${NOUNS[signal]}.processed`);
        expect(fates(processed)).toEqual({ resting: dropped });
      }
      if (signal !== 'traces') expect(receiver.spans).toHaveLength(7);
      if (signal !== 'logs') expect(receiver.logs).toHaveLength(linesOf(cli.stderr));
      if (signal !== 'metrics') expect(sumOf(receiver.latest('mcp.tools.calls'))).toBe(5);
    },
  );
});

test('an answer of 200 that cannot be read is a success, wondered at once', async () => {
  receiver.behave({ kind: 'garbage' });
  const cli = await startQuickly(receiver);
  for (let i = 0; i < 3; i++) await cli.call('add', { a: i, b: 1 });
  await cli.end();
  const warnings = SIGNALS.map(
    (signal) =>
      `WARN telemetry: ${signal}: ${receiver.url}/v1/${signal} warns: its answer is no OTLP receiver's: check host, port and path (told once)`,
  );
  expect(said(cli).sort()).toEqual(warnings.sort());
  const spans = requestsOf(receiver, 'traces').flatMap(({ decoded }) => decoded.spans);
  expect(spans).toHaveLength(5);
});

test('a receiver that starts later gets what was kept', async () => {
  await receiver.refuse();
  const cli = await startQuickly(receiver);
  for (let i = 0; i < 5; i++) await cli.call('add', { a: i, b: 1 });
  await cli.waitForStderr('nothing answers at');
  await receiver.listen();
  await receiver.waitFor(
    ({ spans, logs, metrics }) => spans.length && logs.length && metrics.length,
  );
  await cli.call('add', { a: 5, b: 1 });
  await cli.end();
  expect(receiver.spans).toHaveLength(8);
  expect(receiver.logs).toHaveLength(linesOf(cli.stderr));
  expect(
    said(cli)
      .map((line) => line.replace(/http:\S+/, 'URL'))
      .sort(),
  ).toEqual([
    'INFO telemetry: logs: URL answers',
    'INFO telemetry: metrics: URL answers',
    'INFO telemetry: traces: URL answers',
    'WARN telemetry: nothing answers at URL (traces, metrics, logs; ECONNREFUSED): check host and port; what is made is kept for a while and it is tried again',
  ]);
  expect(toldDropped(cli.stderr)).toBeUndefined();
});

test('a full queue drops the newest, counted to the record', async () => {
  receiver.behave({ kind: 'hang' }, { signal: 'traces' });
  receiver.behave({ kind: 'hang' }, { signal: 'logs' });
  const cli = await startQuickly(receiver, {
    OTEL_BSP_MAX_QUEUE_SIZE: '10',
    OTEL_BLRP_MAX_QUEUE_SIZE: '20',
  });
  for (let i = 0; i < 50; i++) await cli.call('add', { a: i, b: 1 });
  await cli.end();
  const processed = (noun: string) => receiver.latest(`otel.sdk.processor.${noun}.processed`);
  expect(fates(processed('span'))).toEqual({ queue_full: 52 - 10 });
  expect(fates(processed('log'))).toEqual({ queue_full: 51 - 20 });
  expect(toldDropped(cli.stderr)).toEqual({
    spans: 52,
    logs: 51,
    reasons: 'the queue was full; receiver did not answer in time',
  });
});
