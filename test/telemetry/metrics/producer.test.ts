import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  SnapshotProducer,
  type SnapshotProducerOptions,
} from '../../../src/telemetry/metrics/producer';
import type { Metric, MetricSnapshot } from '../../../src/telemetry/metrics/snapshot';
import { MetricStore } from '../../../src/telemetry/metrics/store';
import { flatten } from '../../support/otlp-decode';
import { decodeRequest } from '../../support/otlp-proto';
import { officialSerializers } from '../official-serializers';
import { operation } from '../operations';

const T0 = 1_700_000_000_000;

/** Three counts and a histogram as they stand after `n` events, `n` seconds from the start. */
function snapshot(n: number, startTime = T0): MetricSnapshot {
  const head = { description: '', unit: '1' };
  const labels = { a: 'b' };
  const metrics: Metric[] = [
    { ...head, name: 'c', type: 'counter', points: [{ labels, value: n }] },
    { ...head, name: 'u', type: 'updown', points: [{ labels, value: n }] },
    { ...head, name: 'g', type: 'gauge', points: [{ labels, value: n }] },
    {
      ...head,
      name: 'h',
      type: 'histogram',
      boundaries: [1, 2],
      points: [
        {
          labels,
          count: n,
          sum: n * 1.5,
          min: n === 0 ? Infinity : 1.5,
          max: n === 0 ? -Infinity : 1.5,
          buckets: [0, n, 0],
        },
      ],
    },
    { ...head, name: 'none', type: 'counter', points: [] },
  ];
  return { startTime, time: startTime + n * 1000, metrics };
}

const OPTIONS = {
  resource: resourceFromAttributes({ 'service.name': 'calc' }),
  scope: { name: 'scope' },
};
/** A producer that pulls these, one after the other. */
function producer(pulls: MetricSnapshot[], options: Partial<SnapshotProducerOptions> = {}) {
  const queue = [...pulls];
  return new SnapshotProducer({
    ...OPTIONS,
    temporality: 'cumulative',
    pull: async () => queue.shift()!,
    ...options,
  });
}
/** What the official serializer makes of the next collection. */
async function next(from: SnapshotProducer) {
  const { resourceMetrics, errors } = await from.collect();
  expect(errors).toEqual([]);
  const bytes = officialSerializers().ProtobufMetricsSerializer.serializeRequest(resourceMetrics);
  return flatten('metrics', decodeRequest('metrics', bytes)).metrics.map((point) => ({
    ...point,
    start: Number(point.start / 1_000_000n) - T0,
    time: Number(point.time / 1_000_000n) - T0,
  }));
}

test('cumulative: all as it is', async () => {
  const from = producer([snapshot(2), snapshot(5)]);
  await next(from);
  const attributes = { a: 'b' };
  const times = { start: 0, time: 5000, attributes };
  expect(await next(from)).toMatchObject([
    { ...times, name: 'c', type: 'sum', monotonic: true, temporality: 'cumulative', value: 5 },
    { ...times, name: 'u', type: 'sum', monotonic: false, temporality: 'cumulative', value: 5 },
    { ...times, name: 'g', type: 'gauge', value: 5 },
    {
      ...times,
      name: 'h',
      type: 'histogram',
      temporality: 'cumulative',
      count: 5,
      sum: 7.5,
      min: 1.5,
      max: 1.5,
      bounds: [1, 2],
      bucketCounts: [0, 5, 0],
    },
  ]);
});

test.each(['delta', 'lowmemory'] as const)('%s: what was added since', async (temporality) => {
  const from = producer([snapshot(2), snapshot(5)], { temporality });
  expect(await next(from)).toMatchObject([
    { name: 'c', value: 2, start: 0, time: 2000 },
    {},
    {},
    {},
  ]);
  const since = { start: 2000, time: 5000 };
  const [counter, updown, gauge, histogram] = await next(from);
  expect(counter).toMatchObject({ ...since, temporality: 'delta', value: 3 });
  expect(updown).toMatchObject({ start: 0, time: 5000, temporality: 'cumulative', value: 5 });
  expect(gauge).toMatchObject({ time: 5000, value: 5 });
  expect(histogram).toMatchObject({
    ...since,
    temporality: 'delta',
    count: 3,
    sum: 4.5,
    min: undefined,
    max: undefined,
    bucketCounts: [0, 3, 0],
  });
});

test('the zeros of the start come first, and deltas go on from them', async () => {
  const from = producer([snapshot(3)], { first: snapshot(0), temporality: 'delta' });
  expect(await next(from)).toMatchObject([
    { value: 0 },
    {},
    {},
    { count: 0, sum: 0, min: undefined, bucketCounts: [0, 0, 0] },
  ]);
  expect(await next(from)).toMatchObject([{ value: 3 }, {}, {}, { count: 3, min: 1.5 }]);
});

test('a baseline was handed out by an earlier producer', async () => {
  const from = producer([snapshot(5)], { baseline: snapshot(4), temporality: 'delta' });
  expect(await next(from)).toMatchObject([{ value: 1, start: 4000 }, {}, {}, { count: 1 }]);
});

test('counting that began anew is taken whole', async () => {
  const from = producer([snapshot(5), snapshot(2), snapshot(3, T0 + 10_000)], {
    temporality: 'delta',
  });
  await next(from);
  expect(await next(from)).toMatchObject([{ value: 2 }, {}, {}, { count: 2 }]);
  expect(await next(from)).toMatchObject([{ value: 3, start: 10_000 }, {}, {}, { count: 3 }]);
});

test('a pull that fails is told, and the next one counts', async () => {
  const error = new Error('gone');
  const pull = jest.fn().mockRejectedValueOnce(error).mockResolvedValue(snapshot(1));
  const from = producer([], { pull });
  const { resourceMetrics, errors } = await from.collect();
  expect(errors).toEqual([error]);
  expect(resourceMetrics.scopeMetrics).toEqual([]);
  expect(await next(from)).toHaveLength(4);
});

test('a value with a fraction is a double', async () => {
  const metrics: Metric[] = [
    { name: 'g', description: '', unit: 's', type: 'gauge', points: [{ labels: {}, value: 0.5 }] },
  ];
  const from = producer([{ startTime: T0, time: T0, metrics }]);
  expect(await next(from)).toMatchObject([{ value: 0.5 }]);
});

test('the store feeds it', async () => {
  const store = new MetricStore({
    vocabularies: ['calculator'],
    tools: ['add'],
    startTime: T0,
    now: () => T0 + 1000,
  });
  const first = store.snapshot();
  store.record(operation());
  store.record(operation());
  const from = producer([], {
    first,
    pull: async () => structuredClone(store.snapshot()),
    temporality: 'delta',
  });
  await next(from);
  const calls = (await next(from)).filter(({ name }) => name === 'mcp.tools.calls');
  expect(calls).toMatchObject([{ value: 2, attributes: { tool: 'add' }, unit: '{call}' }]);
});
