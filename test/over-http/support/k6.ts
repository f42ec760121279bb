import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from '../../support/child';
import { ROOT } from '../../support/root';
import { installed } from './installed';

/** One value that k6 took down, with its labels. */
export interface Sample {
  metric: string;
  value: number;
  tags: Record<string, string>;
}

export interface K6Run {
  /** 0; 99 where a threshold is crossed. */
  code: number | null;
  /** What it prints at the end. */
  summary: string;
  samples: Sample[];
}

export interface K6Options {
  address: string;
  flags: string[];
  env?: Record<string, string>;
}

/** How long a run may take, in ms. */
const RUN_MILLIS = 55_000;

/**
 * Runs the real k6.
 *
 * @param script a file of examples/load
 */
export async function runK6(script: string, options: K6Options): Promise<K6Run> {
  const { address, flags, env } = options;
  const folder = mkdtempSync(join(tmpdir(), 'ts-calculator-k6-'));
  const output = join(folder, 'samples.json');
  // Without an API of its own: the port may be taken.
  const own = ['--address', '', '--out', `json=${output}`, '--quiet', '--no-color'];
  const path = join(ROOT, 'examples', 'load', script);
  const child = new Child(
    [installed('k6'), 'run', ...own, '-e', `ADDRESS=${address}`, ...flags, path],
    { env: { K6_NO_USAGE_REPORT: 'true', ...env }, timeoutMs: RUN_MILLIS },
  );
  try {
    const { code } = await child.end();
    if (code !== 0 && code !== 99) throw new Error(`k6 ended with ${code}\n${child.report()}`);
    return { code, summary: child.stdout, samples: samplesIn(output) };
  } finally {
    await child.stop();
    rmSync(folder, { recursive: true });
  }
}

/** What is looked at: the scripts' own metrics, and HTTP's count of its requests. */
const LOOKED_AT = /^\{"metric":"(client_\w+|http_reqs)","type":"Point"/;

function samplesIn(file: string): Sample[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines
    .filter((line) => LOOKED_AT.test(line))
    .map((line) => JSON.parse(line) as { metric: string; data: Omit<Sample, 'metric'> })
    .map(({ metric, data: { value, tags } }) => ({ metric, value, tags }));
}
