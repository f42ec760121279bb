import { toDouble } from '../../src/arithmetic/to-double';

test.each<[unknown, number]>([
  [0.1, 0.1],
  [-3, -3],
  ['0.1', 0.1],
  ['-0', 0],
  ['0e99999', 0],
  ['.5', 0.5],
  ['5.', 5],
  ['\u22121.5E\u22123', -0.0015],
  ['1,234.5', 1234.5],
  [' 1_000 ', 1000],
  ['9007199254740993', 9007199254740992],
  ['5e-324', 5e-324],
  ['1.7976931348623157e308', Number.MAX_VALUE],
  [`0.${'0'.repeat(300)}1e301`, 1],
  [`1.${'0'.repeat(9_998)}1`, 1],
  [`${'1'.repeat(20_000)}e-19999`, 10 / 9],
])('%p is read', (value, expected) => {
  expect(toDouble(value)).toBe(expected);
});

test.each<[unknown]>([
  [Infinity],
  [-Infinity],
  [NaN],
  ['1e309'],
  ['-1e20000'],
  [`1e${'9'.repeat(20_000)}`],
  ['1e-400'],
  ['9'.repeat(20_000)],
  ['1'.repeat(20_101)],
  ['1/3'],
  ['0.(3)'],
  [''],
  ['0x10'],
  [null],
  [undefined],
  [true],
  [[1]],
  [{}],
  [1n],
])('%p has no double', (value) => {
  expect(toDouble(value)).toBeUndefined();
});
