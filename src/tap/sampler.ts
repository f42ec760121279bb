import type { SamplerSettings } from '../config/settings';

/** Decides, when a request arrives, whether its span is made. `parentSampled`: undefined for a root. */
export type Sampler = (traceId: string, parentSampled: boolean | undefined) => boolean;

/**
 * OpenTelemetry's built-in samplers (specification, Tracing SDK, "Built-in samplers"), by their
 * decision alone: no package is loaded for it. A test holds them to the SDK's own, id by id.
 */
export function createSampler({ name, ratio }: SamplerSettings): Sampler {
  const parentBased = name.startsWith('parentbased_');
  const root = rootSampler(parentBased ? name.slice('parentbased_'.length) : name, ratio);
  return parentBased
    ? (traceId, parentSampled) => parentSampled ?? root(traceId)
    : (traceId) => root(traceId);
}

function rootSampler(name: string, ratio: number): (traceId: string) => boolean {
  if (name === 'always_off') return () => false;
  if (name === 'always_on') return () => true;
  const bound = ratio >= 1 ? 0x1_0000_0000 : Math.floor(Math.max(0, ratio) * 0xffff_ffff);
  return (traceId) => foldTraceId(traceId) < bound;
}

/** The four words of the id, XORed: how OpenTelemetry's JavaScript SDK makes a number of it. */
function foldTraceId(traceId: string): number {
  let folded = 0;
  for (let i = 0; i < 32; i += 8) folded ^= parseInt(traceId.slice(i, i + 8), 16);
  return folded >>> 0;
}
