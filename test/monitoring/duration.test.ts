import { duration } from '../../examples/monitoring/generate/duration';

test.each([
  [3600, '1h'],
  [300, '5m'],
  [90, '90s'],
  [3660, '61m'],
  [15, '15s'],
  [1.5, '1500ms'],
  [0.15, '150ms'],
  [20 / 3, '6667ms'],
])('%d seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text));
