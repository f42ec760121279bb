import { type Decimal, magnitude } from './decimal';
import { ArithmeticError } from './errors';
import { MAX_PLACEHOLDER_ZEROS, MAX_RESULT_DIGITS } from './limits';

/**
 * Writes a number down: without trailing zeros after the point, zero as `0`, in plain notation
 * (`0.015`, `1200`) unless that needs more than 40 zeros that only hold a place; then in scientific
 * (`1.5e-6176`, `1e50`). `readDecimal` reads either, within an operand's limits.
 *
 * @throws {ArithmeticError} `limit_exceeded` beyond 20,000 significant digits
 */
export function writeDecimal({ coefficient, exponent }: Decimal): string {
  const written = magnitude(coefficient).toString();
  let end = written.length;
  while (end > 1 && written[end - 1] === '0') end -= 1;
  if (end > MAX_RESULT_DIGITS) {
    throw new ArithmeticError(
      'limit_exceeded',
      `The result needs more than ${MAX_RESULT_DIGITS} significant digits, which is the limit. Use operands with fewer digits or closer in size.`,
    );
  }

  if (coefficient === 0n) return '0';
  const digits = written.slice(0, end);
  const sign = coefficient < 0n ? '-' : '';
  return sign + notation(digits, exponent + written.length);
}

/** @param point where the decimal point stands, in digits right of the start of `digits` */
function notation(digits: string, point: number): string {
  const zerosBefore = point > 0 ? 0 : 1 - point; // the one before the point included
  const zerosAfter = Math.max(0, point - digits.length);
  if (zerosBefore > MAX_PLACEHOLDER_ZEROS || zerosAfter > MAX_PLACEHOLDER_ZEROS) {
    return `${withPoint(digits, 1)}e${point - 1}`;
  }
  const padded = '0'.repeat(zerosBefore) + digits + '0'.repeat(zerosAfter);
  return withPoint(padded, Math.max(1, point));
}

function withPoint(digits: string, point: number): string {
  return point === digits.length ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
}
