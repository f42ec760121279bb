import { call, failure } from './call';

describe('a missing operand', () => {
  test.each([
    ['add', 'addition'],
    ['subtract', 'subtraction'],
    ['multiply', 'multiplication'],
    ['divide', 'division'],
  ])('%s speaks of %s', (name, noun) => {
    const { label, message } = failure(name, { a: 1 });
    expect(label).toBe('missing_args');
    expect(message).toMatch(new RegExp(`^Both numbers are required for ${noun}: b is missing\\.`));
  });

  test.each([
    [{}, 'a and b are missing'],
    [{ b: 1 }, 'a is missing'],
    [{ a: null, b: 1 }, 'a is missing'],
    [{ a: null, b: null }, 'a and b are missing'],
    [{ a: 1, b: undefined }, 'b is missing'],
    [Object.create({ a: 1, b: 2 }) as object, 'a and b are missing'],
  ])('%j', (args, which) => {
    expect(failure('add', args)).toMatchObject({
      label: 'missing_args',
      message: expect.stringContaining(which),
    });
  });
});

describe('an extra argument is named', () => {
  test.each([
    ['{"a":1,"b":2,"c":3}', '"c"'],
    ['{"a":1,"b":2,"__proto__":3}', '"__proto__"'],
    ['{"a":1,"b":2,"constructor":3}', '"constructor"'],
    ['{"a":1,"b":2,"":3}', '""'],
    ['{"a":1,"b":2,"v":1,"w":2,"x":3,"y":4,"z":5}', '"v", "w", "x" and 2 more'],
    [`{"a":1,"b":2,"${'k'.repeat(500)}":3}`, `"${'k'.repeat(40)}…"`],
  ])('%#: %s', (json, named) => {
    const { label, message } = failure('add', JSON.parse(json) as object);
    expect(label).toBe('invalid_args');
    expect(message).toBe(`Unknown argument: ${named}. Only a and b are accepted.`);
  });

  test('an inherited name is no argument', () => {
    expect(call('add', { a: 1, b: 2 }).text).toBe('3');
    expect(call('add', Object.assign(Object.create({ c: 3 }), { a: 1, b: 2 })).text).toBe('3');
  });
});

describe('an operand that is no number', () => {
  test.each<[unknown, string]>([
    ['five', 'Operand a is not a number: "five". Leave out words'],
    ['1,5', 'Operand a is not a number: "1,5". A comma may only'],
    ['', 'Operand a is not a number: "". It is empty.'],
    ['x'.repeat(41), `Operand a is not a number: "${'x'.repeat(40)}…".`],
    [`${'x'.repeat(39)}😀😀`, `Operand a is not a number: "${'x'.repeat(39)}…".`],
    ['a\nb', 'Operand a is not a number: "a\\nb".'],
    [true, 'Operand a is not a number: true.'],
    [{ toString: () => '5' }, 'Operand a is not a number: an object.'],
    [[5], 'Operand a is not a number: an array.'],
    [Infinity, 'Operand a is not a number: Infinity. Send a number beyond'],
  ])('%p', (value, start) => {
    const { label, message } = failure('add', { a: value, b: 1 });
    expect(label).toBe('invalid_args');
    expect(message.slice(0, start.length)).toBe(start);
    expect(message).toMatch(/ Accepted: a JSON number, or a string .*\.$/);
  });

  test('both are told of at once', () => {
    const { message } = failure('add', { a: '1/3', b: '5%' });
    expect(message).toMatch(/^Operand a .*"1\/3".* Operand b .*"5%".* Accepted: /);
    expect(message.match(/Accepted/g)).toHaveLength(1);
  });
});

test.each([
  [
    'an operand',
    'add',
    { a: '1e10001', b: 1 },
    /^Operand a is beyond a limit: "1e10001"\. .*10000/,
  ],
  ['a result', 'add', { a: '1e10000', b: '1e-10000' }, /^The result needs more than 20000/],
])('a limit: %s', (_, name, args, text) => {
  expect(failure(name, args)).toMatchObject({
    label: 'limit_exceeded',
    message: expect.stringMatching(text),
  });
});

test.each([0, '0', '-0.0e5'])('division by zero: %p', (b) => {
  expect(failure('divide', { a: 1, b })).toMatchObject({
    label: 'division_by_zero',
    message: expect.stringMatching(/^Division by zero.*b must not be 0/),
  });
});

test.each([
  ['missing before extra', { a: 1, c: 'x' }, 'missing_args', /b is missing/],
  ['extra before invalid', { a: 'x', b: 0, c: 1 }, 'invalid_args', /Unknown argument: "c"/],
  ['invalid before limit', { a: '1e99999', b: 'x' }, 'invalid_args', /^Operand b/],
  ['limit before division by zero', { a: '1e99999', b: 0 }, 'limit_exceeded', /^Operand a/],
])('of two faults, %s', (_, args, label, message) => {
  expect(failure('divide', args)).toMatchObject({
    label,
    message: expect.stringMatching(message),
  });
});
