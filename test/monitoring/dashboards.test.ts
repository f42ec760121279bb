import { alerts } from '../../examples/monitoring/generate/rules/alerts';
import { PARAMETERS } from '../../examples/monitoring/generate/parameters';
import { RUNBOOKS, runbookUrl } from '../../examples/monitoring/generate/runbooks';
import { dashboards } from '../support/dashboards';

const DASHBOARDS = dashboards();
const byUid = (uid: string) => DASHBOARDS.find((dashboard) => dashboard.uid === uid);
const titlesOf = (uid: string): string[] => byUid(uid)!.panels.map(({ title }) => title);

test('each has what the plan wants of it', () => {
  expect(titlesOf('mcp-service-overview')).toEqual(['Request rate', 'Error rate', 'Latency']);
  expect(titlesOf('mcp-tool-performance')).toEqual([
    'Invocations',
    'Latency distribution',
    'Error rate by tool and error',
  ]);
  expect(titlesOf('mcp-session-analysis')).toEqual([
    'Active sessions',
    'Session duration',
    'Requests per session',
  ]);
  expect(titlesOf('mcp-telemetry-health')).toEqual([
    'Exported',
    'Dropped',
    'Queue',
    'Since the last success',
  ]);
  expect(DASHBOARDS).toHaveLength(5);
});

const WITH_DATA = DASHBOARDS.filter(({ uid }) => uid !== 'mcp-runbooks');

test.each(WITH_DATA)('$title: panels are told apart and explained', ({ panels }) => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  for (const { description, fieldConfig, targets } of panels) {
    expect(description).toMatch(/^[A-Z].{20,}\.$/);
    expect(fieldConfig!.defaults.unit).toBeTruthy();
    expect(targets!.map(({ refId }) => refId)).toEqual(['A', 'B', 'C'].slice(0, targets!.length));
  }
});

test.each(WITH_DATA)('$title: the reader chooses', ({ uid, templating }) => {
  const names = templating!.list.map(({ name }) => name);
  const tool = uid === 'mcp-tool-performance' ? ['tool'] : [];
  expect(names).toEqual(['datasource', 'service', ...tool, 'interval', 'phoenix']);
});

test.each(WITH_DATA)('$title: leads to the others and to Phoenix', (dashboard) => {
  expect(dashboard).toMatchObject({
    tags: ['mcp'],
    links: [
      { type: 'dashboards', tags: ['mcp'], includeVars: true, keepTime: true },
      { type: 'link', url: '${phoenix}/projects' },
    ],
  });
  // Phoenix finds a project by its name, which is the service's.
  expect(JSON.stringify(dashboard)).toContain(
    '"${phoenix}/redirects/projects/${__field.labels.service_name:percentencode}"',
  );
});

test.each(alerts(PARAMETERS))('$alert leads to a dashboard that has its variables', (alert) => {
  const [, uid, query] = /^([\w-]+)\?(.+)$/.exec(alert.dashboard)!;
  const variables = byUid(uid!)!.templating!.list.map(({ name }) => `var-${name}`);
  const given = [...new URLSearchParams(query).keys()];
  expect(given.length).toBeGreaterThan(0);
  expect(variables).toEqual(expect.arrayContaining(given));
});

test.each(RUNBOOKS)('the runbook %s is where its link leads', (title) => {
  const url = new URL(runbookUrl(PARAMETERS.links, title));
  const panels = byUid(url.pathname.replace('/d/', ''))!.panels;
  const panel = panels.find(({ id }) => String(id) === url.searchParams.get('viewPanel'))!;
  expect(panel).toMatchObject({ title, type: 'text' });
  const { content } = panel.options;
  for (const part of ['**It means', '**First looks**', 'remed', 'Phoenix']) {
    expect(content).toContain(part);
  }
  expect(content!.replace(/\(https?:[^)]+\)/g, '')).not.toMatch(/\]\(/);
});
