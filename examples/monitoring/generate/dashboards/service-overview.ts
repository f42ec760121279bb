import { ANSWERED, FAILED } from '../matchers';
import type { Parameters } from '../parameters';
import type { Dashboard } from './dashboard';
import { lines } from './panels';
import { of, percentile, perSecond, share } from './queries';

const REQUESTS = of('mcp_requests_total');
const DURATIONS = of('mcp_requests_duration_milliseconds_bucket', ANSWERED);

export const serviceOverview = ({ highErrorRate, highLatency }: Parameters): Dashboard => ({
  uid: 'mcp-service-overview',
  title: 'MCP / Service overview',
  description:
    'How many requests each service gets, how many of them fail, and how long they take.',
  panels: [
    lines({
      id: 1,
      title: 'Request rate',
      description: 'Requests, and lines that were refused, by service. Notifications do not count.',
      unit: 'reqps',
      width: 12,
      queries: [[perSecond('service_name', REQUESTS), '{{service_name}}']],
    }),
    lines({
      id: 2,
      title: 'Error rate',
      description:
        'The share of the requests that the tool or the server failed. What the caller did wrong or took back counts as no error.',
      unit: 'percentunit',
      width: 12,
      limit: highErrorRate.above,
      queries: [
        [share('service_name', of('mcp_requests_total', FAILED), REQUESTS), '{{service_name}}'],
      ],
    }),
    lines({
      id: 3,
      title: 'Latency',
      description: 'The time within which half, 95 and 99 of 100 requests were answered.',
      unit: 'ms',
      width: 24,
      limit: highLatency.above,
      queries: [0.5, 0.95, 0.99].map((quantile) => [
        percentile(quantile, 'service_name', DURATIONS),
        `{{service_name}} p${quantile * 100}`,
      ]),
    }),
  ],
});
