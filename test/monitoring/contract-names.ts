import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prometheusLabel, prometheusNames, type NamedMetric } from '../support/prometheus-names';
import { ROOT } from '../support/root';

interface Contract {
  readonly metrics: readonly (NamedMetric & { readonly labels: readonly string[] })[];
  readonly resource: readonly { readonly key: string }[];
}

const { metrics, resource }: Contract = JSON.parse(
  readFileSync(join(ROOT, 'docs', 'telemetry.json'), 'utf8'),
);
const RESOURCE = resource.map(({ key }) => prometheusLabel(key));

/** Each series that the contract knows, with the labels that it may have. */
export const SERIES: ReadonlyMap<string, readonly string[]> = new Map(
  metrics.flatMap((metric) =>
    prometheusNames(metric).map((name) => {
      const own = metric.labels.map(prometheusLabel);
      const le = name.endsWith('_bucket') ? ['le'] : [];
      return [name, [...own, ...le, ...RESOURCE]] as const;
    }),
  ),
);
