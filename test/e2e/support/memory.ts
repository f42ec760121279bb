import { readFileSync } from 'node:fs';
import type { Cli } from '../../support/cli';

/** The most memory that the process has had until now, in MB (Linux). */
export const peakMegabytes = ({ pid }: Cli): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
