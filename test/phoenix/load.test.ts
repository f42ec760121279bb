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
import { now } from '../support/time';
import { PhoenixClient } from './support/client';
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
const TEST_MILLIS = STORED_MILLIS + 60_000;

afterEach(stopAll);

/** 20,000 calls as fast as they are answered. */
async function load(url: string, project: string, env: Record<string, string> = {}) {
  const cli = startTraced({
    env: { PHOENIX_ENDPOINT: url, PHOENIX_PROJECT_NAME: project, ...env },
    timeoutMs: 60_000,
  });
  await cli.initialize();
  const start = now();
  await callMany(cli, CALLS);
  const millis = now() - start;
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

/** Waits until Phoenix holds as many spans as it should, that it holds no more, and looks at them. */
async function expectStored(client: PhoenixClient, project: string, count: number): Promise<void> {
  const start = now();
  // Asked seldom: each question keeps it from storing.
  await client.waitForCount(project, count, STORED_MILLIS, 1_000);
  const seconds = (now() - start) / 1_000;
  const rate = count / seconds;
  process.stderr.write(
    `${project}: ${count} spans stored after ${seconds.toFixed(1)} s (${rate.toFixed()} spans/s)\n`,
  );
  const calls = await storedCalls(client, project);
  expect(new Set(calls).size).toBe(calls.length);
  expect(count - calls.length).toBeLessThanOrEqual(HANDSHAKE_SPANS);
  checked(count);
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
    await expectStored(client, 'load', MADE - dropped);
  },
  TEST_MILLIS,
);

test(
  'so it is where Phoenix is full before the calls are over',
  async () => {
    const phoenix = await ownPhoenix({ PHOENIX_MAX_SPANS_QUEUE_SIZE: '2000' });
    try {
      const { cli, dropped } = await load(phoenix.url, 'load-full');
      expect(said(cli)).toContain(TOLD[503](`${phoenix.url}/v1/traces`));
      expect(dropped).toBeGreaterThan(0);
      await expectStored(new PhoenixClient(phoenix.url), 'load-full', MADE - dropped);
    } finally {
      await phoenix.stop();
    }
  },
  TEST_MILLIS,
);
