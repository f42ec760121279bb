import { MONITORING_TARGETS } from '../../examples/monitoring/generate/targets';
import { envExample } from './env-example';
import type { Target } from './generate';
import { LICENSE_TARGET } from './licenses';
import { settingsTable } from './settings-table';
import { TELEMETRY_TARGETS } from './telemetry';
import { toolsTable } from './tools-table';

/** All that is generated from the code. A new document is a line here. */
export const TARGETS: readonly Target[] = [
  { file: '.env.example', render: envExample },
  { file: 'README.md', region: 'tools', render: toolsTable },
  { file: 'README.md', region: 'settings', render: settingsTable },
  ...TELEMETRY_TARGETS,
  ...MONITORING_TARGETS,
  LICENSE_TARGET,
];
