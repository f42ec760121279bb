import { parser } from '@prometheus-io/lezer-promql';

/** What a query names. */
export interface Named {
  readonly metrics: string[];
  /** Of selectors, groupings and matchings, without `__name__`. */
  readonly labels: string[];
}

/** Reads a query by Prometheus' own grammar. Throws where that does not accept it. */
export function namesIn(query: string): Named {
  const metrics = new Set<string>();
  const labels = new Set<string>();
  parser.parse(query).iterate({
    enter({ type, from, to }) {
      const text = query.slice(from, to);
      if (type.isError) throw new Error(`no PromQL at '${query.slice(from)}': ${query}`);
      if (type.name === 'Identifier') metrics.add(text);
      if (type.name === 'LabelName' && text !== '__name__') labels.add(text);
    },
  });
  return { metrics: [...metrics], labels: [...labels] };
}
