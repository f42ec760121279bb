import { said } from '../e2e/support/answers';
import { stopAll } from '../support/cli';
import { MADE, shortSession } from './support/session';
import { checked, sharedPhoenix } from './support/shared';
import { TOLD } from './support/told';

// Phoenix takes traces only. What is sent of the rest is told of once, and harms nothing.

const phoenix = sharedPhoenix();
afterEach(stopAll);

const OFTEN = { OTEL_METRIC_EXPORT_INTERVAL: '50', OTEL_BLRP_SCHEDULE_DELAY: '20' };

test.each([`${phoenix.url}/v1/metrics`, phoenix.url])(
  'PHOENIX_METRICS_ENDPOINT=%s: told once, and the traces go on',
  async (endpoint) => {
    const project = `metrics-${endpoint.length}`;
    const { cli } = await shortSession({
      env: {
        ...OFTEN,
        OTEL_METRICS_EXPORTER: 'otlp',
        PHOENIX_METRICS_ENDPOINT: endpoint,
        PHOENIX_PROJECT_NAME: project,
      },
    });
    expect(said(cli)).toEqual([TOLD['405 metrics'](`${phoenix.url}/v1/metrics`)]);
    await phoenix.waitForCount(project, MADE);
    checked(MADE);
  },
);

test('all three signals to Phoenix by OTEL_EXPORTER_OTLP_ENDPOINT: the traces arrive', async () => {
  const project = 'all-signals';
  const { cli } = await shortSession({
    env: {
      ...OFTEN,
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_LOGS_EXPORTER: 'otlp',
      PHOENIX_ENDPOINT: '',
      OTEL_EXPORTER_OTLP_ENDPOINT: phoenix.url,
      PHOENIX_PROJECT_NAME: project,
    },
  });
  expect(said(cli).sort()).toEqual(
    [
      TOLD['405 metrics'](`${phoenix.url}/v1/metrics`),
      TOLD['405 logs'](`${phoenix.url}/v1/logs`),
      expect.stringMatching(
        /^WARN telemetry: \d+ log records dropped \(receiver does not take them\)$/,
      ),
    ].sort(),
  );
  await phoenix.waitForCount(project, MADE);
  checked(MADE);
});
