import { zeroed, type Metric } from '../../../src/telemetry/metrics/snapshot';
import { MetricStore } from '../../../src/telemetry/metrics/store';
import { SORTS } from '../operations';

const vocabularies = ['calculator', 'semconv'] as const;
const storeOf = (tools: readonly string[]) =>
  new MetricStore({ vocabularies, tools, startTime: 1_000, now: () => 9_000 });

test('a snapshot before all: the same series, counters and histograms at 0, the rest as it is', () => {
  const store = storeOf(['add']);
  for (const op of Object.values(SORTS)) store.record(op);
  store.sessionOpened();
  const now = store.snapshot();
  const before = JSON.stringify(now);
  const then = zeroed(now);
  expect(JSON.stringify(now)).toBe(before);
  expect([then.startTime, then.time]).toEqual([1_000, 1_000]);
  const labels = ({ name, points }: Metric) => [name, points.map((point) => point.labels)];
  expect(then.metrics.map(labels)).toEqual(now.metrics.map(labels));

  // As if there had been nothing but the birth of the series.
  const born = storeOf(['add']).snapshot().metrics;
  for (const { name, points } of born) {
    const metric = then.metrics.find((one) => one.name === name)!;
    for (const point of points) {
      const found = [...metric.points].find(
        ({ labels }) => JSON.stringify(labels) === JSON.stringify(point.labels),
      );
      expect(found).toEqual(name === 'mcp.sessions.active' ? { ...point, value: 1 } : point);
    }
  }
  for (const metric of then.metrics) {
    if (metric.type === 'counter') {
      for (const { value } of metric.points) expect(value).toBe(0);
    } else if (metric.type === 'histogram') {
      const nothing = { count: 0, sum: 0, min: Infinity, max: -Infinity };
      const buckets = Array(metric.boundaries.length + 1).fill(0);
      for (const point of metric.points) expect(point).toMatchObject({ ...nothing, buckets });
    }
  }
});

test('tools that are learned later are born at 0, and nothing that is counted is lost', () => {
  const store = storeOf([]);
  store.record(SORTS.call);
  store.bear(['add', 'later']);
  const { metrics } = store.snapshot();
  const values = (name: string) =>
    metrics
      .find((metric) => metric.name === name)!
      .points.flatMap((point) => ('value' in point ? [[point.labels, point.value]] : []));
  expect(values('mcp.tools.calls')).toEqual([
    [{ tool: 'add' }, 1],
    [{ tool: 'later' }, 0],
  ]);
  expect(values('mcp.requests.total')).toContainEqual([
    { method: 'tools/call', tool: 'add', outcome: 'ok' },
    1,
  ]);
  expect(values('mcp.requests.total')).toContainEqual([
    { method: 'tools/call', tool: 'later', outcome: 'tool_error' },
    0,
  ]);
});
