import { END_RETRY_MILLIS } from '../../src/telemetry/endpoint';
import {
  ExportQueue,
  FINAL_LANES,
  MAX_WAITING_BYTES,
  type Packed,
  type Packer,
} from '../../src/telemetry/export-queue';
import { FakeEndpoint } from './fake-endpoint';

const DELAY = 1_000;
const BATCH = 10;
const LANES = 8;
const LIMITS = {
  scheduleDelayMillis: DELAY,
  maxExportBatchSize: BATCH,
  maxQueueSize: 1_000,
  exportTimeoutMillis: 30_000,
};

interface Pack extends Packed {
  readonly items: readonly number[];
}

/** Packs numbers, each of so many bytes. */
class NumberPacker implements Packer<number, Pack> {
  private items: number[] = [];
  constructor(private readonly bytes = 1) {}
  get count(): number {
    return this.items.length;
  }
  get size(): number {
    return this.count * this.bytes;
  }
  add(item: number): void {
    if (Number.isNaN(item)) throw new Error('no number');
    this.items.push(item);
  }
  pack(): Pack {
    const { items, count, size } = this;
    this.items = [];
    return { items, count, size };
  }
  readonly released: Pack[] = [];
  release(batch: Pack): void {
    this.released.push(batch);
  }
}

/** One export that the test ends as it likes. */
interface Sent {
  items: readonly number[];
  succeed(rejected?: number): void;
  fail(): void;
}

let endpoint: FakeEndpoint;
let packer: NumberPacker;
let queue: ExportQueue<number, Pack>;
let sent: Sent[];
let fates: Record<string, number>;

beforeEach(() => {
  jest.useFakeTimers();
  endpoint = new FakeEndpoint();
  sent = [];
  fates = {};
  packer = new NumberPacker();
  queue = new ExportQueue({
    endpoint: endpoint.asEndpoint,
    limits: LIMITS,
    packer,
    send: ({ items }) =>
      new Promise((resolve, reject) => {
        const fail = () => reject(new Error('no'));
        sent.push({ items, succeed: (rejected = 0) => resolve(rejected), fail });
      }),
    settled: (count, fate) => (fates[fate] = (fates[fate] ?? 0) + count),
  });
});
afterEach(() => jest.useRealTimers());

let next = 0;
const add = (count: number): void => queue.add(Array.from({ length: count }, () => next++));
const sizes = (): number[] => sent.map(({ items }) => items.length);
/** The records of the batches that were released, batch by batch. */
const released = (): (readonly number[])[] => packer.released.map(({ items }) => items);
const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(0).then(() => undefined);
/** Whether the promise is settled by now. */
async function isDone(promise: Promise<unknown>): Promise<boolean> {
  let done = false;
  void promise.then(() => (done = true));
  await settle();
  return done;
}

test('what does not fill a batch goes after the delay', async () => {
  add(3);
  await jest.advanceTimersByTimeAsync(DELAY - 1);
  expect(sizes()).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect(sizes()).toEqual([3]);
});

test('full batches go at once, so many at a time; the rest waits for the delay', async () => {
  add(BATCH * 10 + 1);
  expect(sizes()).toEqual(Array(LANES).fill(BATCH));
  sent[0]!.succeed();
  sent[1]!.succeed();
  sent[2]!.succeed();
  await settle();
  expect(sizes()).toEqual(Array(LANES + 2).fill(BATCH));
  await jest.advanceTimersByTimeAsync(DELAY);
  expect(sizes()).toEqual([...Array(LANES + 2).fill(BATCH), 1]);
  expect(fates).toEqual({ exported: 3 * BATCH });
});

test('an endpoint that is not known to be up is looked for, and gets one export at a time', async () => {
  Object.assign(endpoint, { isKnownUp: false, lanes: 1, isReachable: false });
  add(BATCH * 3);
  await settle();
  expect(sizes()).toEqual([]);
  endpoint.isReachable = true;
  await jest.advanceTimersByTimeAsync(DELAY);
  expect(sizes()).toEqual([BATCH]);
  sent[0]!.succeed();
  await settle();
  expect(sizes()).toEqual([BATCH, BATCH, BATCH]);
});

test('a batch that failed is put back in its place and goes when the endpoint may be tried', async () => {
  add(BATCH);
  add(1);
  endpoint.tryAt = Date.now() + 5_000;
  sent[0]!.fail();
  await settle();
  expect(fates).toEqual({});
  await jest.advanceTimersByTimeAsync(4_999);
  expect(sent).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(sent[1]!.items).toEqual(sent[0]!.items);
  sent[1]!.succeed();
  await settle();
  expect(sent[2]!.items).toHaveLength(1);
});

test('a wait that is longer than a timer can be does not wake it again and again', async () => {
  add(BATCH);
  endpoint.tryAt = 1e15;
  sent[0]!.fail();
  await settle();
  const timers = jest.spyOn(global, 'setTimeout');
  await jest.advanceTimersByTimeAsync(600_000);
  expect(timers.mock.calls.length).toBeLessThanOrEqual(10);
});

test('a refused batch is dropped, the next one goes; a part that was not taken counts as refused', async () => {
  endpoint.verdict = 'refused';
  add(BATCH * 2);
  sent[0]!.fail();
  sent[1]!.succeed(3);
  await settle();
  expect(fates).toEqual({ refused: BATCH + 3, exported: BATCH - 3 });
});

test('while the endpoint rests, all that comes is dropped', async () => {
  endpoint.verdict = 'resting';
  add(BATCH);
  sent[0]!.fail();
  await settle();
  add(5);
  await jest.advanceTimersByTimeAsync(DELAY);
  expect(sent).toHaveLength(1);
  expect(fates).toEqual({ resting: BATCH + 5 });
  endpoint.isResting = false;
  add(BATCH);
  expect(sizes()).toEqual([BATCH, BATCH]);
});

