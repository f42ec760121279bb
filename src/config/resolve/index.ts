import type { AttributeLimits, FaultSettings, Settings } from '../settings';
import { resolveBatch, resolveMetricExport } from './batches';
import type { Resolving } from './context';
import type { Endpoint } from './endpoint';
import { resolveHttp } from './http';
import { resolveIdentity } from './identity';
import { resolvePropagators } from './propagators';
import { resolveSignals, type ResolvedSignals } from './signals';

export { tokensIn } from './http';
export type { Endpoint, Resolving };

const DEFAULT_SERVICE_NAME = 'ts-calculator';
const NO_FAULT: FaultSettings = { slowMillis: 0, errorShare: 0 };

/** Makes the program's settings of the schema's values: what stands in for what is decided here. */
export function resolve(
  resolving: Resolving,
  packageVersion: string,
): { readonly settings: Settings; readonly endpoints: ResolvedSignals['endpoints'] } {
  const { values } = resolving;
  const { signals, endpoints } = resolveSignals(resolving);
  const http = resolveHttp(resolving);
  const resourceAttributes = values.resourceAttributes ?? {};
  const settings: Settings = {
    ...resolveIdentity(values, resourceAttributes, {
      name: DEFAULT_SERVICE_NAME,
      version: packageVersion,
    }),
    resourceAttributes,
    sdkDisabled: values.sdkDisabled,
    signals,
    vocabularies: values.vocabulary,
    captureContent: values.captureContent,
    redact: values.redact ?? [],
    propagate: values.propagate,
    logLevel: values.logLevel,
    logFormat: values.logFormat,
    diagLevel: values.diagLevel,
    fault: values.fault ?? NO_FAULT,
    ...(http && { http }),
    propagators: resolvePropagators(resolving),
    sampler: { name: values.sampler, ratio: values.samplerArg },
    spanBatch: resolveBatch('span', resolving),
    logBatch: resolveBatch('log', resolving),
    metricExport: resolveMetricExport(resolving),
    ...limits(resolving),
  };
  return { settings, endpoints };
}

function limits({ values }: Resolving): Pick<Settings, 'spanLimits' | 'logLimits'> {
  const logLimits: AttributeLimits = {
    valueLength: values.attributeValueLength ?? Infinity,
    count: values.attributeCount,
  };
  return {
    logLimits,
    spanLimits: {
      valueLength: values.spanAttributeValueLength ?? logLimits.valueLength,
      count: values.spanAttributeCount ?? logLimits.count,
    },
  };
}
