import { number } from '../report/numbers.mjs';

/** Each value of one figure of a variant, point by point, the worst of its rounds. */
export function worst(title, goal, variant, figure, key, isMet) {
  return {
    title,
    goal,
    measure(results) {
      const found = results.points(figure).map((point) => {
        const rounds = results.rounds(figure, point, variant);
        return { point, value: Math.max(...rounds.map((round) => round[key])) };
      });
      if (!found.some(({ value }) => Number.isFinite(value))) return undefined;
      const text = ({ point, value }) => (point && `${point}: `) + number(value, 0);
      return { text: found.map(text).join('; '), met: found.every(({ value }) => isMet(value)) };
    },
  };
}

export const isNone = (value) => value === 0;

/** The longest that the product may take to end: a client ends a server 2 s after its stdin. */
const EXIT_MS = 1_500;
export const isInTime = (ms) => ms <= EXIT_MS;
