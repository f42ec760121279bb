import { number } from '../report/numbers.mjs';
import { summary } from '../statistics.mjs';
import { BASELINE } from '../variants.mjs';
import { isNone, worst } from './worst.mjs';

const WRAPPER = 'observe';
/** What a wrapper costs that looks at nothing: measured beside it. */
const BARE = 'pass-through';

/** How a wrapper's value is found, by its own and that of the server without a wrapper. */
const OWN = (value) => value;
const ADDED = (value, direct) => value - direct;
const SHARE = (value, direct) => value / direct;

/** The median over the rounds; undefined of what did not run. */
function median(how, results, variant, { figure, point, key }) {
  const pick = (name) => results.rounds(figure, point, name).map((values) => values?.[key]);
  const direct = pick(BASELINE);
  const found = pick(variant).map((value, round) => how(value, direct[round]));
  return summary(found.filter(Number.isFinite))?.median;
}

/**
 * A value of the wrapper and the same of the bare pass-through.
 *
 * @param where `{ figure, point, key }`
 * @param isMet takes both values
 */
const beside = (title, goal, how, { digits = 0, point = '', ...where }, isMet) => ({
  title,
  goal,
  measure(results) {
    const values = [WRAPPER, BARE].map((name) => median(how, results, name, { point, ...where }));
    if (values.includes(undefined)) return undefined;
    const [text, bare] = values.map((value) => number(value, digits));
    return { text, bare, met: isMet(...values) };
  },
});

/** The wrapper's memory in the last quarter of what passes, by that in the second. */
const flat = (point) =>
  beside(
    `1 GB of ${point}: RSS, from the second to the last quarter, %`,
    '≤ 5',
    OWN,
    { figure: 'volume', point, key: 'growth', digits: 1 },
    (growth) => growth <= 5,
  );

/** What is aimed at: a server behind `observe`, by the same server without, beside a bare pass-through. */
export const OBSERVE = [
  beside(
    'added to p50, 1 in flight, ms',
    "≤ 1.2 × the pass-through's",
    OWN,
    { figure: 'added', key: 'addedP50', digits: 3 },
    (found, bare) => found <= 1.2 * bare,
  ),
  beside(
    'added to the `initialize` reply, ms',
    "≤ the pass-through's + 20",
    ADDED,
    { figure: 'start', key: 'startMs', digits: 1 },
    (found, bare) => found <= bare + 20,
  ),
  beside(
    'CPU a call of the wrapper alone, 64 in flight, µs',
    "≤ the pass-through's + 15",
    OWN,
    { figure: 'load', key: 'wrapperCpuPerCall', digits: 1 },
    (found, bare) => found <= bare + 15,
  ),
  beside(
    'calls a second, 64 in flight, × without a wrapper',
    '≥ 0.9',
    SHARE,
    { figure: 'load', key: 'callsPerSecond', digits: 2 },
    (found) => found >= 0.9,
  ),
  worst('spans lost, 64 in flight', '0', WRAPPER, 'load', 'spansLost', isNone),
  worst('spans lost, by what the receiver takes', '0', WRAPPER, 'receivers', 'spansLost', isNone),
  flat('answers of 64 KB'),
  flat('answers of 1 MB'),
  flat('requests of 64 KB'),
  worst('spans lost, 1 GB', '0', WRAPPER, 'volume', 'spansLost', isNone),
];
