import { said } from '../e2e/support/answers';
import { closedPort } from '../e2e/support/free-port';
import { callMany, HANDSHAKE_SPANS, numbersTo } from '../e2e/support/load';
import { stopAll } from '../support/cli';
import { PhoenixClient } from './support/client';
import type { Phoenix } from './support/phoenix';
import { poll } from '../support/poll';
import { MADE, QUICKLY, shortSession, startTraced } from './support/session';
import { checked, ownPhoenix, sharedPhoenix } from './support/shared';
import { anotherProtocol, damagingProxy, webPage, type Stranger } from './support/strangers';
import { storedCalls } from './support/stored-calls';
import { dropped, TOLD } from './support/told';

// Each answer that a Phoenix can give to spans, provoked for real: what becomes of the spans, and the
// line that the user reads. Those for want of a key are in auth.test.ts.

/** Phoenix may hold so few spans that it has not stored yet. */
const SMALL_QUEUE = { PHOENIX_MAX_SPANS_QUEUE_SIZE: '50' };
/** A database that is full from the start. */
const FULL_DATABASE = {
  PHOENIX_DATABASE_ALLOCATED_STORAGE_CAPACITY_GIBIBYTES: '0.0001',
  PHOENIX_DATABASE_USAGE_INSERTION_BLOCKING_THRESHOLD_PERCENTAGE: '1',
};

const shared = sharedPhoenix();
let small: Phoenix;
let full: Phoenix;
let strangers: Record<'page' | 'protocol' | 'proxy', Stranger>;
beforeAll(async () => {
  [small, full] = await Promise.all([ownPhoenix(SMALL_QUEUE), ownPhoenix(FULL_DATABASE)]);
  strangers = {
    page: await webPage(),
    protocol: await anotherProtocol(),
    proxy: await damagingProxy(shared.url),
  };
});
afterEach(stopAll);
afterAll(() =>
  Promise.all([small, full, ...Object.values(strangers ?? {})].map((each) => each?.stop())),
);

interface Provoked {
  answer: keyof typeof TOLD;
  env: () => Record<string, string>;
  /** Where the spans went: the shared Phoenix by default. */
  url?: () => string;
  why: string;
}
const RESTING = 'receiver does not take them';
const REFUSED = 'receiver refused them';
const header = (value: string) => () => ({ OTEL_EXPORTER_OTLP_TRACES_HEADERS: value });
const traces = (url: string): string => `${url}/v1/traces`;

const NOT_KEPT: Provoked[] = [
  {
    answer: 405,
    env: () => ({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${shared.url}/v1/metrics` }),
    url: () => `${shared.url}/v1/metrics`,
    why: RESTING,
  },
  { answer: 415, env: header('content-encoding=br'), why: RESTING },
  {
    answer: 422,
    env: () => ({ PHOENIX_ENDPOINT: strangers.proxy.url }),
    url: () => traces(strangers.proxy.url),
    why: REFUSED,
  },
  // Not gzip at all: Phoenix stumbles over it.
  { answer: 500, env: header('content-encoding=gzip'), why: REFUSED },
  {
    answer: 507,
    env: () => ({ PHOENIX_ENDPOINT: full.url }),
    url: () => traces(full.url),
    why: REFUSED,
  },
  {
    answer: 'a web page',
    env: () => ({ PHOENIX_ENDPOINT: strangers.page.url }),
    url: () => traces(strangers.page.url),
    why: RESTING,
  },
];

test.each(NOT_KEPT)(
  '$answer: the spans are dropped and counted, the calls go on',
  async ({ answer, env, url = () => traces(shared.url), why }) => {
    const project = `answer-${answer}`;
    const { cli } = await shortSession({
      env: { PHOENIX_PROJECT_NAME: project, ...env() },
    });
    expect(said(cli)).toEqual([TOLD[answer](url()), dropped(MADE, why)]);
    expect(await shared.projects()).not.toContain(project);
  },
);

test('a closed port: the spans are kept as long as the session lasts', async () => {
  const url = `http://127.0.0.1:${await closedPort()}`;
  const { cli } = await shortSession({ env: { PHOENIX_ENDPOINT: url } });
  expect(said(cli)).toEqual([
    TOLD['a closed port'](traces(url)),
    dropped(MADE, 'receiver could not be reached'),
  ]);
});

test('another protocol on the port: the spans are kept as long as the session lasts', async () => {
  const { url } = strangers.protocol;
  const { cli } = await shortSession({ env: { PHOENIX_ENDPOINT: url } });
  expect(said(cli)).toEqual([
    TOLD['another protocol'](traces(url)),
    dropped(MADE, 'receiver did not answer in time'),
  ]);
});

test('503: a Phoenix that is full gets the spans later, and none is lost', async () => {
  const project = 'full-queue';
  const client = new PhoenixClient(small.url);
  const cli = startTraced({
    env: {
      ...QUICKLY,
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '100',
      PHOENIX_ENDPOINT: small.url,
      PHOENIX_PROJECT_NAME: project,
    },
  });
  await cli.initialize();
  let calls = 0;
  const callSome = async () => {
    await callMany(cli, 100, 64, calls);
    calls += 100;
    return cli.stderr.includes('answered 503');
  };
  await poll(callSome, 30_000, 'an answer 503');
  await callSome(); // what is made meanwhile is kept too
  await client.waitForCount(project, HANDSHAKE_SPANS + calls, 90_000);
  expect((await cli.end()).code).toBe(0);

  const url = traces(small.url);
  const lines = said(cli);
  expect(lines.slice(0, 2)).toEqual([TOLD[503](url), TOLD.answers(url)]);
  expect(new Set(lines).size).toBe(2);
  expect(await storedCalls(client, project)).toEqual(numbersTo(calls));
  checked(HANDSHAKE_SPANS + calls);
});
