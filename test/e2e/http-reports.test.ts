import { startReceiver, type Receiver } from '../support/receiver';
import { stopAll } from '../support/cli';
import { ask } from '../support/http-client';
import { startHttpServer, type HttpServer } from '../support/http-server';
import { HttpSession } from '../support/http-session';
import { parsePrometheus, type PrometheusSample } from '../support/prometheus';
import { version } from '../../package.json';

// What the server tells of itself beside MCP: GET /health and GET /metrics.

let receiver: Receiver | undefined;
afterEach(async () => {
  await stopAll();
  await receiver?.close();
  receiver = undefined;
});

const DIVISION = {
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'divide', arguments: { a: 1, b: 0 } },
};

const health = async (server: HttpServer) => JSON.parse((await ask(server.at('/health'))).text);

test('/health: version, uptime, sessions, and how each signal is exported', async () => {
  receiver = await startReceiver();
  const server = await startHttpServer({ env: receiver.env });
  const session = await HttpSession.begin(server.url);
  await session.request('tools/call', DIVISION.params);
  const { headers, status } = await ask(server.at('/health'));
  expect([status, headers['content-type']]).toEqual([200, 'application/json']);
  expect(headers['cache-control']).toBe('no-store');

  await receiver.waitFor(({ spans, logs }) => spans.length >= 2 && logs.length >= 2);
  // The answer to the last export is on its way.
  let report = await health(server);
  while (report.telemetry.traces.exported < 2 || report.telemetry.logs.waiting > 0) {
    report = await health(server);
  }
  const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  const exporting = { exporters: ['otlp'], last_export: TIME, exported: expect.any(Number) };
  expect(report).toEqual({
    status: 'ok',
    name: 'ts-calculator',
    version,
    uptime_seconds: expect.any(Number),
    sessions: 1,
    telemetry: {
      traces: { ...exporting, exported: 2, dropped: {}, waiting: 0 },
      metrics: exporting,
      logs: { ...exporting, dropped: {}, waiting: 0 },
    },
  });
  await session.end();
  expect(await health(server)).toMatchObject({ sessions: 0 });
});

test('/health without a receiver: what waits for it, and what was dropped', async () => {
  const server = await startHttpServer({
    args: ['--metrics', 'none', '--logs', 'none'],
    env: { OTEL_BSP_MAX_QUEUE_SIZE: '2' },
  });
  for (let i = 0; i < 5; i++) await ask(server.url, { body: DIVISION });
  const report = await health(server);
  expect(report.telemetry).toEqual({
    traces: {
      ...{ exporters: ['otlp'], last_export: null, exported: 0 },
      ...{ dropped: { queue_full: 3 }, waiting: 2 },
    },
    metrics: { exporters: [], last_export: null, exported: 0 },
    logs: { exporters: [], last_export: null, exported: 0, dropped: {}, waiting: 0 },
  });
});

const values = (samples: PrometheusSample[], name: string) =>
  samples
    .filter((sample) => sample.name === name && sample.value !== 0)
    .map(({ labels: { service_name, ...labels }, value }) => ({ service_name, ...labels, value }));

test('/metrics: the same counts as are exported, also where none are', async () => {
  const server = await startHttpServer({
    args: ['--traces', 'none', '--metrics', 'none', '--logs', 'none', '--service-name', 'sums'],
  });
  const session = await HttpSession.begin(server.url);
  await ask(server.url, { body: DIVISION });
  await ask(server.url, { method: 'PUT' });
  const { status, headers, text } = await ask(server.at('/metrics'));
  expect([status, headers['content-type']]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  const samples = parsePrometheus(text);
  expect(new Set(samples.map(({ labels }) => labels['service_name']))).toEqual(new Set(['sums']));
  const ours = { service_name: 'sums' };
  const division = { method: 'tools/call', tool: 'divide', outcome: 'tool_error' };
  const initialize = { method: 'initialize', outcome: 'ok' };
  const requests = [
    { ...ours, ...division, value: 1 },
    { ...ours, ...initialize, value: 1 },
  ];
  expect(values(samples, 'mcp_requests_total')).toEqual(requests);
  expect(values(samples, 'mcp_requests_duration_milliseconds_count')).toEqual(requests);
  expect(values(samples, 'mcp_tools_errors_total')).toEqual([
    { ...ours, tool: 'divide', error: 'division_by_zero', value: 1 },
  ]);
  expect(values(samples, 'mcp_sessions_active')).toEqual([{ ...ours, value: 1 }]);
  expect(values(samples, 'mcp_http_refused_total')).toEqual([
    { ...ours, http_response_status_code: '405', error_type: 'method_not_allowed', value: 1 },
  ]);
  await session.end();
});

test('with OTEL_SDK_DISABLED there are no metrics to be had', async () => {
  const server = await startHttpServer({ env: { OTEL_SDK_DISABLED: 'true' } });
  expect(await ask(server.at('/metrics'))).toMatchObject({
    status: 404,
    text: expect.stringContaining('OTEL_SDK_DISABLED'),
  });
  expect(await ask(server.at('/health'))).toMatchObject({ status: 200 });
});
