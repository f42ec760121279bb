import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MONITORING } from '../support/root';
import { collector, debian } from './support/installed';

// What examples/monitoring configures, read by the real programs.

const accepts = (command: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: MONITORING,
    encoding: 'utf8',
  });
  return { accepted: status === 0, output: stdout + stderr };
};

const ACCEPTED = expect.objectContaining({ accepted: true });

test('prometheus.yml, with the rules that it names', () => {
  const answer = accepts(debian('promtool'), 'check', 'config', 'prometheus.yml');
  expect(answer).toEqual(ACCEPTED);
  expect(answer.output).toContain('SUCCESS: 9 rules found');
});

test('alertmanager.yml', () => {
  expect(accepts(debian('amtool'), 'check-config', 'alertmanager.yml')).toEqual(ACCEPTED);
});

test.each([
  ['McpHighErrorRate', 'critical'],
  ['McpToolFailures', 'warning'],
])('alertmanager.yml has somebody to tell of %s', (alert, severity) => {
  const labels = [`alertname=${alert}`, `severity=${severity}`];
  const route = ['config', 'routes', 'test', '--config.file=alertmanager.yml', ...labels];
  const answer = accepts(debian('amtool'), ...route);
  expect(answer).toEqual(ACCEPTED);
  expect(answer.output).toMatch(/^webhook$/m);
});

const validate = (...configs: string[]) =>
  accepts(collector(), 'validate', ...configs.map((config) => `--config=${config}`));

test.each([
  ['collector.yaml', []],
  ['collector.yaml with redaction.yaml', ['redaction.yaml']],
])('%s', (_, more) => {
  expect(validate('collector.yaml', ...more)).toEqual({ accepted: true, output: '' });
});

test('the collector does see a mistake', () => {
  const answer = validate('collector.yaml', 'yaml:processors::batch::timeot: 1s');
  expect(answer).toEqual({ accepted: false, output: expect.stringContaining('timeot') });
});

// A list of a later file stands in the place of an earlier one's.
test('redaction.yaml leaves out no processor that collector.yaml has', () => {
  const before = processorsOf('collector.yaml');
  const after = processorsOf('redaction.yaml');
  expect(Object.keys(before)).toEqual(['traces', 'metrics', 'logs']);
  for (const [pipeline, processors] of Object.entries(before)) {
    expect(after[pipeline]).toEqual(expect.arrayContaining([...processors, 'redaction']));
  }
});

function processorsOf(file: string): Record<string, string[]> {
  const text = readFileSync(join(MONITORING, file), 'utf8');
  const lists = text.matchAll(/^ {4}(\w+):\n(?: {6}.+\n)*? {6}processors: \[(.+)\]$/gm);
  return Object.fromEntries([...lists].map(([, pipeline, list]) => [pipeline!, list!.split(', ')]));
}
