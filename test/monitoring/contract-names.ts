import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prometheusName } from '../../src/telemetry/prometheus';
import { ROOT } from '../support/root';

interface Contract {
  readonly metrics: readonly (Parameters<typeof prometheusName>[0] & {
    readonly labels: readonly string[];
    readonly boundaries?: readonly number[];
  })[];
  readonly resource: readonly { readonly key: string }[];
}

const { metrics, resource }: Contract = JSON.parse(
  readFileSync(join(ROOT, 'docs', 'telemetry.json'), 'utf8'),
);

const labelOf = (key: string): string => key.replaceAll('.', '_');
/** Labels that each series has of the resource. */
export const RESOURCE = resource.map(({ key }) => labelOf(key));

/** Each series that the contract knows, with the labels that it may have beside the resource's. */
export const OWN_LABELS: ReadonlyMap<string, readonly string[]> = new Map(
  metrics.flatMap((metric): [string, string[]][] => {
    const name = prometheusName(metric);
    const labels = metric.labels.map(labelOf);
    if (metric.type !== 'histogram') return [[name, labels]];
    return [
      [`${name}_bucket`, ['le', ...labels]],
      [`${name}_count`, labels],
      [`${name}_sum`, labels],
    ];
  }),
);

/** The same with the resource's. */
export const SERIES: ReadonlyMap<string, readonly string[]> = new Map(
  [...OWN_LABELS].map(([name, labels]) => [name, [...labels, ...RESOURCE]]),
);

/** The upper bounds of a histogram's buckets, without the infinite one, by its name in the databases. */
export const boundariesOf = (name: string): readonly number[] =>
  metrics.find((metric) => prometheusName(metric) === name)!.boundaries!;
