import { editDistance, nearest } from '../../src/nearest';

const TOOLS = ['add', 'subtract', 'multiply', 'divide'];
const LEVELS = ['error', 'warn', 'info', 'debug'];

test.each([
  ['inof', LEVELS, 'info'],
  ['DEBUGG', LEVELS, 'debug'],
  ['warning', LEVELS, undefined],
  ['ad', TOOLS, 'add'],
  ['div', TOOLS, 'divide'],
  ['multipy', TOOLS, 'multiply'],
  ['substract', TOOLS, 'subtract'],
  ['a', TOOLS, undefined],
  ['', TOOLS, undefined],
  ['sqrt', TOOLS, undefined],
  ['xyzzy', TOOLS, undefined],
  ['add', [], undefined],
])('nearest(%j, %j) is %j', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});

test('a word of megabytes is not compared', () => {
  expect(nearest('a'.repeat(10_000_000), TOOLS)).toBeUndefined();
});

test.each([
  ['', '', 0],
  ['kitten', 'sitting', 3],
  ['info', 'inof', 1],
  ['abc', '', 3],
  ['ca', 'abc', 3],
])('editDistance(%j, %j) is %d', (a, b, expected) => {
  expect(editDistance(a, b)).toBe(expected);
  expect(editDistance(b, a)).toBe(expected);
});