test('for a receiver that nobody asked for, the newest are kept, in whole batches', () => {
  Object.assign(endpoint, { isKnownUp: false, lanes: 1, tryAt: 1e15, dropReason: 'no_receiver' });
  add(5_000);
  expect(fates).toEqual({ no_receiver: 900 });
});

describe('a batch is released', () => {
  test('once it was taken, and once', async () => {
    add(BATCH * 2);
    expect(released()).toEqual([]);
    sent[1]!.succeed();
    await settle();
    expect(released()).toEqual([sent[1]!.items]);
    sent[0]!.succeed(3);
    await settle();
    await queue.drain();
    expect(released()).toEqual([sent[1]!.items, sent[0]!.items]);
  });

  test('not when it failed, but when the same batch is taken later', async () => {
    add(BATCH);
    sent[0]!.fail();
    await settle();
    expect(released()).toEqual([]);
    await jest.advanceTimersByTimeAsync(DELAY);
    sent[1]!.fail();
    await jest.advanceTimersByTimeAsync(DELAY);
    expect([sent.length, released()]).toEqual([3, []]);
    sent[2]!.succeed();
    await settle();
    expect(released()).toEqual([sent[0]!.items]);
  });

  test.each(['refused', 'resting'] as const)('never where it is dropped: %s', async (verdict) => {
    endpoint.verdict = verdict;
    add(BATCH);
    sent[0]!.fail();
    await settle();
    await queue.drain();
    expect([fates, released()]).toEqual([{ [verdict]: BATCH }, []]);
  });

  test('not where its export never ended: someone may still read it', async () => {
    add(BATCH * 10 + 1);
    Object.assign(endpoint, { isReachable: false, dropReason: 'timeout' });
    await queue.drain();
    expect([fates, released()]).toEqual([{ timeout: BATCH * 10 + 1 }, []]);
    sent[0]!.fail();
    await settle();
    expect(released()).toEqual([]);
  });
});

describe('the end', () => {
  test('nothing waits: it is over at once, without a look at the endpoint', async () => {
    endpoint.isReachable = false;
    expect(await isDone(queue.drain())).toBe(true);
  });

  test('all goes at once, and it is over with the last answer', async () => {
    add(BATCH * 20 + 1);
    const over = queue.drain();
    expect(sizes()).toHaveLength(21);
    sent.slice(1).forEach(({ succeed }) => succeed());
    expect(await isDone(over)).toBe(false);
    sent[0]!.succeed();
    expect(await isDone(over)).toBe(true);
    expect(fates).toEqual({ exported: BATCH * 20 + 1 });
  });

  test('never more at a time than an exporter takes', () => {
    add(BATCH * (FINAL_LANES + 5));
    void queue.drain();
    expect(sent).toHaveLength(FINAL_LANES);
  });

  test('backing off is over, but not what the receiver itself asked for', async () => {
    const now = Date.now();
    Object.assign(endpoint, { tryAt: now + 30_000, askedUntil: now + 2_000, lanes: 1 });
    add(3);
    void queue.drain();
    await jest.advanceTimersByTimeAsync(1_999);
    expect(sent).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(sizes()).toEqual([3]);
  });

  test('where nothing listens it gives up, what is under way included, once', async () => {
    add(BATCH * 2 + 1);
    Object.assign(endpoint, { isReachable: false, dropReason: 'unreachable' });
    expect(await isDone(queue.drain())).toBe(true);
    expect(fates).toEqual({ unreachable: BATCH * 2 + 1 });
    sent[0]!.fail();
    sent[1]!.succeed();
    add(2);
    await settle();
    expect(fates).toEqual({ unreachable: BATCH * 2 + 3 });
  });

  test('a failure is tried again after a moment; the others under way are not given up', async () => {
    add(BATCH * 2);
    const over = queue.drain();
    sent[0]!.fail();
    await settle();
    expect(sent).toHaveLength(2);
    sent[1]!.succeed();
    await jest.advanceTimersByTimeAsync(END_RETRY_MILLIS);
    expect(sent[2]!.items).toEqual(sent[0]!.items);
    sent[2]!.succeed();
    expect(await isDone(over)).toBe(true);
    expect(fates).toEqual({ exported: BATCH * 2 });
  });

  test('a receiver that fails on is asked for one batch after the other', async () => {
    add(BATCH * 4);
    void queue.drain();
    sent.forEach(({ fail }) => fail());
    await jest.advanceTimersByTimeAsync(END_RETRY_MILLIS);
    expect(sent).toHaveLength(5);
  });
});

test('a record that cannot be packed costs itself alone', async () => {
  endpoint.verdict = 'refused';
  queue.add([1, NaN, 2]);
  await jest.advanceTimersByTimeAsync(DELAY);
  expect(sent[0]!.items).toEqual([1, 2]);
  expect(fates).toEqual({ refused: 1 });
});

test('the bytes that wait are bounded too: what finds no room is dropped and counted', async () => {
  endpoint.isReachable = false;
  endpoint.isKnownUp = false;
  const heavy = new ExportQueue({
    endpoint: endpoint.asEndpoint,
    limits: LIMITS,
    packer: new NumberPacker(MAX_WAITING_BYTES / 2 + 1),
    send: async () => 0,
    settled: (count, fate) => (fates[fate] = (fates[fate] ?? 0) + count),
  });
  heavy.add([1, 2, 3, 4]);
  expect(fates).toEqual({ queue_full: 2 });
  endpoint.isReachable = true;
  const drained = heavy.drain();
  await settle();
  await drained;
  heavy.add([5]);
  await settle();
  expect(fates).toEqual({ queue_full: 2, exported: 3 });
});
