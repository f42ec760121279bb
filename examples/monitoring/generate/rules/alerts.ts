import { duration } from '../duration';
import type { Parameters } from '../parameters';
import type { Runbook } from '../runbooks';
import { recordings } from './recording';

/** An alerting rule, without what is the same for all. */
export interface Alert {
  readonly why: string;
  readonly alert: Exclude<Runbook, 'Telemetry is being dropped'>;
  readonly severity: 'critical' | 'warning';
  readonly expr: string;
  /** Seconds for which the expression must hold; absent: at once. */
  readonly for?: number;
  readonly summary: string;
  readonly description: string;
  /** The dashboard to look at. */
  readonly dashboard: string;
}

const SERVICE = '{{ $labels.service_name }}';
const TOOL = '{{ $labels.tool }}';

/** The four alerts. All have the label `service_name`, the last one `tool` as well. */
export function alerts(parameters: Parameters): Alert[] {
  const { window, minimumRequests, highErrorRate, highLatency, toolFailures } = parameters;
  const over = duration(window);
  const { requests, errorRatio, p99, toolErrors } = recordings(parameters);
  const isEnough = `and\n${requests.record} >= ${minimumRequests}`;
  const ofEnough = `of at least ${minimumRequests} requests`;
  const limit = percent(highErrorRate.above);
  return [
    {
      why: `More than ${limit} of the requests fail. Two errors in a quiet hour are no rate.`,
      alert: 'McpHighErrorRate',
      severity: 'critical',
      expr: `${errorRatio.record} > ${highErrorRate.above}\n${isEnough}`,
      for: highErrorRate.for,
      summary: `${SERVICE}: requests fail`,
      description: `{{ $value | humanizePercentage }} of the requests to ${SERVICE} in the last ${over} failed, by the tool or by the server. The limit is ${limit}, ${ofEnough}.`,
      dashboard: `mcp-service-overview?var-service=${encoded('service_name')}`,
    },
    {
      why: 'One request in a hundred takes too long.',
      alert: 'McpHighLatency',
      severity: 'warning',
      expr: `${p99.record}${noneOf(highLatency.slowByNature)} > ${highLatency.above}\n${isEnough}`,
      for: highLatency.for,
      summary: `${SERVICE}: requests are slow`,
      description: `One in a hundred requests to ${SERVICE} in the last ${over} took longer than {{ $value | printf "%.0f" }} ms. The limit is ${highLatency.above} ms, ${ofEnough}.`,
      dashboard: `mcp-service-overview?var-service=${encoded('service_name')}`,
    },
    serviceDown(parameters),
    {
      why: 'One tool fails again and again.',
      alert: 'McpToolFailures',
      severity: 'warning',
      expr: `${toolErrors.record} > ${toolFailures.above}`,
      summary: `${SERVICE}: the tool ${TOOL} fails`,
      description: `${TOOL} of ${SERVICE} failed {{ $value | printf "%.1f" }} times a minute in the last ${over}. The limit is ${toolFailures.above}.`,
      dashboard: `mcp-tool-performance?var-service=${encoded('service_name')}&var-tool=${encoded('tool')}`,
    },
  ];
}

function serviceDown(parameters: Parameters): Alert {
  const { silence, for: hold, alwaysBusy } = parameters.serviceDown;
  const { lost } = recordings(parameters);
  const isIdle = alwaysBusy.map((name) => idle(name, duration(silence - hold)));
  const died = `{{ $value }} instance(s) of ${SERVICE} had sessions open and have sent nothing for ${duration(silence)}, and none was started since.`;
  const quiet = `${SERVICE}, which is always busy, has had no request for ${duration(silence)}.`;
  return {
    why: 'A service went away in the middle of a session, or has no requests though it always has some.',
    alert: 'McpServiceDown',
    severity: 'critical',
    expr: [`${lost.record} > 0`, ...isIdle].join('\nor on (service_name)\n'),
    for: hold,
    summary: `${SERVICE}: the service is down`,
    description:
      isIdle.length === 0 ? died : `{{ if gt $value 0.0 }}${died}{{ else }}${quiet}{{ end }}`,
    dashboard: `mcp-session-analysis?var-service=${encoded('service_name')}`,
  };
}

/** 0 while a service has no requests, also where it was never heard of. */
function idle(service: string, over: string): string {
  const name = JSON.stringify(service);
  // In a replacement a dollar begins the name of a group.
  const replacement = JSON.stringify(service.replaceAll('$', '$$$$'));
  return [
    '(',
    `  label_replace(vector(0), "service_name", ${replacement}, "", "")`,
    'unless on (service_name)',
    `  sum by (service_name) (increase(mcp_requests_total{service_name=${name}}[${over}])) > 0`,
    ')',
  ].join('\n');
}

/** As `humanizePercentage` has it, in four digits: 0.07 * 100 has more. */
const percent = (share: number): string => `${Number((share * 100).toPrecision(4))}%`;

/** A matcher of all other services. */
const noneOf = (services: readonly string[]): string => {
  const names = services.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return names.length === 0 ? '' : `{service_name!~${JSON.stringify(names.join('|'))}}`;
};

const encoded = (label: string): string => `{{ $labels.${label} | urlquery }}`;
