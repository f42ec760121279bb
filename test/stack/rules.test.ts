import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  hastened,
  PARAMETERS,
  type Parameters,
} from '../../examples/monitoring/generate/parameters';
import { rulesFile } from '../../examples/monitoring/generate/rules/rules-file';
import { MONITORING } from '../support/root';
import { casesIn, check, tryCase } from './support/rule-cases';

// The rules by the real promtool. Their cases are in test/stack/rules, a file an alert.

const CASES = join(__dirname, 'rules');
const RULES = readFileSync(join(MONITORING, 'rules', 'mcp.rules.yml'), 'utf8');
const NAIVE = readFileSync(join(CASES, 'naive.rules.yml'), 'utf8');

const alwaysBusy = (...names: string[]): string =>
  rulesFile({ ...PARAMETERS, serviceDown: { ...PARAMETERS.serviceDown, alwaysBusy: names } });

/** The files of cases, and the rules that each tries. */
const TRIED = {
  'high-error-rate': RULES,
  'high-latency': RULES,
  'service-down': RULES,
  'always-busy': alwaysBusy('web'),
  'tool-failures': RULES,
};

describe.each(Object.entries(TRIED))('%s', (alert, rules) => {
  const cases = casesIn(join(CASES, `${alert}.test.yml`));

  test.each(cases)('$name', (each) => {
    const { passed, output } = tryCase(each, rules);
    if (!passed) throw new Error(output);
  });

  test('is seen to fire, to resolve and to stay silent', () => {
    const names = cases.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([/^fires/, /resolves/, /^silent/].map(expect.stringMatching)),
    );
    expect(names.length).toBeGreaterThanOrEqual(3);
  });
});

test('each file of cases is tried', () => {
  const files = readdirSync(CASES).filter((file) => file.endsWith('.test.yml'));
  const tried = Object.keys(TRIED).map((alert) => `${alert}.test.yml`);
  expect(files.sort()).toEqual(tried.sort());
});

test('an always busy service may have any name', () => {
  const name = `it's "$1" & \\d`;
  const { text } = caseNamed('always-busy', 'fires where its series vanish');
  const renamed = text.replaceAll('"web"', () => JSON.stringify(name));
  const { passed, output } = tryCase({ name, text: renamed }, alwaysBusy(name));
  if (!passed) throw new Error(output);
});

const ERRORS_APART = 'silent at two errors three minutes apart without other traffic';
const AT_THE_LIMIT = 'silent at exactly the limit';

const caseNamed = (alert: string, name: string) => {
  const found = casesIn(join(CASES, `${alert}.test.yml`)).find((each) => each.name === name);
  if (!found) throw new Error(`no case '${name}'`);
  return found;
};

// A case that no rule could get wrong would say nothing.
test.each([
  ['high-error-rate', ERRORS_APART],
  ['high-latency', 'silent at too little traffic, however slow'],
  ['high-latency', 'silent about subscriptions, which are answered when the session ends'],
  ['service-down', 'silent in a session that is open and idle all day'],
  ['service-down', 'fires for one process of two that is killed, while the other lives on'],
  ['tool-failures', 'silent where two tools, or two services, fail eight times a minute each'],
])('naive rules get it wrong: %s %s', (alert, name) => {
  expect(tryCase(caseNamed(alert, name), NAIVE)).toMatchObject({
    passed: false,
    output: expect.stringContaining('got:'),
  });
});

const { highErrorRate, highLatency, serviceDown, toolFailures } = PARAMETERS;
const BURST =
  'silent after a burst of errors that lasts no longer than from one export to the next';
test.each<[alert: string, name: string, changed: Partial<Parameters>]>([
  ['high-error-rate', ERRORS_APART, { minimumRequests: 0 }],
  ['high-error-rate', AT_THE_LIMIT, { highErrorRate: { ...highErrorRate, above: 0.049 } }],
  ['high-error-rate', BURST, { highErrorRate: { ...highErrorRate, for: 240 } }],
  ['high-latency', 'silent at too little traffic, however slow', { minimumRequests: 0 }],
  [
    'high-latency',
    'silent where all requests take the limit',
    { highLatency: { ...highLatency, above: 490 } },
  ],
  [
    'service-down',
    'silent while an export or five are missing',
    { serviceDown: { ...serviceDown, silence: 60 } },
  ],
  ['tool-failures', AT_THE_LIMIT, { toolFailures: { ...toolFailures, above: 9.9 } }],
])('%s: "%s" tells parameters apart', (alert, name, changed) => {
  const rules = rulesFile({ ...PARAMETERS, ...changed });
  expect(tryCase(caseNamed(alert, name), rules)).toMatchObject({
    passed: false,
    output: expect.stringContaining('got:'),
  });
});

describe.each([
  ['as they are', RULES],
  ['for services that are always busy', alwaysBusy('web', `it's "quoted"`)],
  ['fifteen times as fast', rulesFile(hastened(PARAMETERS, 15))],
  ['a hundred times as fast', rulesFile(hastened(PARAMETERS, 100))],
])('the rules %s', (_name, rules) => {
  test('are valid for Prometheus', () => {
    expect(check(rules, 'promtool', 'check', 'rules', 'mcp.rules.yml')).toMatchObject({
      passed: true,
      output: expect.stringContaining('SUCCESS: 9 rules found'),
    });
  });

  test('are valid for vmalert', () => {
    expect(check(rules, 'vmalert', '-dryRun', '-rule=mcp.rules.yml')).toMatchObject({
      passed: true,
    });
    const broken = rules.replace('sum by (service_name)', 'sum by service_name');
    expect(check(broken, 'vmalert', '-dryRun', '-rule=mcp.rules.yml').passed).toBe(false);
  });
});
