import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../support/root';

const RUNBOOKS = readFileSync(join(ROOT, 'docs', 'runbooks.md'), 'utf8');

/** The code blocks of a language in a section of docs/runbooks.md, in its order. */
export function blocks(section: string, language: 'promql' | 'sh'): string[] {
  const text = RUNBOOKS.split(/^## /m).find((each) => each.startsWith(`${section}\n`));
  if (text === undefined) throw new Error(`docs/runbooks.md has no section ${section}`);
  const fenced = new RegExp(`^ *\`\`\`${language}\n(.+?)\n *\`\`\`$`, 'gms');
  return [...text.matchAll(fenced)].map(([, block]) => block!.trim());
}

/** For another service, and where all durations are so many times shorter. */
export const hastenedQuery = (query: string, service: string, factor: number): string =>
  query
    .replace('service_name="ts-calculator"', `service_name=${JSON.stringify(service)}`)
    .replace(
      /\[(\d+)([hm])\]/g,
      (_, count, unit) => `[${(Number(count) * (unit === 'h' ? 3600 : 60)) / factor}s]`,
    );

/** What a command prints in a folder where `server.log` is. */
export function printedOf(command: string, log: string, path = process.env.PATH): string {
  const cwd = mkdtempSync(join(tmpdir(), 'ts-calculator-looks-'));
  try {
    writeFileSync(join(cwd, 'server.log'), log);
    const env = { ...process.env, PATH: path };
    return spawnSync('sh', ['-c', command], { cwd, env, encoding: 'utf8' }).stdout;
  } finally {
    rmSync(cwd, { recursive: true });
  }
}
