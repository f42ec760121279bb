import type { LogEntry } from '../../src/telemetry/log-entry';
import { Outbox } from '../../src/telemetry/outbox';
import { Want, type Batch } from '../../src/telemetry/pipeline';
import { operation } from './operations';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const entry = (message: string, logger = 'a guess'): LogEntry => ({
  time: 0,
  level: 'info',
  logger,
  message,
});

function start(isHeld = false) {
  const batches: Batch[] = [];
  const crowded = jest.fn();
  const outbox = new Outbox((batch) => batches.push(batch), isHeld ? crowded : undefined);
  const sizes = () => batches.map(({ wants, entries }) => [wants.length, entries.length]);
  return { outbox, batches, sizes, crowded };
}

test('nothing is handed over while it is held, however much there is and whatever is asked', () => {
  const { outbox, batches } = start(true);
  for (let i = 0; i < 2_000; i++) outbox.addOperation(operation(), Want.span);
  outbox.addEntryInOrder(entry('a'), Want.logRecord);
  outbox.handOver();
  jest.advanceTimersByTime(60_000);
  expect(batches).toEqual([]);
  expect(outbox.counts).toEqual({ spans: 2_000, logs: 1, lines: 0 });
});

test('released it is, all at once, the entries under the name that is known by then', () => {
  const { outbox, batches, sizes } = start(true);
  outbox.addEntry(entry('before'), Want.logRecord);
  for (let i = 0; i < 600; i++) outbox.addOperation(operation(), Want.span);
  outbox.addEntryInOrder(entry('between'), Want.line);
  outbox.release('known');
  outbox.addEntry(entry('after', 'known'), Want.line);
  jest.advanceTimersByTime(1_000);
  expect(sizes()).toEqual([
    [600, 2],
    [0, 1],
  ]);
  const entries = batches.flatMap((batch) => batch.entries);
  expect(entries.map(({ logger, message }) => `${logger}: ${message}`)).toEqual([
    'known: before',
    'known: between',
    'known: after',
  ]);
  expect(outbox.counts).toEqual({ spans: 0, logs: 0, lines: 0 });
});

test('released with nothing in it, it hands over nothing until there is something', () => {
  const { outbox, batches, sizes } = start(true);
  outbox.release('known');
  jest.advanceTimersByTime(1_000);
  expect(batches).toEqual([]);
  outbox.addOperation(operation(), Want.span);
  jest.advanceTimersByTime(20);
  expect(sizes()).toEqual([[1, 0]]);
});

test('too much to be held is told, and may go on then', () => {
  const { outbox, sizes, crowded } = start(true);
  crowded.mockImplementation(() => outbox.release('guessed'));
  for (let i = 0; i < 8_191; i++) outbox.addEntry(entry('x'), Want.logRecord);
  expect(crowded).not.toHaveBeenCalled();
  outbox.addEntry(entry('x'), Want.logRecord);
  expect(crowded).toHaveBeenCalledTimes(1);
  jest.advanceTimersByTime(1_000);
  expect(sizes()).toEqual([[0, 8_192]]);
});
