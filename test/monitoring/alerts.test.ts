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
