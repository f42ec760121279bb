import type { Settings } from '../config/settings';
import type { HistogramPoint, Labels, Metric, MetricSnapshot } from './metrics/snapshot';

/** Sums that also fall are gauges to Prometheus. */
const TYPES: Readonly<Record<Metric['type'], string>> = {
  counter: 'counter',
  updown: 'gauge',
  gauge: 'gauge',
  histogram: 'histogram',
};
/** What is counted (`{request}`) is no unit to Prometheus. */
const UNIT_WORDS: Readonly<Record<string, string>> = { ms: 'milliseconds', s: 'seconds' };

/**
 * All metrics in Prometheus' text format, under the names that OpenTelemetry's rules give them
 * ("Prometheus and OpenMetrics Compatibility"): those that arrive by way of a collector, too. A metric
 * without points is left out.
 *
 * @param resource whose metrics they are, under OpenTelemetry's names; all of it is on `target_info`,
 *   `service.name` on every series
 */
export function prometheusText({ metrics }: MetricSnapshot, resource: Labels): string {
  const service = { 'service.name': resource['service.name']! };
  const target: Metric = {
    name: 'target.info',
    type: 'gauge',
    unit: '',
    description: 'Whose metrics these are',
    points: [{ labels: resource, value: 1 }],
  };
  return [target, ...metrics]
    .filter(({ points }) => points.length > 0)
    .map((metric) => family(metric, service))
    .join('');
}

/** What of the resource is said in Prometheus' text; a process and its host have labels of Prometheus' own. */
export function prometheusResource(settings: Settings, instanceId: string): Labels {
  const { serviceName, serviceVersion, resourceAttributes } = settings;
  return {
    'service.instance.id': instanceId,
    ...resourceAttributes,
    'service.name': serviceName,
    ...(serviceVersion && { 'service.version': serviceVersion }),
  };
}

/** `mcp.requests.duration`, a histogram in `ms`: `mcp_requests_duration_milliseconds`. */
export function prometheusName({
  name,
  unit,
  type,
}: Pick<Metric, 'name' | 'unit' | 'type'>): string {
  const stem = type === 'counter' ? identifier(name).replace(/_total$/, '') : identifier(name);
  const unitWord = UNIT_WORDS[unit];
  const isSaid = unitWord === undefined || stem.endsWith(`_${unitWord}`);
  const measured = isSaid ? stem : `${stem}_${unitWord}`;
  return type === 'counter' ? `${measured}_total` : measured;
}

function family(metric: Metric, service: Labels): string {
  const name = prometheusName(metric);
  const help = metric.description.replace(/[\\\n]/g, escaped);
  const head = `# HELP ${name} ${help}\n# TYPE ${name} ${TYPES[metric.type]}\n`;
  const labelsOf = ({ labels }: { readonly labels: Labels }) => pairs({ ...service, ...labels });
  if (metric.type !== 'histogram') {
    return head + metric.points.map((p) => sample(name, labelsOf(p), p.value)).join('');
  }
  const { boundaries } = metric;
  return head + metric.points.map((p) => histogram(name, labelsOf(p), boundaries, p)).join('');
}

/** Each bucket has what is in those below it as well. */
function histogram(
  name: string,
  labels: string,
  boundaries: readonly number[],
  { buckets, count, sum }: HistogramPoint,
): string {
  let below = 0;
  const cumulative = boundaries.map((bound, i) =>
    sample(`${name}_bucket`, `${labels},le="${bound}"`, (below += buckets[i]!)),
  );
  return [
    ...cumulative,
    sample(`${name}_bucket`, `${labels},le="+Inf"`, count),
    sample(`${name}_sum`, labels, sum),
    sample(`${name}_count`, labels, count),
  ].join('');
}

const sample = (name: string, labels: string, value: number): string =>
  `${name}{${labels}} ${value}\n`;

function pairs(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${identifier(name)}="${value.replace(/[\\"\n]/g, escaped)}"`)
    .join(',');
}

const identifier = (name: string): string =>
  name.replace(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=\d)/, '_');

const escaped = (character: string): string => (character === '\n' ? '\\n' : `\\${character}`);
