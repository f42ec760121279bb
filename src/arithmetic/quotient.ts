import { type Decimal, digitCount, magnitude, plainDigitCount, powerOfTen, ZERO } from './decimal';
import { ArithmeticError } from './errors';
import { reducedFraction } from './fraction';
import { MAX_FRACTION_OPERAND_DIGITS, MAX_RESULT_DIGITS, ROUNDED_DIGITS } from './limits';
import { type Ratio, ratioOf, twosAndFives } from './ratio';
import { repeatingDecimal } from './repeating';

export interface Quotient {
  readonly value: Decimal;
  /** False where `value` is rounded to 34 significant digits; only then the others are given. */
  readonly exact: boolean;
  /** In lowest terms, `1/3`, where plain notation of each operand needs at most 1,000 digits. */
  readonly fraction?: string;
  /** With the period in brackets, `0.1(6)`, where it is short: see `repeatingDecimal`. */
  readonly repeating?: string;
}

/**
 * a ÷ b: exact where its decimal ends within 20,000 significant digits, else rounded.
 *
 * @throws {ArithmeticError} `division_by_zero`
 */
export function quotient(a: Decimal, b: Decimal): Quotient {
  if (b.coefficient === 0n) {
    throw new ArithmeticError(
      'division_by_zero',
      'Division by zero has no result: the divisor b must not be 0.',
    );
  }
  if (a.coefficient === 0n) return { value: ZERO, exact: true };

  const ratio = ratioOf(a, b);
  const value = endingDecimal(ratio);
  if (value !== undefined) return { value, exact: true };
  const short = [a, b].every((operand) => plainDigitCount(operand) <= MAX_FRACTION_OPERAND_DIGITS);
  const repeating = repeatingDecimal(ratio);
  return {
    value: roundedQuotient(a, b),
    exact: false,
    ...(short && { fraction: reducedFraction(ratio) }),
    ...(repeating !== undefined && { repeating }),
  };
}

/** A decimal ends exactly where only twos and fives are left below the line. */
function endingDecimal(ratio: Ratio): Decimal | undefined {
  const { negative, numerator, denominator, twos, fives } = ratio;
  if (numerator % denominator !== 0n) return undefined;
  const exponent = Math.min(twos, fives);
  const size = (numerator / denominator) * twosAndFives(twos - exponent, fives - exponent);
  // The coefficient does not end in zero, so all of its digits are significant.
  if (size >= powerOfTen(MAX_RESULT_DIGITS)) return undefined;
  return { coefficient: negative ? -size : size, exponent };
}

/**
 * Rounds a quotient that has digits other than zero beyond the 20,000th. So it never lies halfway
 * between two candidates, and the digit after the last one kept decides: half even without a case
 * for halves.
 */
function roundedQuotient(a: Decimal, b: Decimal): Decimal {
  const [above, below] = [magnitude(a.coefficient), magnitude(b.coefficient)];
  // The integer quotient of the scaled coefficients has one or two digits more than are kept.
  const scale = ROUNDED_DIGITS + 1 - digitCount(above) + digitCount(below);
  const digits = (
    (above * powerOfTen(Math.max(0, scale))) /
    (below * powerOfTen(Math.max(0, -scale)))
  ).toString();
  const kept = BigInt(digits.slice(0, ROUNDED_DIGITS));
  const size = digits.charAt(ROUNDED_DIGITS) >= '5' ? kept + 1n : kept;
  return {
    coefficient: a.coefficient < 0n === b.coefficient < 0n ? size : -size,
    exponent: a.exponent - b.exponent - scale + digits.length - ROUNDED_DIGITS,
  };
}
