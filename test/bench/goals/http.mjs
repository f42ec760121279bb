import { CONNECTIONS, pointOf } from '../figures/http.mjs';
import { number } from '../report/numbers.mjs';
import { flat } from './flat.mjs';
import { isInTime, isNone } from './worst.mjs';

const OURS = 'ours-http';

/** The median ratios to stock, by connections. */
function ratios(title, hasSessions, key, { atMost, atLeast }) {
  return {
    title: `${title}, ${hasSessions ? 'a session each' : 'no session'}`,
    goal: atMost === undefined ? `≥ ${atLeast}` : `≤ ${number(atMost, 1)}`,
    measure(results) {
      const found = CONNECTIONS.full.map((connections) => ({
        connections,
        ratio: results.of('http', pointOf(connections, hasSessions), OURS, key)?.ratio?.median,
      }));
      if (found.some(({ ratio }) => ratio === undefined)) return undefined;
      return {
        text: found
          .map(({ connections, ratio }) => `${connections}: ${number(ratio, 2)}`)
          .join('; '),
        met: found.every(({ ratio }) =>
          atMost === undefined ? ratio >= atLeast : ratio <= atMost,
        ),
      };
    },
  };
}

/** The worst of all rounds and points of some figures. */
function most(title, goal, figures, key, isMet) {
  return {
    title,
    goal,
    measure(results) {
      const found = figures.flatMap((figure) =>
        results
          .points(figure)
          .flatMap((point) => results.rounds(figure, point, OURS).map((round) => round[key])),
      );
      if (found.length === 0) return undefined;
      const value = Math.max(...found);
      return { text: number(value, 0), met: isMet(value) };
    },
  };
}

/** The memory that another session takes, up to so many; the median. */
function perSession(sessions) {
  return {
    title: `RSS a session, up to ${sessions} open, kB`,
    goal: '≤ 20',
    measure(results) {
      const found = results.of('http-sessions', sessions, OURS, 'perSession')?.median;
      return found && { text: number(found, 1), met: found <= 20 };
    },
  };
}

const FIGURES = ['http', 'http-sessions', 'http-growth'];
const bySessions = (key) => ({ variant: OURS, figure: 'http-sessions', key });
const grown = (key) => ({ variant: OURS, figure: 'http-growth', key });
const TO_1000 = { from: ['1'], to: '1,000', within: 0.1, orLess: true };
const TO_MILLION = { from: ['100,000'], to: '1,000,000' };

/** What is aimed at over HTTP, everything on, as ratios to the SDK's own server with no telemetry. */
export const HTTP = [
  ...[true, false].flatMap((hasSessions) => [
    ratios('requests/s', hasSessions, 'callsPerSecond', { atLeast: 1.5 }),
    ratios('p99', hasSessions, 'p99', { atMost: 1 }),
    ratios('CPU a request', hasSessions, 'cpuPerCall', { atMost: 0.7 }),
  ]),
  perSession('1,000'),
  perSession('10,000'),
  flat('p50, from 1 to 1,000 open sessions', bySessions('p50'), TO_1000),
  flat('CPU a request, the same', bySessions('cpuPerCall'), TO_1000),
  flat('RSS, from request 100,000 to 1,000,000', grown('rss'), { ...TO_MILLION, within: 0.05 }),
  flat('p50, the same', grown('p50'), { ...TO_MILLION, within: 0.1, orLess: true }),
  flat('p99, the same', grown('p99'), { ...TO_MILLION, within: 0.1, orLess: true }),
  most('spans lost', '0', FIGURES, 'spansLost', isNone),
  most('log records lost', '0', FIGURES, 'logsLost', isNone),
  most('SIGTERM to exit, ms', '≤ 1,500', ['http'], 'exitMs', isInTime),
];
