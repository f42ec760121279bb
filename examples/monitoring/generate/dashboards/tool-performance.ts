import type { Dashboard } from './dashboard';
import { bars, heatmap, lines } from './panels';
import { increase, of, OF_TOOL, sumBy } from './queries';

const CALLS = of('mcp_tools_calls_total', OF_TOOL);
const ERRORS = of('mcp_tools_errors_total', OF_TOOL);
const DURATIONS = of('mcp_requests_duration_milliseconds_bucket', 'method="tools/call"', OF_TOOL);

const ERROR_SHARE = [
  `(${sumBy('service_name, tool, error', increase(ERRORS))} > 0)`,
  '/ on (service_name, tool) group_left ()',
  `(${sumBy('service_name, tool', increase(CALLS))} > 0)`,
].join(' ');

export const toolPerformance = (): Dashboard => ({
  uid: 'mcp-tool-performance',
  title: 'MCP / Tool performance',
  description: 'How often each tool is called, how long it takes, and why it fails.',
  byTool: true,
  panels: [
    bars({
      id: 1,
      title: 'Invocations',
      description: 'Calls of each tool within the time range, however they ended.',
      unit: 'short',
      width: 8,
      queries: [
        [sumBy('service_name, tool', increase(CALLS, '$__range')), '{{service_name}} {{tool}}'],
      ],
    }),
    heatmap({
      id: 2,
      title: 'Latency distribution',
      description: 'Calls by the time that they took; the darker, the more.',
      unit: 'ms',
      width: 16,
      queries: [[sumBy('le', increase(DURATIONS, '$__rate_interval')), '{{le}}']],
    }),
    lines({
      id: 3,
      title: 'Error rate by tool and error',
      description:
        'The share of the calls of a tool that it answered with an error, by which it was.',
      unit: 'percentunit',
      width: 24,
      queries: [[ERROR_SHARE, '{{service_name}} {{tool}} {{error}}']],
    }),
  ],
});
