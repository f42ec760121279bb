import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { closedPort } from '../e2e/support/free-port';
import { Child, stopAll } from '../support/child';
import { ROOT } from '../support/root';
import { checked, shared } from './support/shared';

jest.setTimeout(240_000);

const SCRIPT = join(ROOT, 'examples', 'phoenix', 'run.mjs');
const PHOENIX = shared().command;

const OFFLINE = {
  PHOENIX_ALLOW_EXTERNAL_RESOURCES: 'false',
  PHOENIX_DISABLE_AGENT_ASSISTANT: 'true',
  PHOENIX_TELEMETRY_ENABLED: 'false',
  PYTHONDONTWRITEBYTECODE: '',
};

const FINISHED = 'Phoenix runs until you press Ctrl-C.';

/** A session's spans: the handshake's two, the list's, and a call's each. */
const SPANS = [
  'initialize CHAIN UNSET',
  'notifications/initialized CHAIN UNSET',
  'tools/list CHAIN UNSET',
  'tools/call add TOOL UNSET',
  'tools/call add TOOL UNSET',
  'tools/call divide TOOL UNSET',
  'tools/call divide TOOL ERROR',
  'tools/call multiply TOOL ERROR',
  'tools/call TOOL UNSET',
];

let folder: string;
let env: Record<string, string>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ts-calculator-example-'));
  env = {
    ...OFFLINE,
    PATH: [dirname(PHOENIX), process.env['PATH']].join(delimiter),
    PHOENIX_WORKING_DIR: folder,
    PHOENIX_PORT: String(await closedPort()),
    PHOENIX_GRPC_PORT: String(await closedPort()),
  };
});
afterEach(async () => {
  await stopAll();
  rmSync(folder, { recursive: true });
});

const start = (more: Record<string, string> = {}, ...args: string[]): Child =>
  new Child([process.execPath, SCRIPT, ...args], {
    env: { ...env, ...more },
    timeoutMs: 200_000,
  });

interface Span {
  name: string;
  span_kind: string;
  status_code: string;
  start_time: string;
}

/** The spans of the project whose link was printed, oldest first, as Phoenix's REST API has them. */
async function spansBehindLink({ stdout }: Child): Promise<string[]> {
  const [, base, id] = /^ {2}(http:\S+)\/projects\/(\S+)$/m.exec(stdout) ?? [];
  const response = await fetch(`${base}/v1/projects/${id}/spans?limit=1000`);
  const { data } = (await response.json()) as { data: Span[] };
  return data
    .sort((a, b) => a.start_time.localeCompare(b.start_time))
    .map(({ name, span_kind, status_code }) => `${name} ${span_kind} ${status_code}`);
}

const isUp = (): Promise<boolean> =>
  fetch(`http://127.0.0.1:${env['PHOENIX_PORT']}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  );

test('starts Phoenix, shows a session in it, serves others, and ends with Ctrl-C', async () => {
  const first = start();
  await first.waitFor(() => first.stdout.includes(FINISHED), FINISHED);
  expect(first.stdout).toMatch(/^Starting Phoenix with `phoenix serve`\./);
  expect(first.stdout).toMatch(/^add 0\.1 0\.2 +0\.3$/m);
  expect(first.stdout).toMatch(/^divide 1 0 +failed: Division by zero has no result/m);
  expect(first.stdout).toMatch(/^power 2 10 +refused: Unknown tool "power"/m);
  expect(await spansBehindLink(first)).toEqual(SPANS);
  checked(SPANS.length);

  const second = start({ PHOENIX_PROJECT_NAME: 'a second one' });
  expect((await second.exit).code).toBe(0);
  expect(second.stdout).toMatch(/^Phoenix \d+\.\d+\.\d+ runs already at /);
  expect(second.stdout).toContain('in the project a second one');
  expect(second.stdout).not.toContain(FINISHED);
  expect(await spansBehindLink(second)).toEqual(SPANS);
  expect(await isUp()).toBe(true);

  first.kill('SIGINT');
  expect((await first.exit).code).toBe(0);
  expect(first.stderr).toBe('');
  expect(await isUp()).toBe(false);
});

test('--once ends the Phoenix that it started', async () => {
  const child = start({}, '--once');
  await child.waitFor(() => child.stdout.includes('/projects/'), 'the link');
  expect((await child.exit).code).toBe(0);
  expect(child.stdout).toContain(`Phoenix has all ${SPANS.length} spans`);
  expect(child.stdout).not.toContain(FINISHED);
  expect(await isUp()).toBe(false);
});

test('shows the last lines of a Phoenix that does not come up', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const child = start({ PHOENIX_WORKING_DIR: file });
  expect((await child.exit).code).toBe(1);
  expect(child.stderr).toMatch(/^Phoenix ended with 1\. Its last lines:\n {2}/);
  expect(child.stderr).toContain(`'${file}'`);
});

test('ends with Ctrl-C while Phoenix comes up', async () => {
  const child = start();
  await child.waitFor(() => child.stdout.includes('Starting Phoenix'), 'the start');
  child.kill('SIGINT');
  expect((await child.exit).code).toBe(0);
  expect(await isUp()).toBe(false);
});
