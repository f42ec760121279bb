import { OWN_LABELS, RESOURCE } from '../../../monitoring/contract-names';
import { DATABASE } from '../chosen';

/** The labels of a series, its name among them. */
type Held = Readonly<Record<string, string>>;

/** What the way into a database does to the labels of the resource, and what it adds. */
const WAYS = {
  // The collector: `job` and `instance` are the service's name and instance once more.
  prometheus: {
    adds: ['job', 'instance', 'otel_scope_name', 'otel_scope_version'],
    leavesOut: ['mcp_protocol_version'],
  },
  victoria: { adds: ['scope_name', 'scope_version'], leavesOut: [] as string[] },
};

/** What OpenTelemetry's exporters and the collector tell beside the contract. */
const OTHERS = /^(otel_sdk_exporter_\w+|target_info)$/;

/** Labels that this load does not make. */
const NOT_MADE: readonly { metric: string; labels: readonly string[]; why: string }[] = [
  {
    metric: 'mcp_client_operation_duration_seconds',
    labels: ['gen_ai_tool_name', 'gen_ai_operation_name', 'error_type', 'rpc_response_status_code'],
    why: 'the observed server asks for a ping alone, and is answered',
  },
  {
    metric: 'mcp_client_operation_duration_seconds',
    labels: ['service_version'],
    why: 'the observed server says none',
  },
];

/** The labels that a series of the contract has in the database that was chosen, when all were made. */
export function labelsToBeHeld(name: string): string[] {
  const { adds, leavesOut } = WAYS[DATABASE];
  const notMade = NOT_MADE.filter(({ metric }) => name.startsWith(metric)).flatMap(
    ({ labels }) => labels,
  );
  const ofResource = RESOURCE.filter((label) => !leavesOut.includes(label));
  const all = new Set([...OWN_LABELS.get(name)!, ...ofResource, ...adds]);
  return [...all].filter((label) => !notMade.includes(label)).sort();
}

/** The labels that any series of the name has. */
export function labelsHeld(held: readonly Held[], name: string): string[] {
  const all = held.filter(({ __name__ }) => __name__ === name).flatMap(Object.keys);
  return [...new Set(all)].filter((label) => label !== '__name__').sort();
}

/** What there is, but for what others tell. */
export const namesHeld = (held: readonly Held[]): string[] =>
  [...new Set(held.map(({ __name__ }) => __name__!))].filter((name) => !OTHERS.test(name)).sort();
