import { createTraceState, ROOT_CONTEXT, SpanKind, trace, TraceFlags } from '@opentelemetry/api';
import * as official from '@opentelemetry/sdk-trace-node';
import type { SamplerName } from '../../src/config/settings';
import { createIdGenerator } from '../../src/tap/ids';
import { createSampler } from '../../src/tap/sampler';

const OFFICIAL: Record<SamplerName, (ratio: number) => official.Sampler> = {
  always_on: () => new official.AlwaysOnSampler(),
  always_off: () => new official.AlwaysOffSampler(),
  traceidratio: (ratio) => new official.TraceIdRatioBasedSampler(ratio),
  parentbased_always_on: () => parentBased(new official.AlwaysOnSampler()),
  parentbased_always_off: () => parentBased(new official.AlwaysOffSampler()),
  parentbased_traceidratio: (ratio) => parentBased(new official.TraceIdRatioBasedSampler(ratio)),
};
const parentBased = (root: official.Sampler) => new official.ParentBasedSampler({ root });

const { traceId } = createIdGenerator();
const TRACE_IDS = [
  '00000000000000000000000000000001',
  'ffffffffffffffffffffffffffffffff',
  // Their folded words lie at either end of what a ratio can ask for.
  'fffffffe000000000000000000000000',
  '80000000000000000000000000000000',
  '7fffffff000000000000000000000000',
  ...Array.from({ length: 5_000 }, () => traceId()),
];

/** How the official sampler decides on a request with such a parent, which was remote. */
function decides(sampler: official.Sampler, id: string, parent: boolean | undefined): boolean {
  const traceFlags = parent ? TraceFlags.SAMPLED : TraceFlags.NONE;
  const spanContext = {
    traceId: id,
    spanId: 'b7ad6b7169203331',
    isRemote: true,
    traceFlags,
    traceState: createTraceState(),
  };
  const context =
    parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, spanContext);
  const { decision } = sampler.shouldSample(context, id, 'ping', SpanKind.SERVER, {}, []);
  return decision === official.SamplingDecision.RECORD_AND_SAMPLED;
}

const names = Object.keys(OFFICIAL) as SamplerName[];
const rows = names.flatMap((name) =>
  (name.endsWith('ratio') ? [0, 1e-9, 0.1, 0.5, 0.999, 1] : [1]).map((ratio) => ({ name, ratio })),
);

test.each(rows)('$name at $ratio decides as the official one, id by id', ({ name, ratio }) => {
  const ours = createSampler({ name, ratio });
  const theirs = OFFICIAL[name](ratio);
  for (const parent of [undefined, true, false]) {
    const differing = TRACE_IDS.filter((id) => ours(id, parent) !== decides(theirs, id, parent));
    expect(differing).toEqual([]);
  }
});

test.each([0.1, 0.5])('a ratio of %d samples about that share', (ratio) => {
  const sampler = createSampler({ name: 'traceidratio', ratio });
  const sampled = TRACE_IDS.filter((id) => sampler(id, undefined)).length;
  // Ten standard deviations of 5,000 draws at a half: 0.07.
  expect(Math.abs(sampled / TRACE_IDS.length - ratio)).toBeLessThan(0.07);
});
