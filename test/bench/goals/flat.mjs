import { number } from '../report/numbers.mjs';
import { quantile } from '../statistics.mjs';

/**
 * How much a value is at one point of a figure to what it was at earlier ones, round by round.
 *
 * @param where `{ variant, figure, key }`
 * @param orLess whether only a larger one misses the goal
 */
export function flat(title, { variant, figure, key }, { from, to, within, orLess = false }) {
  return {
    title,
    goal: `± ${within * 100} %${orLess ? ', or less' : ''}`,
    measure(results) {
      const values = (point) => results.rounds(figure, point, variant).map((round) => round[key]);
      const after = values(to);
      if (after.length === 0) return undefined;
      const found = from.map((point) => {
        const before = values(point);
        const ratios = after.map((value, round) => value / before[round]);
        return { point, change: quantile(ratios, 0.5) - 1 };
      });
      const text = ({ point, change }) =>
        (from.length > 1 ? `from ${point}: ` : '') +
        `${change < 0 ? '−' : '+'} ${number(Math.abs(change) * 100, 1)} %`;
      return {
        text: found.map(text).join('; '),
        met: found.every(({ change }) => change <= within && (orLess || change >= -within)),
      };
    },
  };
}
