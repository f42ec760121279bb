import { quotient } from '../../src/arithmetic/quotient';
import { readDecimal } from '../../src/arithmetic/read-decimal';
import { writeDecimal } from '../../src/arithmetic/write-decimal';

type Operand = number | string;

const divided = (a: Operand, b: Operand) => {
  const { value, ...rest } = quotient(readDecimal(a), readDecimal(b));
  return { result: writeDecimal(value), ...rest };
};

describe('exact where the decimal ends', () => {
  test.each<[Operand, Operand, string]>([
    [1, 8, '0.125'],
    [0, 7, '0'],
    [6, 3, '2'],
    [-7, 2, '-3.5'],
    [7, -2, '-3.5'],
    [-7, -2, '3.5'],
    [0.3, 0.1, '3'],
    ['1e10000', '1e-10000', '1e20000'],
    ['1e-10000', '1e10000', '1e-20000'],
    [21, 14, '1.5'],
    [1, '1e41', '1e-41'],
    [1, String(2n ** 20n), '0.00000095367431640625'],
    [String(3n ** 2_000n), String(3n ** 1_999n), '3'],
    [String(2n ** 33_000n), String(2n ** 33_010n), '0.0009765625'],
  ])('%#: %s', (a, b, result) => {
    expect(divided(a, b)).toEqual({ result, exact: true });
  });

  test('up to 20,000 significant digits, rounded beyond', () => {
    const digits = (power: number) => String(5n ** BigInt(power)).length;
    const last = Math.floor(20_000 / Math.log10(5));
    expect([digits(last), digits(last + 1)]).toEqual([20_000, 20_001]);
    const at = divided(1, String(2n ** BigInt(last)));
    expect(at.exact).toBe(true);
    expect(at.result).toBe(`${scientific(5n ** BigInt(last))}e${19_999 - last}`);
    const beyond = divided(1, String(2n ** BigInt(last + 1)));
    expect(beyond).toEqual({ result: expect.stringMatching(/^\d\.\d{1,33}e-\d+$/), exact: false });
  });
});

const scientific = (value: bigint) => String(value).replace(/^\d/, '$&.');

describe('else 34 significant digits, the fraction and the period', () => {
  const third = '3'.repeat(34);
  test.each<[Operand, Operand, string, string, string | undefined]>([
    [1, 3, `0.${third}`, '1/3', '0.(3)'],
    [-1, 3, `-0.${third}`, '-1/3', '-0.(3)'],
    [2, 3, `0.${'6'.repeat(33)}7`, '2/3', '0.(6)'],
    [1, 6, `0.1${'6'.repeat(32)}7`, '1/6', '0.1(6)'],
    [4, 6, `0.${'6'.repeat(33)}7`, '2/3', '0.(6)'],
    [22, 7, '3.142857142857142857142857142857143', '22/7', '3.(142857)'],
    [1, 7, '0.1428571428571428571428571428571429', '1/7', '0.(142857)'],
    [0.1, 0.3, `0.${third}`, '1/3', '0.(3)'],
    [1, 12, `0.08${third.slice(1)}`, '1/12', '0.08(3)'],
    [1, 99, `0.0${'10'.repeat(16)}1`, '1/99', '0.(01)'],
    [100, 3, `33.${third.slice(2)}`, '100/3', '33.(3)'],
    ['1e50', 3, `${third}${'0'.repeat(16)}`, `1${'0'.repeat(50)}/3`, `${'3'.repeat(50)}.(3)`],
    ['1e-41', 3, `3.${third.slice(1)}e-42`, `1/3${'0'.repeat(41)}`, `0.${'0'.repeat(41)}(3)`],
    [
      1,
      97,
      '0.01030927835051546391752577319587629',
      '1/97',
      expect.stringMatching(/^0\.\(\d{96}\)$/),
    ],
    [1, 113, '0.008849557522123893805309734513274336', '1/113', undefined],
  ])('%p / %p', (a, b, result, fraction, repeating) => {
    const expected = { result, exact: false, fraction, repeating };
    expect({ repeating: undefined, ...divided(a, b) }).toEqual(expected);
  });

  test.each<[Operand, Operand, string]>([
    ['1', `0.${'9'.repeat(40)}`, '1'],
    [`${'9'.repeat(36)}1`, 3, `${'3'.repeat(34)}000`],
    [`1${'0'.repeat(33)}15`, 7, '14285714285714285714285714285714290'],
    ['9'.repeat(40), 7, `${'142857'.repeat(5)}1429000000`],
  ])('%#: rounding may carry over, and zeros at the end are left out', (a, b, result) => {
    expect(divided(a, b)).toMatchObject({ result, exact: false });
  });
});

describe('what is given only where it is short', () => {
  test('the fraction: operands that plain notation writes with 1,000 digits', () => {
    const fraction = (a: string, b: string) => divided(a, b).fraction;
    expect(fraction('1e999', '3')).toBe(`1${'0'.repeat(999)}/3`);
    expect(fraction('1e1000', '3')).toBeUndefined();
    expect(fraction('1e-999', '3')).toBe(`1/3${'0'.repeat(999)}`);
    expect(fraction('1e-1000', '3')).toBeUndefined();
    expect(fraction('1', '9'.repeat(1_000))).toBe(`1/${'9'.repeat(1_000)}`);
    expect(fraction('1', '9'.repeat(1_001))).toBeUndefined();
  });

  test('the period: 100 digits with those before it', () => {
    const repeating = (a: string, b: string) => divided(a, b).repeating;
    expect(repeating('1', '9'.repeat(100))).toBe(`0.(${'1'.padStart(100, '0')})`);
    expect(repeating('1', '9'.repeat(101))).toBeUndefined();
    expect(repeating('1', `3${'0'.repeat(99)}`)).toBe(`0.${'0'.repeat(99)}(3)`);
    expect(repeating('1', `3${'0'.repeat(100)}`)).toBeUndefined();
    expect(repeating('1', `9${'0'.repeat(99)}`)).toBe(`0.${'0'.repeat(99)}(1)`);
    expect(repeating('1', `99${'0'.repeat(99)}`)).toBeUndefined();
  });

  test('the period: all of it within the digits of a result, which it may need without a fraction', () => {
    expect(divided('1e10000', '3').repeating).toBe(`${'3'.repeat(10_000)}.(3)`);
    expect(divided('1e10000', '3').fraction).toBeUndefined();
    expect(divided('1e10000', '3e-10000').repeating).toBeUndefined();
  });
});

test('division by zero', () => {
  const fault = expect.objectContaining({ fault: 'division_by_zero' });
  expect(() => divided(1, 0)).toThrow(fault);
  expect(() => divided(0, '-0.00')).toThrow(fault);
});
