import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  AnnotationQueryBuilder,
  CustomVariableBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  VariableRefresh,
  VariableSort,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Parameters } from '../parameters';
import { DATASOURCE } from './datasource';

const TAG = 'mcp';

export interface Dashboard {
  /** The name that links have; its file's name. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly panels: readonly Builder<Panel>[];
  /** Whether the reader may choose among the tools. */
  readonly byTool?: boolean;
}

/** A dashboard with what all have: the reader's choices, links to the others and to Phoenix, alerts. */
export function framed(
  { uid, title, description, panels, byTool }: Dashboard,
  links: Parameters['links'],
) {
  const builder = base(uid, title, description)
    .time({ from: 'now-1h', to: 'now' })
    .refresh('30s')
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([
      new DatasourceVariableBuilder('datasource').label('Database').type('prometheus'),
      choice('service', 'Service', 'label_values(mcp_requests_total, service_name)'),
      ...(byTool
        ? [
            choice(
              'tool',
              'Tool',
              'label_values(mcp_tools_calls_total{service_name=~"$service"}, tool)',
            ),
          ]
        : []),
      new CustomVariableBuilder('interval')
        .label('Window')
        .values('1m : 60, 5m : 300, 15m : 900, 1h : 3600')
        .current({ text: '5m', value: '300' }),
      new TextBoxVariableBuilder('phoenix').label('Phoenix').defaultValue(links.phoenix),
    ])
    .annotation(firing())
    .link(
      new DashboardLinkBuilder('Phoenix')
        .type(DashboardLinkType.Link)
        .url('${phoenix}/projects')
        .targetBlank(true),
    );
  for (const panel of panels) builder.withPanel(panel);
  return builder.build();
}

/** What a dashboard without data has. */
export const base = (uid: string, title: string, description: string): DashboardBuilder =>
  new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([TAG])
    .timezone('browser')
    .editable()
    .links([
      new DashboardLinkBuilder('MCP')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .includeVars(true)
        .keepTime(true),
    ]);

/** One, several or all of a label's values. */
const choice = (name: string, label: string, query: string): QueryVariableBuilder =>
  new QueryVariableBuilder(name)
    .label(label)
    .datasource(DATASOURCE)
    .query(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ selected: true, text: 'All', value: '$__all' });

/** Marks where an alert fires, where the rules are loaded. */
const firing = (): AnnotationQueryBuilder =>
  new AnnotationQueryBuilder()
    .name('Alerts')
    .datasource(DATASOURCE)
    .enable(true)
    .iconColor('red')
    .expr('ALERTS{alertname=~"Mcp.+", alertstate="firing", service_name=~"$service"}')
    .titleFormat('{{alertname}}')
    .textFormat('{{service_name}} {{tool}}');
