/**
 * An exact decimal number: coefficient · 10^exponent. The coefficient may end in zeros; one that
 * was read does not, and a zero that was read has the exponent 0.
 */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

export const ZERO: Decimal = { coefficient: 0n, exponent: 0 };

/** 10^exponent, for an exponent of 0 or more. */
export function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** How many digits a number of 0 or more is written with. */
export function digitCount(value: bigint): number {
  return value.toString().length;
}

/** How many digits plain notation of the value writes down, leading zeros included. */
export function plainDigitCount({ coefficient, exponent }: Decimal): number {
  const digits = digitCount(magnitude(coefficient));
  return exponent >= 0 ? digits + exponent : Math.max(digits, 1 - exponent);
}

/** a + b, exactly. */
export function sum(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { coefficient: scaledTo(exponent, a) + scaledTo(exponent, b), exponent };
}

/** a − b, exactly. */
export function difference(a: Decimal, b: Decimal): Decimal {
  return sum(a, { coefficient: -b.coefficient, exponent: b.exponent });
}

/** a · b, exactly. */
export function product(a: Decimal, b: Decimal): Decimal {
  return { coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent };
}

function scaledTo(exponent: number, value: Decimal): bigint {
  if (value.exponent === exponent) return value.coefficient;
  return value.coefficient * powerOfTen(value.exponent - exponent);
}
