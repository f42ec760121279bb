const UNITS = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** Seconds as Prometheus writes a duration, in the largest unit that holds them whole: `90s`, `5m`. */
export function duration(seconds: number): string {
  const millis = Math.round(seconds * 1000);
  const [unit, size] = UNITS.find(([, each]) => millis % each === 0)!;
  return `${millis / size}${unit}`;
}
