import { powerOfTen } from './decimal';
import { MAX_REPEATING_DIGITS, MAX_RESULT_DIGITS } from './limits';
import { type Ratio, twosAndFives } from './ratio';

/**
 * Writes a decimal without end with its period in brackets: `0.(3)`, `0.1(6)`.
 *
 * @returns undefined where the decimal ends, where the digits between point and bracket and those
 *   in it are together more than 100, or where all of them are more than a result may have
 */
export function repeatingDecimal(ratio: Ratio): string | undefined {
  const { denominator, twos, fives } = ratio;
  // Shifted by `prefix` places, all that is left below the line is prime to ten.
  const prefix = Math.max(0, -twos, -fives);
  if (prefix >= MAX_REPEATING_DIGITS) return undefined;
  const shifted = ratio.numerator * twosAndFives(twos + prefix, fives + prefix);
  const remainder = shifted % denominator;
  const period = periodOf(remainder, denominator, MAX_REPEATING_DIGITS - prefix);
  if (remainder === 0n || period === undefined) return undefined;

  const digits = (shifted / denominator).toString().padStart(prefix + 1, '0');
  if (digits.length + period.length > MAX_RESULT_DIGITS) return undefined;
  const point = digits.length - prefix;
  return `${ratio.negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}(${period})`;
}

/**
 * The digits that remainder / denominator repeats: long division, until the remainder comes back.
 * That it does so at once, without a prefix, needs a denominator prime to ten.
 */
function periodOf(remainder: bigint, denominator: bigint, most: number): string | undefined {
  let rest = remainder;
  for (let length = 1; length <= most; length += 1) {
    rest = (rest * 10n) % denominator;
    if (rest !== remainder) continue;
    const period = (remainder * (powerOfTen(length) - 1n)) / denominator;
    return period.toString().padStart(length, '0');
  }
  return undefined;
}
