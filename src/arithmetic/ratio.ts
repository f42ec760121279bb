import { type Decimal, magnitude } from './decimal';

/**
 * A quotient other than zero, with the prime factors of ten set apart:
 * ± numerator / denominator · 2^twos · 5^fives. Numerator and denominator are positive and neither
 * even nor divisible by five, but may have other factors in common: to find those takes a gcd, which
 * is slow for thousands of digits, and most questions can be answered without.
 */
export interface Ratio {
  readonly negative: boolean;
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly twos: number;
  readonly fives: number;
}

/** a ÷ b, for a and b other than zero. */
export function ratioOf(a: Decimal, b: Decimal): Ratio {
  const above = splitTwosAndFives(magnitude(a.coefficient));
  const below = splitTwosAndFives(magnitude(b.coefficient));
  const tens = a.exponent - b.exponent;
  return {
    negative: a.coefficient < 0n !== b.coefficient < 0n,
    numerator: above.rest,
    denominator: below.rest,
    twos: above.twos - below.twos + tens,
    fives: above.fives - below.fives + tens,
  };
}

/** 2^twos · 5^fives, both exponents 0 or more. */
export function twosAndFives(twos: number, fives: number): bigint {
  return (5n ** BigInt(fives)) << BigInt(twos);
}

interface Split {
  readonly rest: bigint;
  readonly twos: number;
  readonly fives: number;
}

/** @param value 1 or more, or the search for fives would not end */
function splitTwosAndFives(value: bigint): Split {
  const lowestBit = value & -value;
  const twos = lowestBit.toString(2).length - 1;
  return { twos, ...splitFives(value >> BigInt(twos)) };
}

/**
 * Divides by 5, 5², 5⁴, … while that goes, and by the same powers downwards for what is left (as
 * GMP's `mpz_remove` does): two dozen divisions where one five at a time would take 14,000.
 */
function splitFives(value: bigint): { rest: bigint; fives: number } {
  let rest = value;
  let fives = 0;
  const powers: bigint[] = [];
  for (let power = 5n; rest % power === 0n; power *= power) {
    rest /= power;
    fives += 2 ** powers.length;
    powers.push(power);
  }
  for (const [index, power] of [...powers.entries()].reverse()) {
    if (rest % power !== 0n) continue;
    rest /= power;
    fives += 2 ** index;
  }
  return { rest, fives };
}
