export const NOTHING = '–';

/** A number as people read it: 21,986; 0.071. */
export const number = (value, digits) =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** `12.3 (11.9–14.0)`: the median, and the spread of the rounds where there are more than one. */
export function spread(found, digits) {
  if (!found) return NOTHING;
  const [median, min, max] = [found.median, found.min, found.max].map((n) => number(n, digits));
  return min === max ? median : `${median} (${min}–${max})`;
}
