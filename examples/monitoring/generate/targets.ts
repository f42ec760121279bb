import type { Target } from '../../../docs/generate/generate';
import { PARAMETERS } from './parameters';
import { rulesFile } from './rules/rules-file';

/** What `npm run docs` makes for monitoring. */
export const MONITORING_TARGETS: readonly Target[] = [
  { file: 'examples/monitoring/rules/mcp.rules.yml', render: () => rulesFile(PARAMETERS) },
];
