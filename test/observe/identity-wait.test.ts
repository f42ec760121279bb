import { IdentityWait } from '../../src/observe/identity-wait';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function start() {
  const givenUp: number[] = [];
  const begun = Date.now();
  const wait = new IdentityWait(() => givenUp.push(Date.now() - begun));
  return { wait, givenUp };
}

test.each<[string, readonly number[], number]>([
  ['nothing ends', [], 30_000],
  ['one at once', [0], 5_000],
  ['one after 10 s', [10_000], 15_000],
  ['many', [1_000, 2_000, 5_500], 6_000],
  ['one late', [26_000], 30_000],
])('operations: %s', (_, ends, expected) => {
  const { wait, givenUp } = start();
  for (const at of ends) setTimeout(() => wait.operationEnded(), at);
  jest.advanceTimersByTime(60_000);
  expect(givenUp).toEqual([expected]);
});

test.each([
  ['at once', 0],
  ['after an operation', 3_000],
])('once it is known, nothing is given up: %s', (_, at) => {
  const { wait, givenUp } = start();
  setTimeout(() => wait.operationEnded(), 1_000);
  setTimeout(() => wait.done(), at);
  jest.advanceTimersByTime(60_000);
  expect(givenUp).toEqual([]);
  wait.operationEnded();
  expect(jest.getTimerCount()).toBe(0);
});
