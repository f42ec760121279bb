/** One series of an answer: its labels and its values, the last one at the end of what was asked for. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds since 1970, and the value. */
  readonly points: readonly (readonly [number, number])[];
}

/** The value at the end. */
export const last = ({ points }: Series): number => points.at(-1)![1];
