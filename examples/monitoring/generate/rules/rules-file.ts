import { duration } from '../duration';
import type { Parameters } from '../parameters';
import { runbookUrl } from '../runbooks';
import { yaml, type Plain } from '../yaml';
import { alerts, type Alert } from './alerts';
import { recordings } from './recording';

const HEAD = `# For Prometheus and vmalert. Made of examples/monitoring/generate/parameters.ts by \`npm run docs\`:
# thresholds and windows are changed there.`;

/** The rules as a file that Prometheus and vmalert read: one group, whose alerts see what it recorded. */
export function rulesFile(parameters: Parameters): string {
  const rules = [
    ...Object.values(recordings(parameters)).map(({ why, record, expr }) =>
      commented(why, { record, expr }),
    ),
    ...alerts(parameters).map((alert) => commented(alert.why, alertingRule(alert, parameters))),
  ];
  const group = { name: 'mcp', interval: duration(parameters.evaluationInterval) };
  return `${HEAD}\ngroups:\n${yaml([group], '  ')}\n    rules:\n${rules.join('\n\n')}\n`;
}

function alertingRule(alert: Alert, { links }: Parameters) {
  const { expr, severity, summary, description, dashboard } = alert;
  return {
    alert: alert.alert,
    expr,
    ...(alert.for === undefined ? {} : { for: duration(alert.for) }),
    labels: { severity },
    annotations: {
      summary,
      description,
      dashboardURL: `${links.grafana}/d/${dashboard}`,
      runbook_url: runbookUrl(links, alert.alert),
    },
  };
}

function commented(why: string, rule: Plain): string {
  return [why.replace(/^/gm, '      # '), yaml([rule], '      ')].join('\n');
}
