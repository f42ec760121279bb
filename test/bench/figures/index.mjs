import { latency } from './latency.mjs';
import { load } from './load.mjs';
import { start } from './start.mjs';

/** In the order in which they are measured and printed. */
export const FIGURES = [start, latency, load];
