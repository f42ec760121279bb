import { duration } from '../../../examples/monitoring/generate/duration';
import { ALWAYS_BUSY } from './faulty-services';
import { FAST } from './fast';

const WINDOW = duration(FAST.window);
const SILENCE = duration(FAST.serviceDown.silence);

/** An alert that fires and ends. */
export interface Expected {
  readonly alert: string;
  readonly service: string;
  readonly severity: 'critical' | 'warning';
  readonly tool?: string;
  /** How it begins; a group is the number that it tells, which is between `least` and `most`. */
  readonly description: string;
  readonly least: number;
  readonly most: number;
  /** What the links are, below Grafana's address. */
  readonly dashboard: string;
  readonly runbook: string;
}

export const EXPECTED: readonly Expected[] = [
  {
    alert: 'McpHighErrorRate',
    service: 'failing',
    severity: 'critical',
    description: `(\\S+)% of the requests to failing in the last ${WINDOW} failed`,
    least: 30,
    most: 70,
    dashboard: 'mcp-service-overview?var-service=failing',
    runbook: 'mcp-runbooks?viewPanel=1',
  },
  {
    alert: 'McpHighLatency',
    service: 'slow',
    severity: 'warning',
    description: `One in a hundred requests to slow in the last ${WINDOW} took longer than (\\d+) ms`,
    // Of the bucket in which 600 ms are.
    least: 500,
    most: 1000,
    dashboard: 'mcp-service-overview?var-service=slow',
    runbook: 'mcp-runbooks?viewPanel=2',
  },
  {
    alert: 'McpServiceDown',
    service: 'killed',
    severity: 'critical',
    description: `(\\d+) instance.s. of killed had sessions open and have sent nothing for ${SILENCE}`,
    least: 1,
    most: 1,
    dashboard: 'mcp-session-analysis?var-service=killed',
    runbook: 'mcp-runbooks?viewPanel=3',
  },
  {
    alert: 'McpServiceDown',
    service: 'observed',
    severity: 'critical',
    description: `(\\d+) instance.s. of observed had sessions open and have sent nothing for ${SILENCE}`,
    least: 1,
    most: 1,
    dashboard: 'mcp-session-analysis?var-service=observed',
    runbook: 'mcp-runbooks?viewPanel=3',
  },
  {
    alert: 'McpServiceDown',
    service: ALWAYS_BUSY,
    severity: 'critical',
    description: `always busy & asked, which is always busy, has had no request for (\\d+)s`,
    least: FAST.serviceDown.silence,
    most: FAST.serviceDown.silence,
    dashboard: 'mcp-session-analysis?var-service=always+busy+%26+asked',
    runbook: 'mcp-runbooks?viewPanel=3',
  },
  {
    alert: 'McpToolFailures',
    service: 'dividing',
    severity: 'warning',
    tool: 'divide',
    description: `divide of dividing failed (\\S+) times a minute in the last ${WINDOW}`,
    // Told as soon as it is above the limit; one call in 25 fails, of 10 a second.
    least: 10,
    most: 30,
    dashboard: 'mcp-tool-performance?var-service=dividing&var-tool=divide',
    runbook: 'mcp-runbooks?viewPanel=4',
  },
  // A service whose requests fail at a rate has a tool that fails again and again.
  {
    alert: 'McpToolFailures',
    service: 'failing',
    severity: 'warning',
    tool: 'add',
    description: `add of failing failed (\\S+) times a minute in the last ${WINDOW}`,
    // One call in two fails, of 5 a second.
    least: 10,
    most: 200,
    dashboard: 'mcp-tool-performance?var-service=failing&var-tool=add',
    runbook: 'mcp-runbooks?viewPanel=4',
  },
];
/** Services that nothing is told of. */
export const SILENT = ['quiet', 'busy', 'ended', 'restarted'];
