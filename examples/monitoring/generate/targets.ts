import type { Target } from '../../../docs/generate/generate';
import { prettyJson } from '../../../docs/generate/pretty-json';
import { DASHBOARDS } from './dashboards';
import { PARAMETERS } from './parameters';
import { rulesFile } from './rules/rules-file';

/** What `npm run docs` makes for monitoring. */
export const MONITORING_TARGETS: readonly Target[] = [
  { file: 'examples/monitoring/rules/mcp.rules.yml', render: () => rulesFile(PARAMETERS) },
  ...Object.entries(DASHBOARDS).map(([name, build]) => ({
    file: `examples/monitoring/dashboards/${name}.json`,
    render: () => prettyJson(plain(build(PARAMETERS))),
  })),
];

/** Without what the builders leave: functions, and the wish to hide links in a menu. */
const plain = (model: object): unknown =>
  JSON.parse(
    JSON.stringify(model, (key, value: unknown) =>
      key === 'placement' && value === 'inControlsMenu' ? undefined : value,
    ),
  );
