import { Ending } from '../../src/observe/ending';

let sent: NodeJS.Signals[];
let reasons: string[];
let ending: Ending;
beforeEach(() => {
  jest.useFakeTimers();
  sent = [];
  reasons = [];
  ending = new Ending(
    (signal) => sent.push(signal),
    (reason) => reasons.push(reason),
  );
});
afterEach(() => jest.useRealTimers());

/** What of 3 s a busy machine may take is not ours to plan with. */
const left = (): number => Math.round(ending.deadline() - performance.now());

test('without an end nothing is sent, and all the time is there', () => {
  jest.advanceTimersByTime(60_000);
  expect([sent, ending.atMost(5_000), left()]).toEqual([[], 5_000, 1_200]);
});

test('SIGTERM after 1.5 s, SIGKILL a second later; then it is given up', async () => {
  ending.begin('stdin ended');
  jest.advanceTimersByTime(1_499);
  expect(sent).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(sent).toEqual(['SIGTERM']);
  jest.advanceTimersByTime(999);
  expect(sent).toEqual(['SIGTERM']);
  jest.advanceTimersByTime(1);
  expect(sent).toEqual(['SIGTERM', 'SIGKILL']);
  jest.advanceTimersByTime(200);
  expect(await ending.hopeless).toBe(137);
});

test('nothing is sent to a child that has ended', () => {
  ending.begin('SIGTERM');
  jest.advanceTimersByTime(1_000);
  ending.childIsGone();
  jest.advanceTimersByTime(60_000);
  expect(sent).toEqual([]);
});

test('nor where the end begins after it', () => {
  ending.childIsGone();
  ending.begin('stdin ended');
  jest.advanceTimersByTime(60_000);
  expect([sent, reasons]).toEqual([[], ['stdin ended']]);
});

test('the first reason counts, and begins it', () => {
  ending.begin('SIGINT');
  jest.advanceTimersByTime(1_000);
  ending.begin('stdin ended');
  jest.advanceTimersByTime(500);
  expect([reasons, sent]).toEqual([['SIGINT'], ['SIGTERM']]);
});

test.each([
  ['at once', 0, 2_500, 1_200],
  ['a second later', 1_000, 1_500, 1_200],
  ['after SIGTERM', 1_800, 700, 1_100],
  ['after SIGKILL', 2_500, 100, 400],
  ['too late', 5_000, 100, 100],
])('what is left of an end: %s', (_, after, atMost, flush) => {
  ending.begin('stdin ended');
  jest.advanceTimersByTime(after);
  expect([Math.round(ending.atMost(5_000)), left()]).toEqual([atMost, flush]);
  expect(ending.atMost(50)).toBe(50);
});
