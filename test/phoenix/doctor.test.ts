import { findingOf, runDoctor, statesOf, type Diagnosis } from '../e2e/support/doctor';
import { closedPort } from '../e2e/support/free-port';
import { stopAll } from '../support/cli';
import { PhoenixClient } from './support/client';
import type { Phoenix } from './support/phoenix';
import { makeKeys, WITH_AUTH, type Keys } from './support/phoenix-users';
import { checked, ownPhoenix, sharedPhoenix } from './support/shared';
import { webPage, type Stranger } from './support/strangers';

// `ts-calculator doctor` before a real Phoenix. Other receivers, silence and black holes are in
// test/e2e/doctor.test.ts.

const shared = sharedPhoenix();
let guarded: Phoenix;
let keys: Keys;
let page: Stranger;
beforeAll(async () => {
  guarded = await ownPhoenix(WITH_AUTH);
  keys = await makeKeys(guarded.url);
  page = await webPage();
});
afterEach(stopAll);
afterAll(() => Promise.all([guarded?.stop(), page?.stop()]));

const TRACES_ALONE = { OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' };
const MAX_MILLIS = 5_000;

async function diagnose(env: Record<string, string>, ...args: string[]): Promise<Diagnosis> {
  const diagnosis = await runDoctor({ ...TRACES_ALONE, ...env }, ...args);
  expect(diagnosis.exit.afterSpawnMs).toBeLessThan(MAX_MILLIS);
  return diagnosis;
}

const TRACES_TAKEN = { endpoint: 'ok', name: 'ok', connection: 'ok', answer: 'ok', Phoenix: 'ok' };

/** The page behind the link is that of the project with the probe's span. */
async function expectProbe(diagnosis: Diagnosis, client: PhoenixClient, project: string) {
  const { phoenix } = diagnosis.report;
  expect(phoenix).toMatchObject({ version: await client.version(), project });
  const [, base, id] = /^(.*)\/projects\/([^/]+)$/.exec(phoenix!.url!)!;
  expect(base).toBe(client.url);
  const { data } = await client.get<{ data: { name: string } }>(`/v1/projects/${id}`);
  expect(data.name).toBe(project);
  const [span, ...more] = await client.spans(project);
  expect(more).toEqual([]);
  expect(span).toMatchObject({ name: 'ping', span_kind: 'CHAIN' });
  expect(span!.attributes['mcp.client.name']).toBe('ts-calculator doctor');
  expect(findingOf(diagnosis, 'traces', 'probe span').detail).toBe(
    `found in Phoenix: trace ${span!.context.trace_id}`,
  );
  checked(1);
}

test('all well: the probe is found, and the link leads to its project', async () => {
  const env = { PHOENIX_ENDPOINT: shared.url, PHOENIX_PROJECT_NAME: 'doctor of all' };
  const before = await diagnose(env);
  expect(before.exit.code).toBe(0);
  expect(findingOf(before, 'traces', 'project').detail).toMatch(/is not there yet/);
  expect(before.report.phoenix).not.toHaveProperty('url');

  const diagnosis = await diagnose(env, '--send');
  expect(diagnosis.exit.code).toBe(0);
  expect(statesOf(diagnosis, 'traces')).toEqual({
    ...{ ...TRACES_TAKEN, 'probe span': 'ok', project: 'ok' },
  });
  await expectProbe(diagnosis, shared, 'doctor of all');
});

test('the header decides of the project, there as here', async () => {
  const diagnosis = await diagnose(
    {
      ...{ PHOENIX_ENDPOINT: shared.url, PHOENIX_PROJECT_NAME: 'not this one' },
      PHOENIX_CLIENT_HEADERS: 'x-project-name=doctor-header',
    },
    '--send',
  );
  expect(diagnosis.exit.code).toBe(0);
  await expectProbe(diagnosis, shared, 'doctor-header');
});

test('nothing running', async () => {
  const diagnosis = await diagnose({ PHOENIX_ENDPOINT: `http://localhost:${await closedPort()}` });
  expect(diagnosis.exit.code).toBe(1);
  expect(statesOf(diagnosis, 'traces')).toEqual({ endpoint: 'ok', name: 'ok', connection: 'fail' });
  expect(findingOf(diagnosis, 'traces', 'connection').remedy).toMatch(/phoenix serve/);
});

test('a wrong port, with a web page', async () => {
  const diagnosis = await diagnose({ PHOENIX_ENDPOINT: page.url });
  expect(diagnosis.exit.code).toBe(1);
  expect(findingOf(diagnosis, 'traces', 'answer')).toMatchObject({
    detail: 'answered 200 with a web page',
    remedy: 'another program answers there: check host, port and path',
  });
});

describe('with authentication', () => {
  const with_ = (key: string, ...args: string[]) =>
    diagnose(
      {
        ...{ PHOENIX_ENDPOINT: guarded.url, PHOENIX_PROJECT_NAME: 'doctor' },
        PHOENIX_API_KEY: key,
      },
      ...args,
    );

  test.each<[string, () => string, number, RegExp]>([
    ['a wrong key', () => 'wrong-key-4711', 401, /PHOENIX_API_KEY/],
    ["a viewer's key", () => keys.viewer, 403, /use one that does/],
  ])('%s', async (_title, key, status, remedy) => {
    const diagnosis = await with_(key(), '--send');
    expect(diagnosis.exit.code).toBe(1);
    expect(findingOf(diagnosis, 'traces', 'answer')).toMatchObject({
      detail: `answered ${status}: a key was sent`,
      remedy: expect.stringMatching(remedy),
    });
    expect(diagnosis.output).not.toContain(key());
  });

  test('the right key', async () => {
    const diagnosis = await with_(keys.system, '--send');
    expect(diagnosis.exit.code).toBe(0);
    expect(diagnosis.output).not.toContain(keys.system);
    await expectProbe(diagnosis, new PhoenixClient(guarded.url, keys.admin), 'doctor');
  });
});

test('metrics aimed at Phoenix: told, beside traces that are well', async () => {
  const diagnosis = await diagnose({
    PHOENIX_ENDPOINT: shared.url,
    OTEL_METRICS_EXPORTER: 'otlp',
    PHOENIX_METRICS_ENDPOINT: `${shared.url}/v1/metrics`,
  });
  expect(diagnosis.exit.code).toBe(1);
  expect(statesOf(diagnosis, 'traces')).toMatchObject(TRACES_TAKEN);
  expect(findingOf(diagnosis, 'metrics', 'answer')).toMatchObject({
    detail: 'answered 405',
    remedy: expect.stringMatching(
      /Phoenix takes traces only.*OTEL_EXPORTER_OTLP_METRICS_ENDPOINT or PHOENIX_METRICS_ENDPOINT/,
    ),
  });
});
