import { panelQueries } from '../../../support/dashboards';
import { poll } from '../../../support/poll';
import { pause } from '../../../support/time';
import type { PromApi } from '../prom-api';
import type { Series } from '../series';
import { COUNTERS, counterLegend, counterQuery, type Counter } from './counters';
import type { Diary } from './diary';
import { differences } from './expectation';
import { copyOf, countSamples, type Known } from './known';

/** What a panel's query answered. */
export interface PanelAnswer {
  /** For the end. */
  readonly instant: readonly Series[];
  /** From the load's beginning on. */
  readonly range: readonly Series[];
}

/** What a database said at one moment, and what was known then. */
export interface Answers {
  readonly known: Known;
  readonly counters: ReadonlyMap<string, readonly Series[]>;
  readonly panels: ReadonlyMap<string, PanelAnswer>;
}

const SETTLED_MILLIS = 60_000;
const POINTS = 30;
/** VictoriaMetrics ends a range that is newer than its latency offset with the value before. */
const LATENCY_MILLIS = 1500;

/** Asks a database about a load, from its beginning on. */
export class Questions {
  private readonly began = Date.now() / 1000;

  constructor(
    private readonly api: PromApi,
    private readonly diary: Diary,
  ) {}

  /** Resolves when the database has all that is known; throws what is not so after a minute. */
  async settled(): Promise<void> {
    let wrong: string[] = [];
    const isSettled = async (): Promise<boolean> => {
      const at = Date.now() / 1000;
      wrong = await this.wrong(at);
      return wrong.length === 0;
    };
    await poll(isSettled, SETTLED_MILLIS, 'the counts').catch((error: Error) => {
      throw new Error(`${error.message}: ${wrong.join('; ')}`, { cause: error });
    });
  }

  /** All queries of the panels, with the load's time as the reader's choice. */
  async ask(): Promise<Answers> {
    const at = Date.now() / 1000;
    const window = this.windowAt(at);
    const known: Known = {
      at,
      window,
      ...copyOf(this.diary),
      samples: await countSamples(this.api, at, window),
    };
    await pause(LATENCY_MILLIS);
    const counters = new Map<string, readonly Series[]>();
    for (const counter of COUNTERS) counters.set(counter.name, await this.count(counter, at));
    const panels = new Map<string, PanelAnswer>();
    const step = Math.ceil(window / POINTS);
    const start = at - step * Math.floor(window / step);
    const choice = { interval: window, range: window, rateInterval: window };
    for (const { name, expr } of panelQueries(choice)) {
      const instant = await this.api.query(expr, at);
      panels.set(name, { instant, range: await this.api.queryRange(expr, start, at, step) });
    }
    return { known, counters, panels };
  }

  private windowAt(at: number): number {
    return Math.ceil(at - this.began);
  }

  private count(counter: Counter, at: number): Promise<Series[]> {
    return this.api.query(counterQuery(counter, this.windowAt(at)), at);
  }

  private async wrong(at: number): Promise<string[]> {
    const all = COUNTERS.map(async (counter) => {
      const seen = await this.count(counter, at);
      return differences(seen, counterLegend(counter), counter.values(copyOf(this.diary)));
    });
    return (await Promise.all(all)).flat();
  }
}
