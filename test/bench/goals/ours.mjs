import { NOTHING, number } from '../report/numbers.mjs';
import { flat } from './flat.mjs';
import { isInTime, isNone, worst } from './worst.mjs';

/** A ratio to stock, of the median. */
function ratio(title, variant, figure, key, { atMost, atLeast }) {
  return {
    title,
    goal: atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`,
    measure(results) {
      const found = results.of(figure, '', variant, key)?.ratio?.median;
      if (found === undefined) return undefined;
      return {
        text: number(found, 2),
        met: atMost === undefined ? found >= atLeast : found <= atMost,
      };
    },
  };
}

/** A ratio to stock at one point of a figure, to look at beside a goal. */
function aside(title, variant, figure, point, key) {
  return {
    title,
    goal: NOTHING,
    measure(results) {
      const found = results.of(figure, point, variant, key)?.ratio?.median;
      return found === undefined ? undefined : { text: number(found, 2) };
    },
  };
}

const grown = (key) => ({ variant: 'ours', figure: 'growth', key });

/** What is aimed at, everything on, as ratios to the stock server with no telemetry. */
export const OURS = [
  ratio('spawn to `initialize` reply', 'ours', 'start', 'startMs', { atMost: 0.35 }),
  ratio('p50, 1 in flight', 'ours', 'latency', 'p50', { atMost: 0.6 }),
  ratio('p99, 1 in flight', 'ours', 'latency', 'p99', { atMost: 0.8 }),
  ratio('CPU a call, 64 in flight', 'ours', 'load', 'cpuPerCall', { atMost: 0.7 }),
  aside(
    'CPU a call, call 100,000 to 1,000,000, V8 warm',
    'ours',
    'growth',
    '1,000,000',
    'cpuPerCall',
  ),
  ratio('calls a second, 64 in flight', 'ours', 'load', 'callsPerSecond', { atLeast: 1.5 }),
  ratio('peak RSS', 'ours', 'load', 'rssPeak', { atMost: 0.95 }),
  worst('spans lost, by what the receiver takes', '0', 'ours', 'receivers', 'spansLost', isNone),
  worst('log records lost, the same receivers', '0', 'ours', 'receivers', 'logsLost', isNone),
  worst(
    'stdin end to exit, the same receivers, ms',
    '≤ 1,500',
    'ours',
    'receivers',
    'exitMs',
    isInTime,
  ),
  worst('stdin end to exit, receiver down, ms', '≤ 1,500', 'ours', 'down', 'exitMs', isInTime),
  flat('RSS from call 100,000 to 1,000,000', grown('rss'), {
    from: ['100,000'],
    to: '1,000,000',
    within: 0.05,
  }),
  // While V8 still compiles a call is dear, whoever makes it: that it gets cheaper is no fault.
  flat('CPU a call, from call 1,000 to 1,000,000', grown('cpuPerCall'), {
    from: ['1,000', '10,000'],
    to: '1,000,000',
    within: 0.1,
    orLess: true,
  }),
  ratio('`OTEL_SDK_DISABLED=true`: CPU a call', 'disabled', 'load', 'cpuPerCall', { atMost: 0.25 }),
  ratio('`OTEL_SDK_DISABLED=true`: start', 'disabled', 'start', 'startMs', { atMost: 0.3 }),
];
