import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debian } from './installed';

/** A case of a file of promtool's unit tests, as a file of its own. */
export interface RuleCase {
  readonly name: string;
  readonly text: string;
}

export function casesIn(file: string): RuleCase[] {
  const [head, ...cases] = readFileSync(file, 'utf8').split(/^(?= {2}- name: )/m) as [string];
  return cases.map((text: string) => ({
    name: /name: (.+)/.exec(text)![1]!,
    text: head.replace(/^rule_files: .*$/m, 'rule_files: [mcp.rules.yml]') + text,
  }));
}

/** What promtool says of a case with these rules, and whether it is as the case has it. */
export const tryCase = ({ text }: RuleCase, rules: string) =>
  inFolder({ 'mcp.rules.yml': rules, 'case.yml': text }, (folder) => {
    const { passed, output } = run(folder, 'promtool', 'test', 'rules', 'case.yml');
    // A rule file that is missing is but a warning to it.
    return { passed: passed && output.includes('SUCCESS'), output };
  });

/** What a program says that checks the rules without running them. */
export const check = (rules: string, ...command: ['promtool' | 'vmalert', ...string[]]) =>
  inFolder({ 'mcp.rules.yml': rules }, (folder) => run(folder, ...command));

function run(cwd: string, command: 'promtool' | 'vmalert', ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(debian(command), args, { cwd, encoding: 'utf8' });
  return { passed: status === 0, output: stdout + stderr };
}

function inFolder<T>(files: Record<string, string>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'ts-calculator-rules-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
