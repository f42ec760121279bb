import { difference, product, sum } from '../../src/arithmetic/decimal';
import { readDecimal } from '../../src/arithmetic/read-decimal';
import { writeDecimal } from '../../src/arithmetic/write-decimal';

const operations = { '+': sum, '-': difference, '*': product };

test.each<[number | string, keyof typeof operations, number | string, string]>([
  [0.1, '+', 0.2, '0.3'],
  ['9007199254740993', '+', 1, '9007199254740994'],
  [1, '+', -1, '0'],
  ['1e40', '+', '1e-40', `1${'0'.repeat(40)}.${'0'.repeat(39)}1`],
  ['1e-10000', '+', '1e-10000', '2e-10000'],
  [0.3, '-', 0.1, '0.2'],
  [0, '-', 0, '0'],
  [0, '-', 5, '-5'],
  ['1e50', '-', 1, '9'.repeat(50)],
  [1.1, '*', 1.1, '1.21'],
  [-3, '*', 0, '0'],
  [-3, '*', -0.5, '1.5'],
  ['1e10000', '*', '1e10000', '1e20000'],
  ['12345678901234567890', '*', '98765432109876543210', '1219326311370217952237463801111263526900'],
])('%p %s %p = %s', (a, operator, b, expected) => {
  expect(writeDecimal(operations[operator](readDecimal(a), readDecimal(b)))).toBe(expected);
});
