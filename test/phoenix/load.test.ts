import { said } from '../e2e/support/answers';
import {
  answeredCalls,
  ascending,
  callMany,
  HANDSHAKE_SPANS,
  numbersTo,
} from '../e2e/support/load';
import { toldDropped } from '../e2e/support/losses';
import { onlyJsonRpc, stopAll } from '../support/cli';
import { now } from '../support/time';
import { PhoenixClient } from './support/client';
import { poll } from './support/poll';
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
      `after the last answer, ${dropped} of ${MADE} spans told as dropped\\n`,
  );
  return { cli, dropped };
}

/** Waits until Phoenix holds as many spans as it should, that it holds no more, and looks at them. */
async function expectStored(client: PhoenixClient, project: string, count: number): Promise<void> {
  const start = now();
  await client.waitForCount(project, count, STORED_MILLIS);
  const seconds = (now() - start) / 1_000;
  const rate = count / seconds;
  process.stderr.write(
    `${project}: ${count} spans stored after ${seconds.toFixed(1)} s (${rate.toFixed()} spans/s)\\n`,
  );
  const calls = await storedCalls(client, project);
  expect(new Set(calls).size).toBe(calls.length);
  expect(count - calls.length).toBeLessThanOrEqual(HANDSHAKE_SPANS);
  checked(count);
}

test('the recipe for a load test: a sampler, and Phoenix keeps up', async () => {
  const client = sharedPhoenix();
  const project = 'load-sampled';
  const { cli, dropped } = await load(client.url, project, {
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.01',
  });
  expect([dropped, said(cli)]).toEqual([0, []]);
  const isStored = async () => {
    const before = (await client.counts(project)).recordCount;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return before > 0 && before === (await client.counts(project)).recordCount && before;
  };
  const count = await poll(isStored, 60_000, 'a count that stands still');
  // 1 % of 20,002, give or take six standard deviations.
  expect(count).toBeGreaterThan(200 - 85);
  expect(count).toBeLessThan(200 + 85);
  await expectStored(client, project, count);
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
