import { ToolError } from '../../src/tools/define-tool';
import { TOOLS } from '../../src/tools/registry';
import { call } from './call';

const nines = (digits: number) => '9'.repeat(digits);
const power = (base: bigint, exponent: number) => String(base ** BigInt(exponent));

/** Neighbours in Fibonacci's sequence, for which Euclid's algorithm takes the most steps. */
function fibonacci(digits: number): [string, string] {
  let [a, b] = [1n, 1n];
  while (String(b).length < digits) [a, b] = [b, a + b];
  return [String(a), String(b)];
}

const nested = (depth: number): unknown =>
  JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;

/**
 * The arguments that cost the most, part by part: reading, aligning, multiplying, setting twos and
 * fives apart, the gcd, the search for a period, writing, and telling of what cannot be read. None
 * may take over 50 ms; when this was written the slowest took 8, and 20 in a process not yet warm.
 * Not here: hundreds of thousands of extra names, which take longer to list (and to parse, before
 * a tool sees them) than anything that is computed; only the size of a message bounds them.
 */
const HOSTILE: Record<string, [unknown, unknown]> = {
  'the widest sum': [`${nines(10_000)}e10000`, `0.${nines(9_999)}e-10000`],
  'the longest product': [`${nines(10_000)}e10000`, `${nines(10_000)}e10000`],
  'a result of 20,000 digits': [nines(10_000), `0.${nines(9_999)}`],
  'a short divisor': [`${nines(9_999)}1e10000`, '7e-10000'],
  'a long divisor': ['1', `1${'0'.repeat(9_995)}1237`],
  'all fives': ['1', power(5n, 14_306)],
  'all twos': ['7', power(2n, 33_216)],
  'fives and twos': [power(5n, 14_306), power(2n, 33_216)],
  'fives and a three': ['1', String(3n * 5n ** 14_304n)],
  'the slowest gcd': fibonacci(1_000),
  'a fraction of 2,000 digits': [`${nines(999)}7`, `0.${nines(998)}7`],
  'the longest period': ['1', nines(100)],
  'a period too long, of a long divisor': ['1', nines(9_999)],
  'many digits before the period': ['1e10000', '3e-9000'],
  separators: [nines(10_000).split('').join('_'), `1${',111'.repeat(3_333)}`],
  'separators gone wrong': [`1${'_'.repeat(20_099)}`, `1${',111'.repeat(5_024)},`],
  'signs and points': ['-'.repeat(20_100), '.'.repeat(20_100)],
  exponents: ['e'.repeat(20_100), `1e${nines(20_000)}`],
  blanks: [' '.repeat(20_100), ' '.repeat(10_000_000)],
  'long texts': ['1'.repeat(10_000_000), 'x'.repeat(10_000_000)],
  'deep nesting': [nested(200_000), nested(200_000)],
  objects: [{ a: {} }, JSON.parse('{"__proto__": null, "toString": 1}')],
  'no primitive value': [Object.create(null), Symbol('s')],
};

const cases = Object.entries(HOSTILE).flatMap(([what, [a, b]]) =>
  TOOLS.flatMap(({ name }) => [
    { what, name, order: 'a, b', args: { a, b } },
    { what, name, order: 'b, a', args: { a: b, b: a } },
  ]),
);

test.each(cases)('$name answers $what ($order)', ({ name, args }) => {
  const { text, refused } = answerOrRefusal(name, args);
  if (refused) expect(text.length).toBeLessThan(800);
  else expect(text).toMatch(/^-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?$/);
});

function answerOrRefusal(name: string, args: object): { text: string; refused: boolean } {
  try {
    return { text: call(name, args).text, refused: false };
  } catch (error) {
    if (error instanceof ToolError) return { text: error.message, refused: true };
    throw error;
  }
}
