import { stopAll, type CliOptions } from '../support/cli';
import { MADE, shortSession } from './support/session';
import { checked, sharedPhoenix } from './support/shared';

// Who says which project a session's spans are in, and who beats whom.

const phoenix = sharedPhoenix();
afterEach(stopAll);

const HEADERS = 'PHOENIX_CLIENT_HEADERS';
const attribute = (name: string) => ({
  OTEL_RESOURCE_ATTRIBUTES: `openinference.project.name=${name}`,
});

/** In each case `wanted` is to be the project, and nothing to be seen of `beaten`. */
const CASES: [string, (wanted: string, beaten: string) => CliOptions][] = [
  ['PHOENIX_PROJECT_NAME', (wanted) => ({ env: { PHOENIX_PROJECT_NAME: wanted } })],
  ['PHOENIX_PROJECT', (wanted) => ({ env: { PHOENIX_PROJECT: wanted } })],
  ['OTEL_RESOURCE_ATTRIBUTES', (wanted) => ({ env: attribute(wanted) })],
  ["the service's name by default", (wanted) => ({ env: { OTEL_SERVICE_NAME: wanted } })],
  [
    'a header, as Python writes it',
    (wanted) => ({ env: { [HEADERS]: `x-project-name=${wanted}` } }),
  ],
  ['a header, as JSON', (wanted) => ({ env: { [HEADERS]: `{"x-project-name": "${wanted}"}` } })],
  [
    'PHOENIX_PROJECT_NAME beats PHOENIX_PROJECT',
    (wanted, beaten) => ({ env: { PHOENIX_PROJECT_NAME: wanted, PHOENIX_PROJECT: beaten } }),
  ],
  [
    '--phoenix-project beats PHOENIX_PROJECT_NAME',
    (wanted, beaten) => ({
      args: ['--phoenix-project', wanted],
      env: { PHOENIX_PROJECT_NAME: beaten },
    }),
  ],
  [
    'PHOENIX_PROJECT beats OTEL_RESOURCE_ATTRIBUTES',
    (wanted, beaten) => ({ env: { PHOENIX_PROJECT: wanted, ...attribute(beaten) } }),
  ],
  [
    "OTEL_RESOURCE_ATTRIBUTES beats the service's name",
    (wanted, beaten) => ({ env: { ...attribute(wanted), OTEL_SERVICE_NAME: beaten } }),
  ],
  [
    'a header beats PHOENIX_PROJECT_NAME',
    (wanted, beaten) => ({
      env: { [HEADERS]: `x-project-name=${wanted}`, PHOENIX_PROJECT_NAME: beaten },
    }),
  ],
];

test.each(CASES.map(([title, options], index) => ({ title, options, index })))(
  '$title',
  async ({ options, index }) => {
    const wanted = `wanted-${index}`;
    const beaten = `beaten-${index}`;
    await shortSession(options(wanted, beaten));
    await phoenix.waitForCount(wanted, MADE);
    expect(await phoenix.projects()).not.toContain(beaten);
    checked(MADE);
  },
);

test('a name with spaces and other letters', async () => {
  const project = 'Büro 7: calculator';
  await shortSession({ env: { PHOENIX_PROJECT_NAME: project } });
  await phoenix.waitForCount(project, MADE);
  expect(await phoenix.spans(project)).toHaveLength(MADE);
  checked(MADE);
});

test('ts-calculator, where nothing is said', async () => {
  await shortSession({});
  await phoenix.waitForCount('ts-calculator', MADE);
  checked(MADE);
});
