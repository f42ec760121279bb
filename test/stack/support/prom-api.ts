import type { Series } from './series';

type Point = [number, string];
interface Result {
  metric: Record<string, string>;
  /** Of an instant. */
  value?: Point;
  /** Of a range. */
  values?: Point[];
}

/** The query API of Prometheus, which VictoriaMetrics has as well. Times are in seconds since 1970. */
export class PromApi {
  constructor(readonly url: string) {}

  query = (expr: string, time = now()): Promise<Series[]> =>
    this.ask('query', { query: expr, time });

  queryRange = (expr: string, start: number, end: number, step: number): Promise<Series[]> =>
    this.ask('query_range', { query: expr, start, end, step });

  /** The labels of each series that has the name, or a name that matches `{__name__=~"…"}`. */
  series(match: string, start: number): Promise<Record<string, string>[]> {
    return this.get('series', { 'match[]': match, start, end: now() });
  }

  /** The names of all rules that it evaluates. */
  async rules(): Promise<string[]> {
    const { groups } = await this.get<{ groups: { rules: { name: string }[] }[] }>('rules', {});
    return groups.flatMap(({ rules }) => rules.map(({ name }) => name));
  }

  /** The addresses of the Alertmanagers that it tells. */
  async alertmanagers(): Promise<string[]> {
    const { activeAlertmanagers } = await this.get<{ activeAlertmanagers: { url: string }[] }>(
      'alertmanagers',
      {},
    );
    return activeAlertmanagers.map(({ url }) => url);
  }

  private async ask(path: string, parameters: Record<string, string | number>): Promise<Series[]> {
    const { result } = await this.get<{ result: Result[] }>(path, parameters);
    return result.map(({ metric, value, values = [value!] }) => ({
      labels: metric,
      points: values.map(([at, text]) => [at, Number(text === '+Inf' ? Infinity : text)]),
    }));
  }

  /** `nocache` is for VictoriaMetrics, which would round times to the step. */
  private async get<T>(path: string, parameters: Record<string, string | number>): Promise<T> {
    const search = new URLSearchParams({ nocache: '1' });
    for (const [name, value] of Object.entries(parameters)) search.set(name, String(value));
    const answer = await fetch(`${this.url}/api/v1/${path}?${search}`);
    const { data, error } = (await answer.json()) as { data: T; error?: string };
    if (!answer.ok) throw new Error(`${String(parameters.query)}: ${error}`);
    return data;
  }
}

const now = (): number => Date.now() / 1000;
