import type { Parameters } from './parameters';

/** The sections of docs/runbooks.md that are a panel of the dashboard of runbooks, in its order. */
export const RUNBOOKS = [
  'McpHighErrorRate',
  'McpHighLatency',
  'McpServiceDown',
  'McpToolFailures',
  'Telemetry is being dropped',
] as const;

export type Runbook = (typeof RUNBOOKS)[number];

/** A panel's number on that dashboard. */
export const panelOf = (runbook: Runbook): number => RUNBOOKS.indexOf(runbook) + 1;

/** Where one is read by itself. */
export const runbookUrl = ({ grafana }: Parameters['links'], runbook: Runbook): string =>
  `${grafana}/d/mcp-runbooks?viewPanel=${panelOf(runbook)}`;
