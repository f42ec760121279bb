import { call } from './call';

test.each<[string, object, object]>([
  ['add', { a: 0.1, b: 0.2 }, { result: '0.3', exact: true }],
  ['add', { a: '9007199254740993', b: 1 }, { result: '9007199254740994', exact: true }],
  ['add', { b: '1,000', a: ' .5 ' }, { result: '1000.5', exact: true }],
  ['subtract', { a: 5, b: 8 }, { result: '-3', exact: true }],
  ['subtract', { a: 8, b: 8 }, { result: '0', exact: true }],
  ['multiply', { a: -0, b: 5 }, { result: '0', exact: true }],
  ['multiply', { a: '1e25', b: '1e25' }, { result: '1e50', exact: true }],
  ['divide', { a: 1, b: 8 }, { result: '0.125', exact: true }],
  [
    'divide',
    { a: 1, b: 6 },
    {
      result: '0.1666666666666666666666666666666667',
      exact: false,
      fraction: '1/6',
      repeating: '0.1(6)',
    },
  ],
])('%s %j', (name, args, structured) => {
  expect(call(name, args)).toEqual({ text: Object(structured).result, structured });
});

describe('a JSON integer beyond ±(2^53−1) carries a note', () => {
  test.each([
    [
      { a: 2 ** 53, b: 1 },
      /above 2\^53 may have been rounded before they arrived \(here: a\).*string/,
    ],
    [{ a: 1, b: -(2 ** 53) }, /\(here: b\)/],
    [{ a: 1e300, b: 2 ** 60 }, /\(here: a and b\)/],
  ])('%j', (args, note) => {
    expect(call('divide', args).structured).toMatchObject({ note: expect.stringMatching(note) });
  });

  test.each([
    { a: 2 ** 53 - 1, b: -(2 ** 53 - 1) },
    { a: '9007199254740993', b: 0.5 },
  ])('%j does not', (args) => {
    expect(call('add', args).structured).not.toHaveProperty('note');
  });
});
