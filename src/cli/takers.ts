import type { Taker } from '../config';

/** Whose settings each command takes, beside those that are for all. */
export const TAKERS = {
  serve: ['calculator', 'serve'],
  call: ['calculator'],
  doctor: ['calculator'],
  observe: ['observe'],
  config: ['calculator', 'serve', 'observe'],
} as const satisfies Readonly<Record<string, readonly Taker[]>>;
