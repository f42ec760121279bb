import type { Dashboard } from './dashboard';
import { bars, lines } from './panels';
import { increase, of, secondsSinceGrowth, secondsSinceSample, sumBy } from './queries';

const RECORDS = [
  ['span', 'spans'],
  ['log', 'log records'],
] as const;

const processed = (record: string, ...matchers: string[]): string =>
  of(`otel_sdk_processor_${record}_processed_total`, ...matchers);
const exported = (record: string): string => processed(record, 'error_type=""');
/** It is in each export of metrics. */
const WITH_EACH_EXPORT = of('mcp_sessions_active');

export const telemetryHealth = (): Dashboard => ({
  uid: 'mcp-telemetry-health',
  title: 'MCP / Telemetry health',
  description:
    'Whether all that there was has left the services. What a collector does with it is not seen here.',
  panels: [
    lines({
      id: 1,
      title: 'Exported',
      description:
        'Spans and log records that a receiver took within the window, and exports of metrics that arrived here.',
      unit: 'short',
      width: 12,
      queries: [
        ...RECORDS.map(
          ([record, records]) =>
            [
              sumBy('service_name', increase(exported(record))),
              `{{service_name}} ${records}`,
            ] as const,
        ),
        [
          sumBy('service_name', `count_over_time(${WITH_EACH_EXPORT}[\${interval}s])`),
          '{{service_name}} metrics',
        ],
      ],
    }),
    lines({
      id: 2,
      title: 'Dropped',
      description:
        'Spans, log records and lines on stderr that came to nothing since their process was started, and why. See the runbook.',
      unit: 'short',
      width: 12,
      queries: RECORDS.map(([record]) => [
        sumBy('service_name, otel_component_name, error_type', processed(record, 'error_type!=""')),
        '{{service_name}} {{otel_component_name}}: {{error_type}}',
      ]),
    }),
    lines({
      id: 3,
      title: 'Queue',
      description:
        'Spans and log records that wait for their receiver, as a share of what may wait.',
      unit: 'percentunit',
      width: 12,
      queries: RECORDS.map(([record, records]) => [
        [
          sumBy('service_name', of(`otel_sdk_processor_${record}_queue_size`)),
          '/',
          sumBy('service_name', of(`otel_sdk_processor_${record}_queue_capacity`)),
        ].join(' '),
        `{{service_name}} ${records}`,
      ]),
    }),
    bars({
      id: 4,
      title: 'Since the last success',
      description:
        'Time since a receiver last took spans or log records, to within a minute, and since metrics last arrived here. An idle service has nothing but metrics to send.',
      unit: 's',
      width: 12,
      queries: [
        ...RECORDS.map(
          ([record, records]) =>
            [
              secondsSinceGrowth('service_name', exported(record)),
              `{{service_name}} ${records}`,
            ] as const,
        ),
        [secondsSinceSample('service_name', WITH_EACH_EXPORT), '{{service_name}} metrics'],
      ],
    }),
  ],
});
