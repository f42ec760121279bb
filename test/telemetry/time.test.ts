import { addHrTime, toHrTime } from '../../src/telemetry/time';

test.each<[number, [number, number]]>([
  [0, [0, 0]],
  [0.000001, [0, 1]],
  [1500.25, [1, 500_250_000]],
  [999.9999999, [1, 0]],
  [1_700_000_000_000, [1_700_000_000, 0]],
  [-0.5, [-1, 999_500_000]],
])('%p ms', (millis, expected) => {
  expect(toHrTime(millis)).toEqual(expected);
});

test.each<[[number, number], [number, number], [number, number]]>([
  [
    [1, 2],
    [3, 4],
    [4, 6],
  ],
  [
    [1, 999_999_999],
    [0, 1],
    [2, 0],
  ],
  [
    [1, 600_000_000],
    [0, 600_000_000],
    [2, 200_000_000],
  ],
])('%p + %p', (a, b, sum) => {
  expect(addHrTime(a, b)).toEqual(sum);
});
