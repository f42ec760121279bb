import { ArithmeticError } from '../../src/arithmetic/errors';
import { readDecimal } from '../../src/arithmetic/read-decimal';
import { writeDecimal } from '../../src/arithmetic/write-decimal';

const refusalOf = (value: unknown): ArithmeticError => {
  try {
    readDecimal(value);
  } catch (error) {
    if (error instanceof ArithmeticError) return error;
  }
  throw new Error('was read');
};

describe('a JSON number is read as its shortest decimal', () => {
  test.each<[number, string]>([
    [0, '0'],
    [-0, '0'],
    [0.1, '0.1'],
    [-2.5, '-2.5'],
    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
    [5e-324, '5e-324'],
    [Number.MAX_VALUE, '1.7976931348623157e308'],
    [2 ** 53, '9007199254740992'],
  ])('%p', (value, expected) => {
    expect(writeDecimal(readDecimal(value))).toBe(expected);
  });

  test.each([Infinity, -Infinity])('%p is refused: JSON has no such number', (value) => {
    expect(refusalOf(value)).toMatchObject({
      fault: 'not_a_number',
      message: expect.stringContaining('as a string'),
    });
  });
});

describe('a string is read exactly as written', () => {
  test.each([
    ['0', '0'],
    ['-0', '0'],
    ['-0.000', '0'],
    ['0e9999', '0'],
    ['007', '7'],
    ['1.10', '1.1'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-.5', '-0.5'],
    ['+5', '5'],
    ['\u22125', '-5'],
    ['  42\n', '42'],
    ['\u00a042\ufeff', '42'],
    ['1e3', '1000'],
    ['1E+3', '1000'],
    ['1e-3', '0.001'],
    ['1e\u22123', '0.001'],
    ['5.e1', '50'],
    ['.5e1', '5'],
    ['1e00000000000000000005', '100000'],
    ['1_000_000', '1000000'],
    ['0.000_1', '0.0001'],
    ['1e1_0', '10000000000'],
    ['1,234', '1234'],
    ['1,234,567.89', '1234567.89'],
    ['-12,345.6e-1', '-1234.56'],
    ['123,456', '123456'],
    ['9007199254740993', '9007199254740993'],
    ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
  ])('%p', (text, expected) => {
    expect(writeDecimal(readDecimal(text))).toBe(expected);
  });
});

describe('a text that is no number is refused with a hint', () => {
  test.each([
    ['', /empty/],
    ['   ', /empty/],
    ['NaN', /NaN and infinity/],
    ['Infinity', /NaN and infinity/],
    ['-inf', /NaN and infinity/],
    ['∞', /NaN and infinity/],
    ['0x1F', /decimal/],
    ['-0b101', /decimal/],
    ['0o17', /decimal/],
    ['5%', /percentage.*0\.05/],
    ['1/3', /fraction/],
    ['2*3', /expression/],
    ['2+3', /expression/],
    ['(5)', /expression/],
    ['1,5', /comma.*1\.5/],
    ['1.234,5', /comma/],
    ['0,125', /comma/],
    ['1234,567', /comma/],
    ['1,23', /comma/],
    ['1,,234', /comma/],
    [',234', /comma/],
    ['1,234,', /comma/],
    ['1_000,000', /comma/],
    ['1.5,000', /comma/],
    ['.', /Signs, points/],
    ['-', /Signs, points/],
    ['--5', /Signs, points/],
    ['1.2.3', /Signs, points/],
    ['1e', /Signs, points/],
    ['e5', /Signs, points/],
    ['.e5', /Signs, points/],
    ['1e5e5', /Signs, points/],
    ['1e1.5', /Signs, points/],
    ['_1', /Signs, points/],
    ['1_', /Signs, points/],
    ['1__0', /Signs, points/],
    ['1_.5', /Signs, points/],
    ['1._5', /Signs, points/],
    ['- 5', /blanks/],
    ['1 000', /blanks/],
    ['five', /words/],
    ['$5', /currency/],
    ['5 km', /blanks/],
    ['5n', /units/],
    ['٣', /words/],
    ['５', /words/],
    ['1\u0000', /words/],
  ])('%p', (text, hint) => {
    expect(refusalOf(text)).toMatchObject({
      fault: 'not_a_number',
      message: expect.stringMatching(hint),
    });
  });

  test.each([[true], [{}], [[1]], [null], [undefined], [1n], [() => 1]])('%p', (value) => {
    expect(refusalOf(value).fault).toBe('not_a_number');
  });
});

describe('limits apply to an operand as written', () => {
  const nines = (digits: number) => '9'.repeat(digits);

  test.each([
    ['10,000 digits', nines(10_000)],
    ['10,000 digits about the point', `${nines(4_000)}.${nines(6_000)}`],
    ['10,000 digits, each after a separator', nines(10_000).split('').join('_')],
    ['the largest exponent', '1e10000'],
    ['the smallest exponent', '1e-10000'],
    ['all of them', `-${nines(1)}.${nines(9_999)}e-10000`],
    ['the longest text', '7'.padStart(20_100)],
  ])('read: %s', (_, text) => {
    expect(() => readDecimal(text)).not.toThrow();
  });

  test.each([
    ['10,001 digits', nines(10_001), /10001 digits.*10000/],
    ['10,001 digits, zeros among them', `0.${'0'.repeat(10_000)}`, /10001 digits/],
    ['an exponent beyond', '1e10001', /exponent.*10000/],
    ['an exponent beneath', '1e-10001', /exponent.*10000/],
    ['an endless exponent', `0e${nines(20_000)}`, /exponent/],
    ['a longer text, number or not', 'x'.repeat(20_101), /20101 characters.*20100/],
  ])('refused: %s', (_, text, message) => {
    expect(refusalOf(text)).toMatchObject({
      fault: 'limit_exceeded',
      message: expect.stringMatching(message),
    });
  });
});
