import fc from 'fast-check';
import { type Decimal, difference, product, sum } from '../../src/arithmetic/decimal';
import { quotient } from '../../src/arithmetic/quotient';
import { readDecimal } from '../../src/arithmetic/read-decimal';
import { toDouble } from '../../src/arithmetic/to-double';
import { writeDecimal } from '../../src/arithmetic/write-decimal';
import {
  commonDivisor,
  compare,
  fraction,
  minus,
  over,
  plus,
  type Rational,
  rational,
  repeating,
  size,
  times,
} from './rational';

const RUNS = { numRuns: 500 };

const exponent = fc.oneof(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -900, max: 900 }));
const anyCoefficient = fc.oneof(
  fc.bigInt({ min: -1000n, max: 1000n }),
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
  fc.bigInt({ min: -(10n ** 900n), max: 10n ** 900n }),
);
/** Many factors of two and five: quotients that end, or nearly do. */
const smoothCoefficient = fc
  .tuple(fc.nat(120), fc.nat(60), fc.constantFrom(1n, -1n, 3n, 7n, -11n, 37n, 101n))
  .map(([twos, fives, rest]) => 2n ** BigInt(twos) * 5n ** BigInt(fives) * rest);

/** An operand and, independently of how it is read, its value. */
const operand = fc
  .tuple(fc.oneof(anyCoefficient, smoothCoefficient), exponent)
  .map(([coefficient, power]): { read: Decimal; value: Rational } => ({
    read: readDecimal(`${coefficient}e${power}`),
    value:
      power < 0
        ? { above: coefficient, below: 10n ** BigInt(-power) }
        : { above: coefficient * 10n ** BigInt(power), below: 1n },
  }));

const isSame = (x: Rational, y: Rational) => compare(x, y) === 0n;

test.each([
  ['sum', sum, plus],
  ['difference', difference, minus],
  ['product', product, times],
])('a %s is that of fractions', (_, operation, expected) => {
  fc.assert(
    fc.property(operand, operand, (a, b) => {
      const result = rational(writeDecimal(operation(a.read, b.read)));
      expect(isSame(result, expected(a.value, b.value))).toBe(true);
    }),
    RUNS,
  );
});

const divisor = operand.filter(({ value }) => value.above !== 0n);

test('a quotient is that of fractions: exact where it ends, else the nearest with 34 digits', () => {
  fc.assert(
    fc.property(operand, divisor, (a, b) => {
      const expected = over(a.value, b.value);
      const actual = quotient(a.read, b.read);
      const text = writeDecimal(actual.value);
      expect(actual.exact).toBe(ends(expected));
      if (actual.exact) expect(isSame(rational(text), expected)).toBe(true);
      else expectNearest(text, expected);
    }),
    RUNS,
  );
});

test('fraction and repeating are the quotient, in lowest terms and with the shortest period', () => {
  fc.assert(
    fc.property(operand, divisor, (a, b) => {
      const expected = over(a.value, b.value);
      const actual = quotient(a.read, b.read);
      if (actual.fraction !== undefined) {
        const { above, below } = fraction(actual.fraction);
        expect(isSame({ above, below }, expected)).toBe(true);
        expect(commonDivisor(above, below)).toBe(1n);
      }
      if (actual.repeating !== undefined) {
        expect(isSame(repeating(actual.repeating), expected)).toBe(true);
        expect(actual.repeating).not.toMatch(/\((\d+)\1+\)$/);
        expect(actual.repeating).not.toMatch(/(\d)\(\d*\1\)$/);
      }
    }),
    RUNS,
  );
});

test('a result reads back as the same number', () => {
  fc.assert(
    fc.property(operand, ({ read }) => {
      const text = writeDecimal(read);
      expect(readDecimal(text)).toEqual(read);
      expect(text).not.toMatch(/^-?0\.0{40}|0{41}$/);
    }),
    RUNS,
  );
});

test('every finite JSON number reads as the number that its shortest decimal names', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = writeDecimal(readDecimal(value));
      expect(Number(text)).toBe(value === 0 ? 0 : value);
      expect(toDouble(text)).toBe(value === 0 ? 0 : value);
    }),
    RUNS,
  );
});

test('any text is read or refused, and has a double only if it reads', () => {
  const characters = fc.string({ unit: fc.constantFrom(...'0123456789..,,__--+eE \u2212x') });
  fc.assert(
    fc.property(fc.oneof(characters, fc.string({ unit: 'binary' })), (text) => {
      const reads = outcomeOf(() => readDecimal(text));
      if (toDouble(text) !== undefined) expect(reads).not.toBe('not_a_number');
      if (reads === 'not_a_number') expect(toDouble(text)).toBeUndefined();
    }),
    { numRuns: 2_000 },
  );
});

function outcomeOf(read: () => unknown): unknown {
  try {
    read();
    return 'read';
  } catch (error) {
    return (error as { fault?: unknown }).fault;
  }
}

/** Whether the decimal of a fraction ends: nothing but twos and fives below, in lowest terms. */
function ends({ above, below }: Rational): boolean {
  let rest = below / commonDivisor(above, below);
  for (const prime of [2n, 5n]) while (rest % prime === 0n) rest /= prime;
  return rest === 1n;
}

/** Holds a text to at most 34 significant digits and to less than half a unit of the 34th. */
function expectNearest(text: string, expected: Rational): void {
  const [digits = ''] = text.replace(/^-?[0.]*|\./g, '').split('e');
  expect(digits.replace(/0+$/, '').length).toBeLessThanOrEqual(34);
  const off = size(minus(rational(text), expected));
  const ulp = unitOf34th(expected);
  expect(compare({ above: off.above * 2n, below: off.below }, ulp) < 0n).toBe(true);
}

function unitOf34th(value: Rational): Rational {
  const { above, below } = size(value);
  let power = String(above).length - String(below).length;
  const tens = (n: number): Rational =>
    n < 0 ? { above: 1n, below: 10n ** BigInt(-n) } : { above: 10n ** BigInt(n), below: 1n };
  if (compare({ above, below }, tens(power)) < 0n) power -= 1;
  return tens(power - 33);
}
