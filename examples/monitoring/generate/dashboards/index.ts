import { readFileSync } from 'node:fs';
import type { Parameters } from '../parameters';
import { framed } from './dashboard';
import { runbooks } from './runbooks';
import { serviceOverview } from './service-overview';
import { sessionAnalysis } from './session-analysis';
import { telemetryHealth } from './telemetry-health';
import { toolPerformance } from './tool-performance';

/** The dashboards in Grafana's JSON model, by the names of their files. */
export const DASHBOARDS: Readonly<Record<string, (parameters: Parameters) => object>> = {
  'service-overview': (parameters) => framed(serviceOverview(parameters), parameters.links),
  'tool-performance': ({ links }) => framed(toolPerformance(), links),
  'session-analysis': (parameters) => framed(sessionAnalysis(parameters), parameters.links),
  'telemetry-health': ({ links }) => framed(telemetryHealth(), links),
  runbooks: () => runbooks(readFileSync('docs/runbooks.md', 'utf8')),
};
