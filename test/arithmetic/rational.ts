/**
 * Fractions of BigInts, written without the product's code and as plainly as can be: what the
 * arithmetic is held to.
 */
export interface Rational {
  readonly above: bigint;
  /** 1 or more. */
  readonly below: bigint;
}

/** Reads plain or scientific notation: what a result may look like, and nothing else. */
export function rational(text: string): Rational {
  const match = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]*[1-9]))?(?:e(-?[1-9][0-9]*))?$/.exec(text);
  if (match === null) throw new Error(`not the notation of a result: ${text}`);
  const [, sign, whole, part = '', power = '0'] = match;
  const above = BigInt(`${sign}${whole}${part}`);
  const exponent = Number(power) - part.length;
  return exponent < 0
    ? { above, below: 10n ** BigInt(-exponent) }
    : { above: above * 10n ** BigInt(exponent), below: 1n };
}

/** Reads `1/3`. */
export function fraction(text: string): Rational {
  const [above = '', below = ''] = text.split('/');
  return { above: BigInt(above), below: BigInt(below) };
}

/** Reads `-0.1(6)`, which is (16 − 1) / 90. */
export function repeating(text: string): Rational {
  const match = /^(-?)([0-9]+)\.([0-9]*)\(([0-9]+)\)$/.exec(text);
  if (match === null) throw new Error(`not a repeating decimal: ${text}`);
  const [, sign, whole, prefix = '', period = ''] = match;
  const size = BigInt(`${whole}${prefix}${period}`) - BigInt(`${whole}${prefix}`);
  const below = (10n ** BigInt(period.length) - 1n) * 10n ** BigInt(prefix.length);
  return { above: sign === '-' ? -size : size, below };
}

export const plus = (x: Rational, y: Rational): Rational => ({
  above: x.above * y.below + y.above * x.below,
  below: x.below * y.below,
});

export const minus = (x: Rational, y: Rational): Rational =>
  plus(x, { above: -y.above, below: y.below });

export const times = (x: Rational, y: Rational): Rational => ({
  above: x.above * y.above,
  below: x.below * y.below,
});

/** x ÷ y, for a y other than zero. */
export const over = (x: Rational, y: Rational): Rational =>
  y.above < 0n
    ? { above: -x.above * y.below, below: x.below * -y.above }
    : { above: x.above * y.below, below: x.below * y.above };

/** Negative, zero or positive as x is less than, equal to or greater than y. */
export const compare = (x: Rational, y: Rational): bigint => x.above * y.below - y.above * x.below;

export const size = (x: Rational): Rational => (x.above < 0n ? { ...x, above: -x.above } : x);

export const commonDivisor = (a: bigint, b: bigint): bigint =>
  b === 0n ? (a < 0n ? -a : a) : commonDivisor(b, a % b);
