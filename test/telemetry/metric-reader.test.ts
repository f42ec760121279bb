import { MeterProvider, type ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { ExportingReader } from '../../src/telemetry/metric-reader';
import type { SnapshotProducer } from '../../src/telemetry/metrics/producer';
import { FakeEndpoint } from './fake-endpoint';

const INTERVAL = 1_000;

let endpoint: FakeEndpoint;
let reader: ExportingReader;
let sent: { metrics: ResourceMetrics; succeed(): void; fail(): void }[];
let exports: number;
let collect: () => Promise<void>;

beforeEach(() => {
  jest.useFakeTimers();
  endpoint = new FakeEndpoint();
  sent = [];
  exports = 0;
  collect = async () => undefined;
  const resource = resourceFromAttributes({});
  reader = new ExportingReader({
    endpoint: endpoint.asEndpoint,
    exported: () => exports++,
    settings: { intervalMillis: INTERVAL, timeoutMillis: 500, temporality: 'cumulative' },
    producer: {
      collect: async () => {
        await collect();
        const scopeMetrics = [{ scope: { name: 'x' }, metrics: [] }];
        return { resourceMetrics: { resource, scopeMetrics }, errors: [] };
      },
      undo: () => undefined,
    } as Partial<SnapshotProducer> as SnapshotProducer,
    send: (metrics) =>
      new Promise<void>((resolve, reject) => {
        sent.push({ metrics, succeed: resolve, fail: () => reject(new Error('no')) });
      }),
  });
  new MeterProvider({ readers: [reader] });
});
afterEach(() => jest.useRealTimers());

const settle = () => jest.advanceTimersByTimeAsync(0);
const tick = () => jest.advanceTimersByTimeAsync(INTERVAL);

test('exports every interval, one at a time', async () => {
  await tick();
  expect(sent).toHaveLength(1);
  await tick();
  expect(sent).toHaveLength(1);
  sent[0]!.succeed();
  await tick();
  expect(sent).toHaveLength(2);
  expect([endpoint.successes, exports]).toEqual([1, 1]);
  sent[1]!.fail();
  await settle();
  expect(exports).toBe(1);
});

test('an interval that begins beside the first export waits for it', async () => {
  void reader.forceFlush();
  await tick();
  expect(sent).toHaveLength(1);
});

test('leaves the endpoint alone while it is to be left alone', async () => {
  endpoint.tryAt = Date.now() + 2.5 * INTERVAL;
  await tick();
  await tick();
  expect(sent).toHaveLength(0);
  await tick();
  expect(sent).toHaveLength(1);
  endpoint.isResting = true;
  sent[0]!.fail();
  await tick();
  await reader.shutdown();
  expect(sent).toHaveLength(1);
});

test('a collection that fails harms nothing but itself', async () => {
  collect = async () => {
    throw new Error('no counts');
  };
  endpoint.verdict = 'refused';
  await tick();
  expect(endpoint.failures).toEqual([new Error('no counts')]);
  collect = async () => undefined;
  await tick();
  expect(sent).toHaveLength(1);
});

test('the last export does not wait for one under way', async () => {
  await tick();
  const over = reader.shutdown();
  await settle();
  expect(sent).toHaveLength(2);
  sent[1]!.succeed();
  await over;
});

test('the last export is tried again a few times', async () => {
  const over = reader.shutdown();
  for (let attempt = 0; attempt < 5; attempt++) {
    await jest.advanceTimersByTimeAsync(200);
    sent.at(-1)!.fail();
  }
  await over;
  expect(sent).toHaveLength(5);
});

test('where nothing listens the end is at once', async () => {
  Object.assign(endpoint, { isKnownUp: false, isReachable: false });
  await reader.shutdown();
  expect(sent).toHaveLength(0);
});
