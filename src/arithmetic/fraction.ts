import { type Ratio, twosAndFives } from './ratio';

/**
 * Writes a quotient as a fraction in lowest terms: `1/3`, `-22/7`. Euclid's algorithm takes time
 * quadratic in the digits, so the caller bounds them: 2 ms at 1,000.
 */
export function reducedFraction(ratio: Ratio): string {
  const { negative, numerator, denominator, twos, fives } = ratio;
  const shared = greatestCommonDivisor(numerator, denominator);
  const above = (numerator / shared) * twosAndFives(Math.max(0, twos), Math.max(0, fives));
  const below = (denominator / shared) * twosAndFives(Math.max(0, -twos), Math.max(0, -fives));
  return `${negative ? '-' : ''}${above}/${below}`;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}
