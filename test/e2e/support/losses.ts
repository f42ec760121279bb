import type { LogRecord, MetricPoint, Span } from '../../support/otlp-types';
import { sumOf } from './points';

/** What the one warning at exit says. */
export interface Told {
  spans: number;
  logs: number;
  reasons: string;
}

const AT_EXIT = /WARN .* - telemetry: (\d+ (?:span|log record)s?.*) dropped \(([^)]*)\)$/;

/** The warning at exit; undefined where there is none. Throws where it is said more than once. */
export function toldDropped(stderr: string): Told | undefined {
  const said = stderr.split('\n').flatMap((line) => AT_EXIT.exec(line) ?? []);
  if (said.length > 3) throw new Error(`told more than once: ${said.join('\n')}`);
  if (said.length === 0) return undefined;
  const [, counts, reasons] = said;
  const count = (noun: RegExp) => Number(noun.exec(counts!)?.[1] ?? 0);
  return { spans: count(/(\d+) spans?/), logs: count(/(\d+) log records?/), reasons: reasons! };
}

/** The log records that were made: each line but the warning at exit is one. */
export const linesOf = (stderr: string): number =>
  stderr.split('\n').filter((line) => / - ts-calculator - /.test(line) && !AT_EXIT.test(line))
    .length;

export const ids = (records: readonly (Span | LogRecord)[]): Set<string> =>
  new Set(records.map(({ spanId }) => spanId));

/** What became of spans or log records, by `error.type`; those that arrived are `exported`. */
export function fates(points: MetricPoint[]): Record<string, number> {
  const fate = ({ attributes }: MetricPoint) => String(attributes['error.type'] ?? 'exported');
  const names = new Set(points.map(fate));
  const sum = (name: string) => sumOf(points.filter((point) => fate(point) === name));
  return Object.fromEntries(
    [...names].map((name) => [name, sum(name)] as const).filter(([, value]) => value > 0),
  );
}
