import { DeferredLooks } from '../../src/observe/deferred-looks';
import { createClock } from '../../src/tap/clock';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function start() {
  const time = { now: 0 };
  const clock = createClock({ wall: () => time.now, monotonic: () => time.now });
  const seen: unknown[] = [];
  const faults: unknown[] = [];
  const looks = new DeferredLooks(clock, (error) => faults.push(error));
  const way = (name: string) =>
    looks.of((chunk, at) => seen.push([name, chunk.toString(), at.monotonic]));
  return { time, seen, faults, looks, client: way('client'), server: way('server') };
}

test('later, in the order of both ways, each with the time at which it came', () => {
  const { time, seen, client, server } = start();
  client(Buffer.from('a'));
  time.now = 3;
  server(Buffer.from('b'));
  client(Buffer.from('c'));
  expect(seen).toEqual([]);
  time.now = 20;
  jest.advanceTimersByTime(10);
  expect(seen).toEqual([
    ['client', 'a', 0],
    ['server', 'b', 3],
    ['client', 'c', 3],
  ]);
});

test('at once, where much waits or it is asked for', () => {
  const { seen, looks, client } = start();
  client(Buffer.alloc(200_000));
  expect(seen).toHaveLength(0);
  client(Buffer.alloc(100_000));
  expect(seen).toHaveLength(2);
  client(Buffer.from('a'));
  looks.flush();
  expect(seen).toHaveLength(3);
  jest.advanceTimersByTime(1_000);
  expect(seen).toHaveLength(3);
});

test('a fault is told, and the rest is looked at', () => {
  const { seen, faults, looks, client } = start();
  const fault = new Error('x');
  looks.of(() => {
    throw fault;
  })(Buffer.from('a'));
  client(Buffer.from('b'));
  looks.flush();
  expect(faults).toEqual([fault]);
  expect(seen).toHaveLength(1);
});
