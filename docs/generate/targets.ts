import { envExample } from './env-example';
import type { Target } from './generate';
import { settingsTable } from './settings-table';
import { TELEMETRY_TARGETS } from './telemetry';

/** All that is generated from the code. A new document is a line here. */
export const TARGETS: readonly Target[] = [
  { file: '.env.example', render: envExample },
  { file: 'README.md', region: 'settings', render: settingsTable },
  ...TELEMETRY_TARGETS,
];
