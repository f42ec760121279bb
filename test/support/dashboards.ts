import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MONITORING } from './root';

const FOLDER = join(MONITORING, 'dashboards');

/** As much of Grafana's JSON model as the tests look at. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly templating?: {
    readonly list: readonly { name: string; type: string; query?: string }[];
  };
  readonly annotations?: { readonly list: readonly { expr: string }[] };
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly options: { readonly content?: string };
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly {
    readonly refId: string;
    readonly expr: string;
    readonly legendFormat: string;
    readonly instant?: boolean;
    readonly format?: string;
  }[];
}

/** What the reader of a dashboard chooses. */
export interface Choice {
  /** Regular expressions. Default: all. */
  readonly service?: string;
  readonly tool?: string;
  /** Seconds. Default: as the dashboards have it. */
  readonly interval?: number;
  /** Seconds from the beginning to the end of what is shown. */
  readonly range?: number;
  /** Seconds; Grafana's own choice is at least four exports. */
  readonly rateInterval?: number;
}

/** The dashboards as they are checked in. */
export const dashboards = (): Dashboard[] =>
  readdirSync(FOLDER).map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));

/** A query or a link with the reader's choice in place of the variables, as Grafana would send it. */
export function chosen(text: string, choice: Choice = {}): string {
  const { service = '.*', tool = '.*', interval = 300, range = 3600, rateInterval = 60 } = choice;
  const values: Record<string, string> = {
    service,
    tool,
    interval: String(interval),
    __range: `${range}s`,
    __rate_interval: `${rateInterval}s`,
  };
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced: string, bare: string) => {
    const value = values[braced ?? bare];
    if (value === undefined) throw new Error(`no variable ${braced ?? bare} in: ${text}`);
    return value;
  });
}

export interface PanelQuery {
  /** `mcp-service-overview / Latency B` */
  readonly name: string;
  readonly expr: string;
  readonly legend: string;
  /** Asked for the end of the range alone. */
  readonly isInstant: boolean;
}

/** All queries of all panels. */
export const panelQueries = (choice?: Choice): PanelQuery[] =>
  dashboards().flatMap(({ uid, panels }) =>
    panels.flatMap(({ title, targets = [] }) =>
      targets.map(({ refId, expr, legendFormat, instant = false }) => ({
        name: `${uid} / ${title} ${refId}`,
        expr: chosen(expr, choice),
        legend: legendFormat,
        isInstant: instant,
      })),
    ),
  );
