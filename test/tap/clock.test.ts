import { createClock } from '../../src/tap/clock';

/** A clock over sources that a test moves. */
function start() {
  const time = { wall: 1_000_000, monotonic: 0 };
  const clock = createClock({ wall: () => time.wall, monotonic: () => time.monotonic });
  const pass = (millis: number) => {
    time.wall = Math.floor(time.wall + millis);
    time.monotonic += millis;
  };
  return { time, clock, pass };
}

test('it is finer than the wall clock', () => {
  const { clock, pass } = start();
  pass(0.25);
  expect(clock.now()).toEqual({ wall: 1_000_000.25, monotonic: 0.25 });
  pass(0.25);
  expect(clock.now().wall).toBe(1_000_000.5);
});

test.each([
  ['set back an hour', -3_600_000],
  ['set forward an hour', 3_600_000],
  ['set back by little', -21],
  ['set forward by little', 21],
])('a wall clock that was %s is followed, and no duration with it', (_, jump) => {
  const { time, clock } = start();
  const before = clock.now();
  time.monotonic += 5;
  time.wall += 5 + jump;
  expect(clock.since(before)).toBe(5);
  expect(clock.now().wall).toBe(1_000_005 + jump);
  time.monotonic += 1;
  time.wall += 1;
  expect(clock.now().wall).toBe(1_000_006 + jump);
});

test('a wall clock that is slewed is not run after', () => {
  const { time, clock } = start();
  time.monotonic += 100;
  time.wall += 100 + 15;
  expect(clock.now().wall).toBe(1_000_100);
});

test('a duration is never negative', () => {
  const { time, clock } = start();
  const from = clock.now();
  time.monotonic -= 5;
  expect(clock.since(from)).toBe(0);
});

test('the system’s clocks: epoch milliseconds with a fraction, in order', () => {
  const clock = createClock();
  const moments = Array.from({ length: 1_000 }, () => clock.now().wall);
  expect(Math.abs(moments[0]! - Date.now())).toBeLessThan(1_000);
  expect([...moments].sort((a, b) => a - b)).toEqual(moments);
  expect(moments.some((wall) => !Number.isInteger(wall))).toBe(true);
});
