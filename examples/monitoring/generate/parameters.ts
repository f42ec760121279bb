/** What the rules are made of. All durations are in seconds. */
export interface Parameters {
  /** How often the rules are evaluated. */
  readonly evaluationInterval: number;
  /** How often a service exports, idle or not: `OTEL_METRIC_EXPORT_INTERVAL`. */
  readonly exportInterval: number;
  /** What a rate or a percentile looks back on. */
  readonly window: number;
  /** Requests within the window below which neither says anything. */
  readonly minimumRequests: number;
  readonly highErrorRate: {
    /** The share of requests that fail, 0 to 1. */
    readonly above: number;
    readonly for: number;
  };
  readonly highLatency: {
    /** Milliseconds; a boundary of the histogram, or the percentile is a guess between two. */
    readonly above: number;
    readonly for: number;
    /** The services that are slow by nature, as those that ask others: no limit is theirs. */
    readonly slowByNature: readonly string[];
  };
  readonly serviceDown: {
    /** From the last word to the alert. */
    readonly silence: number;
    /** How much of the silence must be seen by one evaluation after the other: a sleep of the machine is not. */
    readonly for: number;
    /** How long an instance that was lost is remembered where none takes its place. */
    readonly memory: number;
    /** The services that are never without requests: for them a silence without any is enough. */
    readonly alwaysBusy: readonly string[];
  };
  readonly toolFailures: {
    /** Errors of one tool a minute, over the window. */
    readonly above: number;
  };
  readonly links: {
    /** Where Grafana is, without a slash at the end. */
    readonly grafana: string;
    /** Where Phoenix is, likewise; the dashboards let their reader change it. */
    readonly phoenix: string;
  };
}

export const PARAMETERS: Parameters = {
  evaluationInterval: 15,
  exportInterval: 15,
  window: 300,
  minimumRequests: 20,
  highErrorRate: { above: 0.05, for: 300 },
  highLatency: { above: 500, for: 300, slowByNature: [] },
  serviceDown: { silence: 120, for: 30, memory: 3600, alwaysBusy: [] },
  toolFailures: { above: 10 },
  links: { grafana: 'http://localhost:3000', phoenix: 'http://localhost:6006' },
};

/**
 * The same with all durations divided, for a rehearsal that does not take its time. Thresholds stay:
 * the services must export as much more often, `exportInterval` says how often.
 */
export function hastened(parameters: Parameters, factor: number): Parameters {
  const { highErrorRate, highLatency, serviceDown } = parameters;
  return {
    ...parameters,
    evaluationInterval: parameters.evaluationInterval / factor,
    exportInterval: parameters.exportInterval / factor,
    window: parameters.window / factor,
    highErrorRate: { ...highErrorRate, for: highErrorRate.for / factor },
    highLatency: { ...highLatency, for: highLatency.for / factor },
    serviceDown: {
      ...serviceDown,
      silence: serviceDown.silence / factor,
      for: serviceDown.for / factor,
      memory: serviceDown.memory / factor,
    },
  };
}
