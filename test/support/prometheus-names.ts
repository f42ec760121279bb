/** A metric of docs/telemetry.json, as far as its names in a database depend on it. */
export interface NamedMetric {
  readonly name: string;
  readonly type: string;
  readonly unit: string;
}

/** Units that become a word of the name; one in braces is a remark, and none is left of it. */
const UNITS: Readonly<Record<string, string>> = { s: '_seconds', ms: '_milliseconds' };

export const prometheusLabel = (key: string): string => key.replace(/[^A-Za-z0-9_]/g, '_');

/**
 * What a metric is called in Prometheus, by its OTLP receiver as by VictoriaMetrics and the
 * collector: dots become `_`, the unit and `_total` are appended, the latter never twice.
 */
export function prometheusNames({ name, type, unit }: NamedMetric): string[] {
  const base = prometheusLabel(name) + (UNITS[unit] ?? '');
  if (type === 'histogram') return ['_bucket', '_count', '_sum'].map((suffix) => base + suffix);
  return [type === 'counter' ? `${base.replace(/_total$/, '')}_total` : base];
}
