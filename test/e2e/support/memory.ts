import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../support/root';
import type { Cli } from '../../support/cli';

/** The most memory that the process has had until now, in MB (Linux). */
export const peakMegabytes = (cli: Cli): number => megabytes(cli, 'VmHWM');

/** The memory that the process has now, in MB (Linux). */
export const residentMegabytes = (cli: Cli): number => megabytes(cli, 'VmRSS');

const megabytes = ({ pid }: Cli, name: string): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
};

/** The product, which tells what it holds: see `heldMegabytes`. */
export const TELLING: [string, ...string[]] = [
  process.execPath,
  ...['--import', pathToFileURL(join(__dirname, 'tell-heap.mjs')).href],
  join(ROOT, 'bin', 'ts-calculator.js'),
];

const HEAP = /^heap (\d+)$/gm;

/** What the product's main thread holds after its garbage has been collected, in MB. */
export async function heldMegabytes(cli: Cli): Promise<number> {
  const told = () => [...cli.stderr.matchAll(HEAP)];
  const before = told().length;
  cli.kill('SIGUSR2');
  const [, bytes] = await cli.waitFor(() => told()[before], 'what is held, on stderr');
  return Number(bytes) / 1024 / 1024;
}
