import fc from 'fast-check';
import { createRedaction } from '../../src/tap/redaction';
import { MAX_SCALAR_ARGUMENTS, scalarArguments } from '../../src/tap/scalar-arguments';

const hides = createRedaction([]);
const numbered = (count: number, value: (i: number) => unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, value(i)]));

test.each<[string, unknown, Record<string, unknown>]>([
  ['strings, numbers and booleans', { a: 'b', c: 1.5, d: false }, { a: 'b', c: 1.5, d: false }],
  ['an empty name and an empty string', { '': '' }, { '': '' }],
  ['-0', { a: -0 }, { a: -0 }],
  ['no null, object or array', { a: null, b: {}, c: [1], d: 1 }, { d: 1 }],
  ['no number that is none to JSON', JSON.parse('{"a":1e400,"b":-1e400,"c":1}'), { c: 1 }],
  [
    'secrets masked',
    { token: 'x', pin: 1, auth: true, secret: null, password: ['x'] },
    { token: '***', pin: '***', auth: '***' },
  ],
  ['secrets in JSON text masked', { a: '{"b":1,"token":"x"}' }, { a: '{"b":1,"token":"***"}' }],
  ['secrets in what is no JSON text masked', { a: 'a {"token":"x"}' }, { a: '***' }],
  ['a string of 256 characters', { a: 'x'.repeat(256) }, { a: 'x'.repeat(256) }],
  ['a longer string cut', { a: 'x'.repeat(257) }, { a: `${'x'.repeat(255)}…` }],
  ['a pair at the cut left out', { a: `${'x'.repeat(254)}😀y` }, { a: `${'x'.repeat(254)}…` }],
  ['a name of 128 characters', { ['n'.repeat(128)]: 1 }, { ['n'.repeat(128)]: 1 }],
  ['a longer name cut', { ['n'.repeat(129)]: 1 }, { [`${'n'.repeat(127)}…`]: 1 }],
  [
    'a secret by the end of a long name',
    { [`${'n'.repeat(200)}Token`]: 1 },
    { [`${'n'.repeat(127)}…`]: '***' },
  ],
  ['the first 16', numbered(17, (i) => i), numbered(16, (i) => i)],
  ['the first 16 scalars', { ...numbered(20, () => null), a: 1 }, { a: 1 }],
])('%s', (_, args, expected) => {
  expect(scalarArguments(args, hides)).toEqual(expected);
});

test.each([
  ['undefined', undefined],
  ['null', null],
  ['a string', 'a'],
  ['a number', 1],
  ['an array', [1, 2]],
  ['an empty object', {}],
  ['an object of objects', { a: {}, b: null }],
])('there is none in %s', (_, args) => {
  expect(scalarArguments(args, hides)).toBeUndefined();
});

test('the names with a meaning are names like any other', () => {
  const args: unknown = JSON.parse('{"__proto__":"a","constructor":1,"toString":true}');
  const scalars = scalarArguments(args, hides)!;
  expect(Object.entries(scalars)).toEqual([
    ['__proto__', 'a'],
    ['constructor', 1],
    ['toString', true],
  ]);
  expect(Object.getPrototypeOf(scalars)).toBe(Object.prototype);
});

test('whatever the arguments are, what is kept is bounded', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (args) => {
      const entries = Object.entries(scalarArguments(args, hides) ?? { a: 1 });
      expect(entries.length).toBeGreaterThan(0);
      expect(entries.length).toBeLessThanOrEqual(MAX_SCALAR_ARGUMENTS);
      for (const [name, value] of entries) {
        expect(name.length).toBeLessThanOrEqual(128);
        expect(['string', 'number', 'boolean']).toContain(typeof value);
        expect(String(value).length).toBeLessThanOrEqual(256);
      }
    }),
  );
});
