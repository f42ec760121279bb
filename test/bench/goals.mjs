import { number } from './report/numbers.mjs';
import { quantile } from './statistics.mjs';

/** The longest that the product may take to end: a client ends a server 2 s after its stdin. */
const EXIT_MS = 1_500;

const twoDigits = (value) => number(value, 2);

/** A ratio to stock, of the median. */
function ratio(title, variant, figure, key, { atMost, atLeast }) {
  return {
    title,
    goal: atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`,
    measure(results) {
      const found = results.of(figure, '', variant, key)?.ratio?.median;
      if (found === undefined) return undefined;
      return {
        text: twoDigits(found),
        met: atMost === undefined ? found >= atLeast : found <= atMost,
      };
    },
  };
}

/** How much a value is at one point of a session to what it was at an earlier one. */
function flat(title, key, [from, to], { within, orLess = false }) {
  return {
    title,
    goal: orLess ? `no dearer (+ ${within * 100} %)` : `± ${within * 100} %`,
    measure(results) {
      const values = (point) => results.rounds('growth', point, 'ours').map((round) => round[key]);
      const [before, after] = [values(from), values(to)];
      if (before.length === 0 || after.length === 0) return undefined;
      const found =
        quantile(
          after.map((value, round) => value / before[round]),
          0.5,
        ) - 1;
      const met = found <= within && (orLess || found >= -within);
      return { text: `${found < 0 ? '−' : '+'} ${number(Math.abs(found) * 100, 1)} %`, met };
    },
  };
}

/** Each value of one figure of ours, point by point, the worst of its rounds. */
function worst(title, goal, figure, keys, isMet) {
  return {
    title,
    goal,
    measure(results) {
      const found = results.points(figure).map((point) => {
        const rounds = results.rounds(figure, point, 'ours');
        const values = rounds.map((round) => keys.reduce((sum, key) => sum + round[key], 0));
        return { point, value: Math.max(...values) };
      });
      if (!found.some(({ value }) => Number.isFinite(value))) return undefined;
      const text = ({ point, value }) => (point && `${point}: `) + number(value, 0);
      return { text: found.map(text).join('; '), met: found.every(({ value }) => isMet(value)) };
    },
  };
}

const isNone = (value) => value === 0;
const isInTime = (ms) => ms <= EXIT_MS;
const LATE = ['100,000', '1,000,000'];

/** What is aimed at, everything on, as ratios to the stock server with no telemetry. */
export const GOALS = [
  ratio('spawn to `initialize` reply', 'ours', 'start', 'startMs', { atMost: 0.35 }),
  ratio('p50, 1 in flight', 'ours', 'latency', 'p50', { atMost: 0.6 }),
  ratio('p99, 1 in flight', 'ours', 'latency', 'p99', { atMost: 0.8 }),
  ratio('CPU a call', 'ours', 'load', 'cpuPerCall', { atMost: 0.7 }),
  ratio('calls a second, 64 in flight', 'ours', 'load', 'callsPerSecond', { atLeast: 1.5 }),
  ratio('peak RSS', 'ours', 'load', 'rssPeak', { atMost: 0.95 }),
  worst(
    'spans and log records lost, by what the receiver takes',
    '0',
    'receivers',
    ['spansLost', 'logsLost'],
    isNone,
  ),
  worst('stdin end to exit, the same receivers, ms', '≤ 1,500', 'receivers', ['exitMs'], isInTime),
  worst('stdin end to exit, receiver down, ms', '≤ 1,500', 'down', ['exitMs'], isInTime),
  flat('RSS from call 100,000 to 1,000,000', 'rss', LATE, { within: 0.05 }),
  // While V8 still compiles a call is dear, whoever makes it: that it gets cheaper is no fault.
  flat('CPU a call, calls to 1,000,000 beside calls to 10,000', 'cpuPerCall', ['10,000', LATE[1]], {
    within: 0.1,
    orLess: true,
  }),
  ratio('`OTEL_SDK_DISABLED=true`: CPU a call', 'disabled', 'load', 'cpuPerCall', { atMost: 0.25 }),
  ratio('`OTEL_SDK_DISABLED=true`: start', 'disabled', 'start', 'startMs', { atMost: 0.3 }),
];

/** Each goal with what was measured, and whether it is met; both undefined of what did not run. */
export const judge = (results) =>
  GOALS.map(({ title, goal, measure }) => ({ title, goal, ...measure(results) }));
