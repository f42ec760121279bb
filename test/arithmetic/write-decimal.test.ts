import type { Decimal } from '../../src/arithmetic/decimal';
import { writeDecimal } from '../../src/arithmetic/write-decimal';

const decimal = (coefficient: bigint, exponent: number): Decimal => ({ coefficient, exponent });

test.each<[string, Decimal]>([
  ['0', decimal(0n, 0)],
  ['0', decimal(0n, -50)],
  ['0', decimal(0n, 50)],
  ['7', decimal(7n, 0)],
  ['-7', decimal(-7n, 0)],
  ['700', decimal(7n, 2)],
  ['0.7', decimal(7n, -1)],
  ['-0.07', decimal(-7n, -2)],
  ['1.5', decimal(15n, -1)],
  ['1.5', decimal(1_500n, -3)],
  ['15', decimal(1_500n, -2)],
  ['1500', decimal(15n, 2)],
  ['123456789012345678901234567890', decimal(123456789012345678901234567890n, 0)],
])('%s is plain, without zeros at its end', (expected, value) => {
  expect(writeDecimal(value)).toBe(expected);
});

describe('plain up to 40 zeros that only hold a place, scientific beyond', () => {
  test.each<[string, Decimal]>([
    [`1${'0'.repeat(40)}`, decimal(1n, 40)],
    ['1e41', decimal(1n, 41)],
    ['1e41', decimal(10n ** 41n, 0)],
    [`-12${'0'.repeat(40)}`, decimal(-12n, 40)],
    ['-1.2e42', decimal(-12n, 41)],
    [`0.${'0'.repeat(39)}1`, decimal(1n, -40)],
    ['1e-41', decimal(1n, -41)],
    [`0.${'0'.repeat(39)}15`, decimal(15n, -41)],
    ['1.5e-41', decimal(15n, -42)],
    ['1.5e-6176', decimal(15n, -6_177)],
    ['1e50', decimal(1n, 50)],
    ['1e20000', decimal(1n, 20_000)],
    [`1${'0'.repeat(60)}1`, decimal(10n ** 61n + 1n, 0)],
    [`1.${'0'.repeat(60)}1`, decimal(10n ** 61n + 1n, -61)],
  ])('%s', (expected, value) => {
    expect(writeDecimal(value)).toBe(expected);
  });
});

test('20,000 significant digits are the limit, zeros at the end not counted', () => {
  const most = 10n ** 20_000n - 1n;
  expect(writeDecimal(decimal(most, 0))).toHaveLength(20_000);
  expect(writeDecimal(decimal(most * 1_000n, -3))).toHaveLength(20_000);
  expect(() => writeDecimal(decimal(most * 10n + 1n, 0))).toThrow(
    expect.objectContaining({ fault: 'limit_exceeded' }),
  );
});
