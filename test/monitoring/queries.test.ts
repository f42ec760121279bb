import { alerts } from '../../examples/monitoring/generate/rules/alerts';
import { recordings } from '../../examples/monitoring/generate/rules/recording';
import { hastened, PARAMETERS } from '../../examples/monitoring/generate/parameters';
import { chosen, dashboards, panelQueries } from '../support/dashboards';
import { namesIn } from '../support/promql';
import { SERIES } from './contract-names';

// What the dashboards and the rules ask for is what the contract has.

const RECORDED = Object.values(recordings(PARAMETERS));
const ALERTS = alerts({
  ...PARAMETERS,
  serviceDown: { ...PARAMETERS.serviceDown, alwaysBusy: ['web'] },
});

function unknownIn(query: string, others: readonly string[] = []) {
  const { metrics, labels } = namesIn(query);
  const series = metrics.filter((name) => !others.includes(name));
  const known = new Set([...series.flatMap((name) => SERIES.get(name) ?? []), 'service_name']);
  return [
    ...series.filter((name) => !SERIES.has(name)),
    ...(series.length === 0 ? [] : labels.filter((name) => !known.has(name))),
  ];
}

test('the contract’s names are those that the databases hold', () => {
  expect([...SERIES.keys()]).toEqual(
    expect.arrayContaining([
      'mcp_requests_total',
      'mcp_requests_duration_milliseconds_bucket',
      'mcp_tools_errors_total',
      'mcp_sessions_active',
      'mcp_server_session_duration_seconds_count',
      'otel_sdk_processor_span_processed_total',
      'otel_sdk_processor_log_queue_size',
    ]),
  );
  expect(SERIES.get('mcp_tools_errors_total')).toEqual(
    expect.arrayContaining(['tool', 'error', 'service_name', 'service_instance_id']),
  );
});

test('a name that is not in the contract, and what is no query, are seen', () => {
  expect(unknownIn('sum by (job) (mcp_request_total{tol="a"})')).toEqual([
    'mcp_request_total',
    'job',
    'tol',
  ]);
  expect(unknownIn('sum by (le) (mcp_requests_total)')).toEqual(['le']);
  expect(() => namesIn('sum by job (mcp_requests_total)')).toThrow('no PromQL');
});

test.each(panelQueries())('$name asks for what there is', ({ expr }) => {
  expect(unknownIn(expr)).toEqual([]);
});

test.each(RECORDED)('$record is made of what there is', ({ expr }) => {
  expect(namesIn(expr).metrics).not.toEqual([]);
  expect(unknownIn(expr)).toEqual([]);
});

test.each(ALERTS)('$alert looks at what is recorded', ({ expr }) => {
  const recorded = RECORDED.map(({ record }) => record);
  expect(recorded).toEqual(expect.arrayContaining([namesIn(expr).metrics[0]]));
  expect(unknownIn(expr, recorded)).toEqual([]);
});

test('dashboards do not need the rules', () => {
  const recorded = RECORDED.map(({ record }) => record);
  const asked = panelQueries().flatMap(({ expr }) => namesIn(expr).metrics);
  expect(asked.filter((name) => recorded.includes(name))).toEqual([]);
});

test('the choices of a dashboard come from series that there are', () => {
  const asked = dashboards().flatMap(({ templating }) =>
    (templating?.list ?? []).flatMap(({ type, query }) => (type === 'query' ? [query!] : [])),
  );
  expect(asked).toHaveLength(5);
  for (const query of asked) {
    const [, series, label] = /^label_values\((.+), (\w+)\)$/.exec(chosen(query))!;
    expect(unknownIn(`sum by (${label}) (${series})`)).toEqual([]);
  }
});

test('hastened rules differ in durations alone', () => {
  const slow = JSON.stringify([RECORDED, alerts(PARAMETERS)]);
  const fast = hastened(PARAMETERS, 15);
  const [over, silence] = [/5m/g, /\b90s\b/g];
  const expected = slow
    .replace(/\[1h:15s\]/g, '[4m:1s]')
    .replace(/\[1h\]/g, '[4m]')
    .replace(over, '20s')
    .replace(silence, '6s')
    .replace(/for 2m/g, 'for 8s')
    .replace('/ 5"', `/ ${1 / 3}"`)
    .replace(/"for":300/g, '"for":20')
    .replace(/"for":30/g, '"for":2');
  expect(JSON.stringify([Object.values(recordings(fast)), alerts(fast)])).toBe(expected);
});
