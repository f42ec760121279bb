import { said } from '../e2e/support/answers';
import { stopAll } from '../support/cli';
import { PhoenixClient } from './support/client';
import type { Phoenix } from './support/phoenix';
import { makeKeys, WITH_AUTH, type Keys } from './support/phoenix-users';
import { MADE, shortSession, type ShortSession } from './support/session';
import { checked, ownPhoenix } from './support/shared';
import { dropped, TOLD } from './support/told';

// A Phoenix with authentication on: who may write, and what those read who may not.

let phoenix: Phoenix;
let keys: Keys;
let reader: PhoenixClient;
beforeAll(async () => {
  phoenix = await ownPhoenix(WITH_AUTH);
  keys = await makeKeys(phoenix.url);
  reader = new PhoenixClient(phoenix.url, keys.admin);
});
afterEach(stopAll);
afterAll(() => phoenix?.stop());

const session = (project: string, env: Record<string, string>): Promise<ShortSession> =>
  shortSession({
    // As much as can be said of what goes on.
    args: ['--log-level', 'debug'],
    env: {
      PHOENIX_ENDPOINT: phoenix.url,
      PHOENIX_PROJECT_NAME: project,
      OTEL_LOG_LEVEL: 'all',
      ...env,
    },
  });

/** No key is on stderr or stdout. */
function expectSecret({ cli }: ShortSession): void {
  for (const key of ['wrong-key-4711', ...Object.values(keys)]) {
    expect(cli.stderr).not.toContain(key);
    expect(cli.stdout).not.toContain(key);
  }
}

const header = (key: string) => `authorization=Bearer%20${key}`;

describe('spans arrive', () => {
  test.each<[string, () => Record<string, string>]>([
    ['PHOENIX_API_KEY, made in its settings', () => ({ PHOENIX_API_KEY: keys.system })],
    ['PHOENIX_API_KEY, its PHOENIX_ADMIN_SECRET', () => ({ PHOENIX_API_KEY: keys.admin })],
    ['PHOENIX_CLIENT_HEADERS', () => ({ PHOENIX_CLIENT_HEADERS: header(keys.system) })],
    ['OTEL_EXPORTER_OTLP_HEADERS', () => ({ OTEL_EXPORTER_OTLP_HEADERS: header(keys.system) })],
  ])('with %s', async (title, env) => {
    const project = title.replace(/\W+/g, '-');
    const finished = await session(project, env());
    expect(said(finished.cli)).toEqual([]);
    await reader.waitForCount(project, MADE);
    const spans = JSON.stringify(await reader.spans(project));
    for (const key of Object.values(keys)) expect(spans).not.toContain(key);
    expectSecret(finished);
    checked(MADE);
  });
});

describe('none arrives, the calls go on, and the user is told why', () => {
  test.each<[string, 401 | 403, () => Record<string, string>]>([
    ['no key', 401, () => ({})],
    ['a wrong key', 401, () => ({ PHOENIX_API_KEY: 'wrong-key-4711' })],
    ["a viewer's key", 403, () => ({ PHOENIX_API_KEY: keys.viewer })],
  ])('%s: %i', async (title, status, env) => {
    const project = title.replace(/\W+/g, '-');
    const finished = await session(project, env());
    expect(said(finished.cli)).toEqual([
      TOLD[status](`${phoenix.url}/v1/traces`),
      dropped(MADE, 'receiver does not take them'),
    ]);
    expectSecret(finished);
    expect(await reader.projects()).not.toContain(project);
  });
});
