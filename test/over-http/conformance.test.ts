import { dependencies } from './conformance/package.json';
import { LEFT_OUT, PASSED } from './conformance/scenarios';
import { listScenarios, runScenarios, type Check, type SuiteRun } from './conformance/suite';
import { printTable } from './support/print';
import { serve, stopAll, type HttpServer } from './support/server';

// The official conformance suite against the built product: each scenario that it has for servers is
// run, those that a calculator cannot have as well, and what becomes of it is in docs/conformance.md.

const RUNS: SuiteRun[] = [
  { version: 'stable' },
  // This one holds each message to the schema of its revision, and looks at more of a session.
  { version: 'next', revision: '2025-11-25' },
  { version: 'next', revision: '2025-06-18' },
  { version: 'next', revision: '2025-03-26' },
];
const LISTED = RUNS.map(listScenarios);

const nameOf = ({ version, revision = '' }: SuiteRun): string =>
  `${dependencies[version].split('@').at(-1)} ${revision}`.trim();

const rows: string[][] = [];
let server: HttpServer;
beforeAll(async () => {
  server = await serve({ OTEL_SDK_DISABLED: 'true' });
});
afterAll(async () => {
  await stopAll();
  printTable(['suite', 'scenario', 'result'], rows);
});

describe.each(RUNS.map((run, index) => ({ run, name: nameOf(run), listed: LISTED[index]! })))(
  'conformance suite $name',
  ({ run, name, listed }) => {
    let results: Map<string, Check[]>;
    beforeAll(async () => {
      results = await runScenarios(run, server.address);
    });

    test.each(listed.map((scenario) => [titleOf(scenario), scenario]))('%s', (_, scenario) => {
      const checks = results.get(scenario) ?? [];
      const { outcome, failures } = judge(checks);
      rows.push([name, scenario, outcome === 'passed' ? 'passed' : `${outcome}: ${failures[0]}`]);
      if (scenario in PASSED) {
        expect([outcome, failures]).toEqual(['passed', []]);
        return;
      }
      // Left out: it fails, of what the table says and of nothing else.
      const { needs } = LEFT_OUT[scenario]!;
      expect(outcome).toBe('not passed');
      expect(JSON.stringify(checks)).toContain(needs);
      expect(failures.filter((failure) => failure.startsWith('wire-schema'))).toEqual([]);
    });
  },
);

test('the tables have the scenarios of the suite, and no others', () => {
  const inTables = [...Object.keys(PASSED), ...Object.keys(LEFT_OUT)];
  expect(new Set(inTables)).toEqual(new Set(LISTED.flat()));
  expect(inTables.length).toBe(new Set(inTables).size);
});

function titleOf(scenario: string): string {
  if (scenario in PASSED) return `${scenario} passes`;
  const needs = LEFT_OUT[scenario]?.needs ?? 'a row in conformance/scenarios.ts';
  return `${scenario} is left out: it needs ${needs}`;
}

/** A warning is no pass, nor is a scenario that looked at nothing. */
function judge(checks: Check[]): { outcome: 'passed' | 'not passed'; failures: string[] } {
  const looked = checks.filter(({ status }) => status !== 'INFO');
  const failures = looked
    .filter(({ status }) => status !== 'SUCCESS')
    .map(({ id, status, errorMessage = status }) => `${id}: ${errorMessage}`);
  const isPassed = looked.length > 0 && failures.length === 0;
  return { outcome: isPassed ? 'passed' : 'not passed', failures };
}
