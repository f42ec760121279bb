/** A number that is known to lie between two, both included. */
export type Interval = readonly [least: number, most: number];

export const exactly = (value: number): Interval => [value, value];

export const sum = (all: readonly Interval[]): Interval => [
  all.reduce((total, [least]) => total + least, 0),
  all.reduce((total, [, most]) => total + most, 0),
];

/** The smallest that has all of them in it. */
export const hull = (all: readonly Interval[]): Interval => [
  Math.min(...all.map(([least]) => least)),
  Math.max(...all.map(([, most]) => most)),
];

/** Neither part is below 0, and the whole is above. */
export const share = (part: Interval, whole: Interval): Interval => [
  part[0] / whole[1],
  part[1] / whole[0],
];

/** Computers calculate with so many digits. */
const ROUNDING = 1e-9;

export const holds = ([least, most]: Interval, value: number): boolean =>
  value >= least - ROUNDING * Math.abs(least) && value <= most + ROUNDING * Math.abs(most);
