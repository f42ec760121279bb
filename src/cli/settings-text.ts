import {
  describeSource,
  onOneLine,
  SIGNALS,
  type DescribedEndpoint,
  type SettingsDescription,
  type Source,
} from '../config';

type Row = readonly [name: string, value: string, source: string];

/** A longer value moves its own source alone. */
const WIDEST_VALUE = 64;

/** The settings for people: where the signals go, then what somebody set, then all the rest. */
export function renderSettings({ endpoints, settings }: SettingsDescription): string {
  const goals = SIGNALS.map((signal) => row(signal, goal(endpoints[signal]), endpoints[signal]));
  const rows = (isSet: boolean): readonly Row[] =>
    settings
      .filter(({ source }) => (source.kind !== 'default') === isSet)
      .map((setting) => row(setting.name, setting.value ?? '–', setting));
  return [
    section('Endpoints', goals),
    section('Set', rows(true)),
    section('Not set', rows(false)),
  ].join('\n\n');
}

const row = (name: string, value: string, { source }: { readonly source: Source }): Row => [
  name,
  onOneLine(value),
  onOneLine(describeSource(source)),
];

/** Where a signal goes: a URL, the console, both or none. */
const goal = ({ exporters, url }: DescribedEndpoint): string =>
  exporters.map((exporter) => (exporter === 'otlp' ? url : exporter)).join(', ') || 'none';

function section(heading: string, rows: readonly Row[]): string {
  const widest = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length));
  const [names, values] = [widest(0), Math.min(WIDEST_VALUE, widest(1))];
  const lines = rows.map(
    ([name, value, source]) => `  ${name.padEnd(names)}  ${value.padEnd(values)}  ${source}`,
  );
  return [heading, ...(lines.length > 0 ? lines : ['  nothing'])].join('\n');
}
