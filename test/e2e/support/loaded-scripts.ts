import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readMetafile } from '../../../docs/generate/bundled-packages';
import { ROOT } from '../../support/root';
import { run, type Run, type RunOptions } from './run';

export interface Loaded extends Run {
  /** The files of dist that each thread loaded. */
  main: Set<string>;
  worker: Set<string>;
}

/** One session, and which of the product's files it loaded. */
export async function runRecorded(env: Record<string, string> = {}): Promise<Loaded> {
  const folder = mkdtempSync(join(tmpdir(), 'ts-calculator-scripts-'));
  const file = join(folder, 'scripts');
  const recorder = pathToFileURL(join(ROOT, 'test/e2e/support/record-scripts.mjs'));
  recorder.search = encodeURIComponent(file);
  try {
    // An option on the command line, not in NODE_OPTIONS: the product's workers inherit only that.
    const product = join(ROOT, 'bin', 'ts-calculator.js');
    const command: RunOptions['command'] = [process.execPath, '--import', recorder.href, product];
    const finished = await run({ env, command });
    const lines = readFileSync(file, 'utf8').split('\n');
    const of = (thread: string): Set<string> =>
      new Set(lines.filter((line) => line.startsWith(thread)).map((line) => basename(line)));
    return { ...finished, main: of('main'), worker: of('worker') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The files of dist that hold code of OpenTelemetry's. */
export function openTelemetryFiles(): string[] {
  return Object.entries(readMetafile(ROOT).outputs)
    .filter(([, { inputs }]) => Object.keys(inputs).some((path) => path.includes('@opentelemetry')))
    .map(([path]) => basename(path));
}
