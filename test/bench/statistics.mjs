/** The value below which a share of the numbers lies, interpolated. */
export function quantile(numbers, share) {
  const sorted = Float64Array.from(numbers).sort();
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)];
  return below + (sorted[Math.ceil(at)] - below) * (at - Math.floor(at));
}

/** Median and spread; undefined of no numbers. */
export function summary(numbers) {
  if (numbers.length === 0) return undefined;
  const [median, min, max] = [0.5, 0, 1].map((share) => quantile(numbers, share));
  return { median, min, max };
}
