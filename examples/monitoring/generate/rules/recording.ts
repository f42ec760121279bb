import { duration } from '../duration';
import { ANSWERED, FAILED } from '../matchers';
import type { Parameters } from '../parameters';

/** A recording rule. Its name is `<labels>:<what>:<how>`, as Prometheus' practices have it. */
export interface Recording {
  readonly why: string;
  readonly record: string;
  readonly expr: string;
}

/**
 * What the alerts look at, by service. `increase()` everywhere: VictoriaMetrics' `rate()` divides by
 * the time between the samples, so that a short session would weigh as much as a long one.
 */
export function recordings({ window, exportInterval, serviceDown }: Parameters) {
  const over = duration(window);
  const requests = `sum by (service_name) (increase(mcp_requests_total[${over}]))`;
  return {
    requests: {
      why: 'Requests of each service, and lines that it refused.',
      record: `service_name:mcp_requests:increase${over}`,
      expr: requests,
    },
    errorRatio: {
      why: 'The share of them that failed: (tool_error + error) / all. None where there were none.',
      record: `service_name:mcp_requests_failed:ratio${over}`,
      expr: [
        `sum by (service_name) (increase(mcp_requests_total{${FAILED}}[${over}]))`,
        '/',
        `(${requests} > 0)`,
      ].join('\n'),
    },
    p99: {
      why: 'Milliseconds within which 99 of 100 requests were answered. None where there were none.',
      record: `service_name:mcp_requests_duration_milliseconds:p99_${over}`,
      expr: [
        'histogram_quantile(',
        '  0.99,',
        '  sum by (service_name, le) (',
        `    increase(mcp_requests_duration_milliseconds_bucket{${ANSWERED}}[${over}])`,
        '  )',
        ') >= 0',
      ].join('\n'),
    },
    toolErrors: {
      why: 'Errors of each tool a minute.',
      record: `service_name_tool:mcp_tools_errors:per_minute${over}`,
      expr: `sum by (service_name, tool) (increase(mcp_tools_errors_total[${over}])) / ${window / 60}`,
    },
    lost: {
      why: [
        'Instances whose last word was an open session, that send nothing any more, and since whose',
        'last word no instance of the service was started. One that has had no session is none before',
        'its third export: a single call is over by then. A clean exit ends with 0 sessions.',
      ].join('\n'),
      record: 'service_name:mcp_instances_lost:count',
      expr: lost(serviceDown, exportInterval),
    },
  } satisfies Record<string, Recording>;
}

/** An instance is a series: each process has a `service_instance_id` of its own. */
function lost({ silence, for: hold, memory }: Parameters['serviceDown'], step: number): string {
  const remembered = duration(memory);
  const recent = duration(silence - hold);
  const wordsAt = `timestamp(mcp_sessions_active)[${remembered}:${duration(step)}]`;
  return [
    'count by (service_name) (',
    `  max_over_time(${wordsAt})`,
    '    >= on (service_name) group_left ()',
    '  max by (service_name) (',
    `    min_over_time(${wordsAt})`,
    '  and',
    `    (max_over_time(mcp_sessions_active[${remembered}]) > 0`,
    `      or count_over_time(mcp_sessions_active[${recent}]) > 2)`,
    '  )',
    'and',
    `  last_over_time(mcp_sessions_active[${remembered}]) > 0`,
    'unless',
    `  present_over_time(mcp_sessions_active[${recent}])`,
    ')',
  ].join('\n');
}
