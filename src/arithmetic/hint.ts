/** What each common way of writing something else than one decimal number should become. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/^$/, 'It is empty.'],
  [/^[-+\u2212]?(?:nan|inf|\u221e)/i, 'NaN and infinity are not numbers to calculate with.'],
  [/^[-+\u2212]?0[xob]/i, 'Write it in decimal.'],
  [/%/, 'Write a percentage as a decimal: 5% is 0.05.'],
  [/[/\u00f7]/, 'Write a fraction as a decimal, or divide first.'],
  [/[*^()=\u00d7]|[0-9.][-+\u2212]/, 'Send one number, not an expression.'],
  [
    /,/,
    'A comma may only stand between groups of three digits (1,234,567.89); write the decimal point as a point (1.5).',
  ],
  [/^[-+\u2212.0-9_eE]*$/, 'Signs, points, "_" or the exponent are not where a number has them.'],
  [/\s/, 'Leave out the blanks inside.'],
];

const DEFAULT_HINT = 'Leave out words, units and currency signs.';

/**
 * Says what is wrong with a text that is no number, and how to write what was probably meant.
 *
 * @param text of bounded length: the patterns are linear, but it is read several times
 */
export function hintFor(text: string): string {
  const trimmed = text.trim();
  return HINTS.find(([pattern]) => pattern.test(trimmed))?.[1] ?? DEFAULT_HINT;
}
