import { MAX_OPERAND_LENGTH } from './limits';
import { scanNumeral } from './numeral';

/**
 * Reads a JSON number, or a decimal string as `readDecimal` takes it, as the nearest double, for
 * uses in which a size is enough. Linear in the text, without a BigInt; the limits on digits and
 * exponent do not apply, so results can be read too.
 *
 * @returns undefined where the value is no number or a double cannot hold its size: it would be
 *   infinite, or would be 0 without being 0
 */
export function toDouble(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.length > MAX_OPERAND_LENGTH) return undefined;
  const numeral = scanNumeral(value);
  if (numeral === undefined) return undefined;

  const { integer, fraction, exponent } = numeral;
  const size = Number(`${integer}.${fraction}e${numeral.exponentNegative ? '-' : ''}${exponent}`);
  if (size === 0) return /[1-9]/.test(integer + fraction) ? undefined : 0;
  if (size === Infinity) return undefined;
  return numeral.negative ? -size : size;
}
