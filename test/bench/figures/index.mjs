import { added } from './added.mjs';
import { digits } from './digits.mjs';
import { growth } from './growth.mjs';
import { http } from './http.mjs';
import { httpGrowth } from './http-growth.mjs';
import { httpSessions } from './http-sessions.mjs';
import { latency } from './latency.mjs';
import { load } from './load.mjs';
import { down, receivers } from './receivers.mjs';
import { size } from './size.mjs';
import { split } from './split.mjs';
import { start } from './start.mjs';
import { volume } from './volume.mjs';

/**
 * In the order in which they are measured and printed. A figure has
 *
 * - `run(variant, context, record)`: takes one sample, and records values at a point ('' if it has none)
 * - `columns`: which values are shown, and which also as ratios; `more`: a second table of them
 * - `takes(variant)`, `rounds({ rounds, quick })`, `repeats(quick)`: of which variants and how often,
 *   where that is not all, once a round
 */
export const FIGURES = [
  start,
  split,
  latency,
  added,
  load,
  growth,
  digits,
  receivers,
  down,
  volume,
  http,
  httpSessions,
  httpGrowth,
  size,
];
