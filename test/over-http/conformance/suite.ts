import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from '../../support/child';
import { cleanEnvironment } from '../../support/environment';
import { installed } from '../support/installed';

/** One way to run the suite: a version of it, and the revision of MCP that its client speaks. */
export interface SuiteRun {
  version: 'stable' | 'next';
  /** Absent: the version's own choice. */
  revision?: string;
}

/** What a scenario looked at: the fields that are read here. */
export interface Check {
  id: string;
  status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  errorMessage?: string;
}

/** The names of the scenarios for servers, as the suite lists them. */
export function listScenarios(run: SuiteRun): string[] {
  const options = { encoding: 'utf8', env: cleanEnvironment() } as const;
  const [node, ...args] = suite(run, 'list', '--server');
  const listed = [...execFileSync(node, args, options).matchAll(/^ {2}- (\S+)/gm)];
  if (listed.length === 0) throw new Error('the suite lists no scenario');
  return listed.map(([, name]) => name!);
}

/** Runs all of them against a server. Returns what each looked at, by its name. */
export async function runScenarios(run: SuiteRun, address: string): Promise<Map<string, Check[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'ts-calculator-conformance-'));
  try {
    const flags = ['--url', address, '--suite', 'all', '--output-dir', folder];
    const child = new Child(suite(run, 'server', ...flags));
    const { code } = await child.exit;
    // 1: a scenario failed, and its checks tell.
    if (code !== 0 && code !== 1) throw new Error(`it ended with ${code}\n${child.report()}`);
    return new Map(readdirSync(folder).map((name) => [scenarioOf(name), checksIn(name)]));
  } finally {
    rmSync(folder, { recursive: true });
  }

  function checksIn(name: string): Check[] {
    return JSON.parse(readFileSync(join(folder, name, 'checks.json'), 'utf8')) as Check[];
  }
}

/** server-ping-2026-08-23T01-02-03-004Z → ping */
const scenarioOf = (folder: string): string =>
  folder.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, '');

function suite({ version, revision }: SuiteRun, ...args: string[]): [string, ...string[]] {
  const program = join(installed('conformance'), 'node_modules', version, 'dist', 'index.js');
  const filter = revision === undefined ? [] : ['--spec-version', revision];
  return [installed('node'), program, ...args, ...filter];
}
