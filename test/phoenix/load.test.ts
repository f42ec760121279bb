import { said } from '../e2e/support/answers';
import {
  answeredCalls,
  ascending,
  callMany,
  HANDSHAKE_SPANS,
  numbersTo,
} from '../e2e/support/load';
import { fates, toldDropped } from '../e2e/support/losses';
import { sumOf } from '../e2e/support/points';
import { onlyJsonRpc, stopAll } from '../support/cli';
import { startReceiver } from '../support/receiver';
import { now, pause } from '../support/time';
import { PhoenixClient } from './support/client';
import { poll } from '../support/poll';
import { startTraced } from './support/session';
import { checked, ownPhoenix, sharedPhoenix } from './support/shared';
import { storedCalls } from './support/stored-calls';
import { TOLD } from './support/told';

// A load test against a Phoenix, which stores about a hundred spans a second: the calls do not suffer,
// and each span is in Phoenix or told as dropped.

const CALLS = 20_000;
const MADE = CALLS + HANDSHAKE_SPANS;
/** From the last answer to the exit. The goal is 1,500 ms, which the benchmark measures. */
const END_MILLIS = 5_000;
const STORED_MILLIS = 6 * 60_000;
const STANDS_STILL_MILLIS = 2_000;
const TEST_MILLIS = STORED_MILLIS + 60_000;

afterEach(stopAll);

/**
 * 20,000 calls as fast as they are answered.
 *
 * @param rest what to wait for after a quarter of them
 */
async function load(
  url: string,
  project: string,
  env: Record<string, string> = {},
  rest = async (): Promise<unknown> => undefined,
) {
  const cli = startTraced({
    env: { PHOENIX_ENDPOINT: url, PHOENIX_PROJECT_NAME: project, ...env },
    timeoutMs: 60_000,
  });
  await cli.initialize();
  const quarter = CALLS / 4;
  const start = now();
  await callMany(cli, quarter);
  const between = now();
  await rest();
  const again = now();
  await callMany(cli, CALLS - quarter, 64, quarter);
  const millis = between - start + (now() - again);
  const exit = await cli.end();
  expect(exit.code).toBe(0);
  onlyJsonRpc(cli.stdout);
  expect(ascending(answeredCalls(cli))).toEqual(numbersTo(CALLS));
  expect(exit.afterLastByteMs).toBeLessThan(END_MILLIS);

  const dropped = toldDropped(cli.stderr)?.spans ?? 0;
  process.stderr.write(
    `${project}: ${CALLS} calls in ${millis.toFixed()} ms, exit ${exit.afterLastByteMs!.toFixed()} ms ` +
      `after the last answer, ${dropped} of ${MADE} spans told as dropped\n`,
  );
  return { cli, dropped };
}

/**
 * Waits until Phoenix stores no more, and looks at what it has: all but what was told as dropped. An
 * export that was on its way at the exit counts as dropped and may have arrived: so it may be more.
 */
async function expectStored(client: PhoenixClient, project: string, made: number, dropped = 0) {
  const count = async () => (await client.counts(project)).recordCount;
  const start = now();
  const stored = await poll(
    async () => {
      const before = await count();
      await pause(STANDS_STILL_MILLIS);
      return before >= made - dropped && before === (await count()) && before;
    },
    STORED_MILLIS,
    `${made - dropped} spans in ${project}`,
  );
  const seconds = (now() - start - STANDS_STILL_MILLIS) / 1_000;
  process.stderr.write(`${project}: ${stored} spans stored after ${seconds.toFixed()} s\n`);
  expect(stored).toBeLessThanOrEqual(made);

  const calls = await storedCalls(client, project);
  expect(new Set(calls).size).toBe(calls.length);
  expect(stored - calls.length).toBeLessThanOrEqual(HANDSHAKE_SPANS);
  checked(stored);
}

test('the recipe for a load test: a sampler, and Phoenix keeps up', async () => {
  const client = sharedPhoenix();
  const project = 'load-sampled';
  const account = await startReceiver();
  const { cli, dropped } = await load(client.url, project, {
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.01',
    OTEL_METRICS_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${account.url}/v1/metrics`,
  });
  await account.close();
  expect([dropped, said(cli)]).toEqual([0, []]);
  const { exported, ...lost } = fates(account.latest('otel.sdk.processor.span.processed'));
  expect(lost).toEqual({});
  // 1 % of 20,002, give or take six standard deviations.
  expect(Math.abs(exported! - MADE / 100)).toBeLessThan(85);
  expect(sumOf(account.latest('mcp.tools.calls'))).toBe(CALLS);
  await expectStored(client, project, exported!);
});

test(
  'every span is in Phoenix or told as dropped',
  async () => {
    const client = sharedPhoenix();
    const { dropped } = await load(client.url, 'load');
    await expectStored(client, 'load', MADE, dropped);
  },
  TEST_MILLIS,
);

test(
  'so it is where Phoenix is full',
  async () => {
    const phoenix = await ownPhoenix({ PHOENIX_MAX_SPANS_QUEUE_SIZE: '2000' });
    try {
      const client = new PhoenixClient(phoenix.url);
      // Then it knows what waits: what is sent all at once it may take before it counts.
      const isStoring = async () => (await client.counts('load-full')).recordCount > 0;
      const full = () => poll(isStoring, 30_000, 'a first span');
      const { cli, dropped } = await load(phoenix.url, 'load-full', {}, full);
      expect(said(cli)).toContain(TOLD[503](`${phoenix.url}/v1/traces`));
      expect(dropped).toBeGreaterThan(0);
      await expectStored(client, 'load-full', MADE, dropped);
    } finally {
      await phoenix.stop();
    }
  },
  TEST_MILLIS,
);
