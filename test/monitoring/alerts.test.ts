import { namesIn } from '../support/promql';
import { alerts } from '../../examples/monitoring/generate/rules/alerts';
import { PARAMETERS } from '../../examples/monitoring/generate/parameters';

test.each([
  [0.05, '5%'],
  [0.07, '7%'],
  [0.125, '12.5%'],
])('a share of %d that fails is a limit of %s', (above, limit) => {
  const { highErrorRate } = PARAMETERS;
  const [alert] = alerts({ ...PARAMETERS, highErrorRate: { ...highErrorRate, above } });
  expect(alert!.description).toContain(` The limit is ${limit}, `);
});

test('services that are slow by nature are left out of McpHighLatency, by their very names', () => {
  const { highLatency } = PARAMETERS;
  const slowByNature = ['fetch', 'a.b (c)', 'it\\'];
  const [, alert] = alerts({ ...PARAMETERS, highLatency: { ...highLatency, slowByNature } });
  expect(alert!.expr.split(' > 500')[0]).toBe(
    String.raw`service_name:mcp_requests_duration_milliseconds:p99_5m{service_name!~"fetch|a\\.b \\(c\\)|it\\\\"}`,
  );
  expect(() => namesIn(alert!.expr)).not.toThrow();
});
