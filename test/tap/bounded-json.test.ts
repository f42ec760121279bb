import fc from 'fast-check';
import { boundedJson, cutText, MAX_CONTENT_CHARACTERS } from '../../src/tap/bounded-json';

const nested = (depth: number, open: string, close: string): unknown =>
  JSON.parse(`${open.repeat(depth)}1${close.repeat(depth)}`);

test('what fits is what JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = JSON.stringify(JSON.parse(JSON.stringify(value)));
      expect(boundedJson(JSON.parse(text), 100_000)).toBe(text);
    }),
  );
});

test('at any bound it is that text, cut', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.integer({ min: 2, max: 60 }), (value, max) => {
      const parsed = JSON.parse(JSON.stringify(value)) as unknown;
      expect(boundedJson(parsed, max)).toBe(cutText(JSON.stringify(parsed), max));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['1e400, which reads as Infinity', JSON.parse('[1e400,-1e400]'), '[1e999,-1e999]'],
  ['-0', JSON.parse('{"a":-0}'), '{"a":-0}'],
  ['undefined', undefined, 'null'],
  ['a member that is not there', { a: undefined, b: 1 }, '{"b":1}'],
  [
    'the names with a meaning',
    JSON.parse('{"__proto__":1,"constructor":2}'),
    '{"__proto__":1,"constructor":2}',
  ],
  ['a lone surrogate', '\ud800', '"\\ud800"'],
  ['line separators', '\u2028', '"\u2028"'],
])('%s', (_, value, expected) => {
  expect(boundedJson(value)).toBe(expected);
  expect(JSON.parse(boundedJson(value))).toEqual(value ?? null);
});

describe('what is hostile', () => {
  test.each([
    ['arrays', nested(200_000, '[', ']')],
    ['objects', nested(200_000, '{"a":', '}')],
  ])('%s nested 200,000 deep are cut at a depth', (_, value) => {
    const text = boundedJson(value);
    expect(text).toContain('"…"');
    expect(text.length).toBeLessThan(1_500);
    expect(() => JSON.parse(text)).not.toThrow();
  });

  const huge = 'x'.repeat(10 * 1024 * 1024);
  test.each([
    ['a string of 10 MB', huge],
    ['a name of 10 MB', { [huge]: 1 }],
    ['10 MB in short strings', Array.from({ length: 1_000_000 }, () => 'xxxxxxxxxx')],
    ['a string that escapes to six times its length', '\0'.repeat(1_000_000)],
    ['many names', Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`n${i}`, i]))],
  ])('%s costs what is kept of it', (_, value) => {
    const text = boundedJson(value);
    expect(text).toHaveLength(MAX_CONTENT_CHARACTERS);
    expect(text.endsWith('…')).toBe(true);
  });
});

describe('cutText', () => {
  test.each([
    ['what fits', 'abc', 3, 'abc'],
    ['one too many', 'abcd', 3, 'ab…'],
    ['a pair that fits', 'a😀', 3, 'a😀'],
    ['a pair at the cut', 'a😀b', 3, 'a…'],
    ['a pair before the cut', '😀abc', 4, '😀a…'],
    ['nothing', '', 3, ''],
  ])('%s', (_, text, max, expected) => {
    expect(cutText(text, max)).toBe(expected);
  });

  test('a well-formed text stays so', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 2, max: 20 }), (text, max) => {
        const cut = cutText(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(() => encodeURIComponent(cut)).not.toThrow();
      }),
    );
  });
});
