import { dirname } from 'node:path';
import { PARAMETERS } from '../../../examples/monitoring/generate/parameters';
import { rulesFile } from '../../../examples/monitoring/generate/rules/rules-file';
import { startCli, stopAll, type Cli } from '../../support/cli';
import { poll } from '../../support/poll';
import { startChain, type Chain } from '../support/chain';
import { EXPECTED, SILENT, type Expected } from '../support/expected-alerts';
import { FACTOR, FAST } from '../support/fast';
import { ALWAYS_BUSY, FaultyServices } from '../support/faulty-services';
import { blocks, hastenedQuery, printedOf } from '../support/first-looks';
import { debian } from '../support/installed';
import { record } from '../support/record';
import type { Series } from '../support/series';
import type { Notice } from '../support/webhook';

// The whole chain: servers that really fail → OTLP → database → rules → Alertmanager → whom it tells.
// Durations are shorter; thresholds and rules are as they are.

/** It takes less than a minute, on an idle machine. */
const TOLD_MILLIS = 180_000;

/** Services that run, and write log lines. */
const LOOKED_AT = EXPECTED.filter(({ service }) => service !== ALWAYS_BUSY);

jest.setTimeout(3 * TOLD_MILLIS);

let chain: Chain;
let startedAt: number;
let services: FaultyServices;
/** What the queries of the runbooks found while the alerts fired. */
let looks: Series[][];

const serve = async (service: string, ...args: string[]): Promise<Cli> => {
  const cli = startCli({
    args,
    env: {
      ...chain.database.env,
      OTEL_SERVICE_NAME: service,
      OTEL_METRIC_EXPORT_INTERVAL: String(FAST.exportInterval * 1000),
    },
    timeoutMs: 30_000,
  });
  await cli.initialize();
  return cli;
};

const about = ({ alert, service }: { alert: string; service: string }): Notice[] =>
  chain.webhook.notices.filter(
    ({ labels }) => labels.alertname === alert && labels.service_name === service,
  );

/** Waits until all that is expected was told to be so. */
const told = (status: Notice['status']): Promise<unknown> => {
  const missing = () =>
    EXPECTED.filter((each) => !about(each).some((notice) => notice.status === status));
  return poll(async () => missing().length === 0, TOLD_MILLIS, 'all alerts').catch((error) => {
    const names = missing().map(({ alert, service }) => `${alert} of ${service}`);
    throw new Error(`${error.message}; not ${status}: ${names.join(', ')}`);
  });
};

const isOpen = (service: string): Promise<unknown> => {
  const expr = `mcp_sessions_active{service_name="${service}"} > 0`;
  const isThere = async () => (await chain.database.api.query(expr)).length > 0;
  return poll(isThere, TOLD_MILLIS, `an export of ${service}`);
};

/** What the first look of a runbook is. */
function lookAt({ alert, service }: Expected): Promise<Series[]> {
  const [query] = blocks(alert, 'promql');
  return chain.database.api.query(hastenedQuery(query!, service, FACTOR));
}

beforeAll(async () => {
  chain = await startChain({ text: rulesFile(FAST), interval: FAST.evaluationInterval });
  startedAt = Date.now();
  services = new FaultyServices({ serve, isOpen });
  await services.begin();
  await told('firing');
  looks = await Promise.all(LOOKED_AT.map(lookAt));
  await services.mend();
  await told('resolved');
});

afterAll(async () => {
  await services?.end();
  await stopAll();
  await chain?.stop();
});

test.each(EXPECTED)('$alert of $service is told, and its end', (expected) => {
  const { alert, service, severity, tool, description, least, most, dashboard, runbook } = expected;
  const notices = about(expected);
  expect(notices.map(({ status }) => status)).toEqual(['firing', 'resolved']);
  const { labels, annotations } = notices[0]!;
  const begins = new RegExp(`^${description}`);
  expect(labels).toEqual({
    alertname: alert,
    service_name: service,
    severity,
    ...(tool && { tool }),
  });
  const { grafana } = PARAMETERS.links;
  expect(annotations).toEqual({
    summary: expect.stringMatching(new RegExp(`^${service}: `)),
    description: expect.stringMatching(begins),
    dashboardURL: `${grafana}/d/${dashboard}`,
    runbook_url: `${grafana}/d/${runbook}`,
  });
  const number = Number(begins.exec(annotations.description!)![1]);
  expect(number).toBeGreaterThanOrEqual(least);
  expect(number).toBeLessThanOrEqual(most);
});

test.each(LOOKED_AT)('the runbook of $alert leads to $service', (expected) => {
  const { alert, service, tool = 'divide' } = expected;
  expect(looks[LOOKED_AT.findIndex((each) => each === expected)]).not.toEqual([]);
  const [command] = blocks(alert, 'sh');
  expect(printedOf(command!.replace('divide', tool), services.logOf(service))).toContain(
    ` - ${service} - `,
  );
});

test('an alert can be silenced as the runbook has it', () => {
  const [silence] = blocks('When an alert fires', 'sh');
  const { host } = new URL(chain.alertmanager);
  const path = `${dirname(debian('amtool'))}:${process.env.PATH}`;
  const id = printedOf(silence!.replace('localhost:9093', host), '', path).trim();
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
});

test('nothing else is told', () => {
  const known = EXPECTED.flatMap(about);
  expect(chain.webhook.notices.filter((notice) => !known.includes(notice))).toEqual([]);
});

test.each(SILENT)('nothing fires for the service that is %s', async (service) => {
  const { api } = chain.database;
  const seconds = Math.ceil((Date.now() - startedAt) / 1000);
  const [requests] = await api.query(
    `sum(last_over_time(mcp_requests_total{service_name="${service}"}[${seconds}s]))`,
  );
  expect(requests!.points[0]![1]).toBeGreaterThan(0);
  const alerts = `ALERTS{service_name="${service}", alertstate="firing"}`;
  expect(await api.query(`count_over_time(${alerts}[${seconds}s])`)).toEqual([]);
});

// Else that none is found above would say nothing.
test('what fires is found in the database', async () => {
  const { api } = chain.database;
  const seconds = Math.ceil((Date.now() - startedAt) / 1000);
  const firing = await api.query(
    `count by (alertname, service_name) (count_over_time(ALERTS{alertstate="firing"}[${seconds}s]))`,
  );
  expect(firing).toHaveLength(EXPECTED.length);
});

test('the record', () => {
  const { notices } = chain.webhook;
  expect(notices.length).toBeGreaterThanOrEqual(2 * EXPECTED.length);
  const { grafana } = PARAMETERS.links;
  record(
    'alerts',
    ['seconds', 'status', 'alert', 'severity', 'labels', 'description when told', 'links'],
    notices.map(({ at, status, labels, annotations }) => {
      const { alertname, severity, ...others } = labels;
      return [
        ((at - startedAt) / 1000).toFixed(),
        status,
        alertname!,
        severity!,
        Object.entries(others)
          .map(([name, value]) => `${name}="${value}"`)
          .join(', '),
        annotations.description!,
        `${annotations.dashboardURL} ${annotations.runbook_url}`.replaceAll(grafana, ''),
      ];
    }),
  );
});
