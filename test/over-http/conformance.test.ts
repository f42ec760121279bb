import { serveFixture } from './conformance/fixture';
import { dependencies } from './conformance/package.json';
import { LEFT_OUT, PASSED, WITH_TOOL } from './conformance/scenarios';
import { listScenarios, runScenarios, type Check, type SuiteRun } from './conformance/suite';
import { printTable } from './support/print';
import { stopAll } from '../support/cli';
import { startHttpServer } from '../support/http-server';

// The official conformance suite: every scenario that it has for servers is run, those that a
// calculator cannot have as well, and must come out as docs/conformance.md says.

const RUNS: SuiteRun[] = [
  { version: 'stable' },
  // This one holds each message to the schema of its revision, and looks at more of a session.
  { version: 'next', revision: '2025-11-25' },
  { version: 'next', revision: '2025-06-18' },
  { version: 'next', revision: '2025-03-26' },
];

const nameOf = ({ version, revision = '' }: SuiteRun): string =>
  `${dependencies[version].split('@').at(-1)} ${revision}`.trim();

const SUITES = RUNS.map((run) => ({ run, name: nameOf(run), listed: listScenarios(run) }));

type Results = Map<string, Check[]>;
const results = { product: new Map<string, Results>(), fixture: new Map<string, Results>() };

beforeAll(async () => {
  const product = await startHttpServer({ env: { OTEL_SDK_DISABLED: 'true' } });
  const fixture = await serveFixture();
  for (const { run, name } of SUITES) {
    results.product.set(name, await runScenarios(run, product.url));
    results.fixture.set(name, await runScenarios(run, fixture.address));
  }
  await fixture.end();
});

const rows: string[][] = [];
afterAll(async () => {
  await stopAll();
  printTable(['suite', 'scenario', 'result'], rows);
});

describe.each(SUITES)('conformance suite $name', ({ name, listed }) => {
  const checksOf = (server: keyof typeof results, scenario: string): Check[] =>
    results[server].get(name)?.get(scenario) ?? [];
  const among = (table: object): string[] => listed.filter((scenario) => scenario in table);

  for (const scenario of among(PASSED)) {
    test(`${scenario} passes`, () => {
      expectPass(checksOf('product', scenario));
      rows.push([name, scenario, 'passed']);
    });
  }

  for (const scenario of among(WITH_TOOL)) {
    test(`${scenario} passes, given its tool`, () => {
      const needs = WITH_TOOL[scenario]!;
      expectLack(checksOf('product', scenario), needs);
      expectPass(checksOf('fixture', scenario));
      rows.push([name, scenario, `passed, given ${needs}`]);
    });
  }

  for (const scenario of among(LEFT_OUT)) {
    const { needs } = LEFT_OUT[scenario]!;
    test(`${scenario} is left out: it needs ${needs}`, () => {
      expectLack(checksOf('product', scenario), needs);
      rows.push([name, scenario, `left out: needs ${needs}`]);
    });
  }
});

test('the tables have the scenarios of the suite, and no others', () => {
  const inTables = [PASSED, WITH_TOOL, LEFT_OUT].flatMap((table) => Object.keys(table)).sort();
  const ofSuite = new Set(SUITES.flatMap(({ listed }) => listed));
  expect(inTables).toEqual([...ofSuite].sort());
});

/** A warning is no pass, nor is a scenario that looked at nothing. */
function expectPass(checks: Check[]): void {
  expect(failuresOf(checks)).toEqual([]);
  expect(checks.filter(({ status }) => status === 'SUCCESS')).not.toEqual([]);
}

/** It fails of what it lacks, and of nothing else: our messages are as their schema says. */
function expectLack(checks: Check[], needs: string): void {
  const failures = failuresOf(checks);
  expect(failures).not.toEqual([]);
  expect(failures.filter((failure) => failure.startsWith('wire-schema'))).toEqual([]);
  expect(JSON.stringify(checks)).toContain(needs);
}

const failuresOf = (checks: Check[]): string[] =>
  checks
    .filter(({ status }) => status !== 'SUCCESS' && status !== 'INFO')
    .map(({ id, status, errorMessage = status }) => `${id}: ${errorMessage}`);
