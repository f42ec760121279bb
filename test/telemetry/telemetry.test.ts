import { PassThrough } from 'node:stream';
import { loadSettings } from '../../src/config';
import type { SignalName } from '../../src/config/settings';
import type { NumberMetric } from '../../src/telemetry/metrics/snapshot';
import { Want, type Batch, type PipelineInit } from '../../src/telemetry/pipeline';
import { Stderr } from '../../src/telemetry/stderr';
import { Telemetry } from '../../src/telemetry/telemetry';
import type { TelemetryOptions } from '../../src/telemetry/telemetry-options';
import type { WorkerHost } from '../../src/telemetry/worker-pipeline';
import { operation, SORTS } from './operations';

let telemetry: Telemetry;
let init: PipelineInit;
let host: WorkerHost;
let batches: Batch[];
let starts: number;
let finish: () => void;
let stderr: PassThrough;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function start(
  env: Record<string, string> = {},
  more: Pick<TelemetryOptions, 'httpRefusals'> = {},
): void {
  const { settings } = loadSettings({ flags: {}, env, packageVersion: '1.2.3' });
  batches = [];
  starts = 0;
  stderr = new PassThrough();
  telemetry = new Telemetry({
    settings,
    ...more,
    tools: new Map([['add', { description: 'adds', parameters: '{}' }]]),
    protocolVersion: '2025-11-25',
    packageVersion: '1.2.3',
    command: 'x',
    stderr: new Stderr(stderr),
    startPipeline: (given, givenHost) => {
      starts++;
      [init, host] = [given, givenHost];
      return {
        accept: (batch) => batches.push(batch),
        learnTools: () => undefined,
        shutdown: () => new Promise((resolve) => (finish = resolve)),
      };
    },
  });
}

const said = (): string => (stderr.read() as Buffer | null)?.toString() ?? '';
const wants = (): number[] => batches.flatMap((batch) => [...batch.wants, ...batch.entryWants]);
const record = (count: number): void => {
  for (let i = 0; i < count; i++) telemetry.record(operation());
};
async function value(name: string, reason?: string): Promise<number> {
  const { metrics } = await host.pull();
  const { points } = metrics.find((metric) => metric.name === name) as NumberMetric;
  return points
    .filter(({ labels }) => reason === undefined || labels['error.type'] === reason)
    .reduce((sum, point) => sum + point.value, 0);
}

const ALL = Want.line | Want.logRecord | Want.span;

test('the pipeline starts with the first records, or soon without any', () => {
  start();
  expect(starts).toBe(0);
  jest.advanceTimersByTime(1_000);
  expect(starts).toBe(1);
  record(1);
  jest.advanceTimersByTime(20);
  expect([starts, batches.length]).toEqual([1, 1]);
});

test('what is told keeps its order: of a batch, entries are first', () => {
  start();
  telemetry.log('info', 'first');
  record(2);
  telemetry.log('info', 'then');
  telemetry.log('info', 'last');
  record(1);
  jest.advanceTimersByTime(1_000);
  const told = batches.map(({ entries, wants }) => [
    entries.map((one) => one.message),
    wants.length,
  ]);
  expect(told).toEqual([
    [['first'], 2],
    [['then', 'last'], 1],
  ]);
});

test('records go together: after a moment, or as soon as there are many', () => {
  start();
  record(3);
  expect(batches).toHaveLength(0);
  jest.advanceTimersByTime(20);
  expect(batches.map((batch) => batch.wants.length)).toEqual([3]);
  record(512);
  expect(batches.map((batch) => batch.wants.length)).toEqual([3, 512]);
  jest.advanceTimersByTime(1_000);
  expect(batches).toHaveLength(2);
});

test.each([
  ['a call', {}, SORTS.call, ALL],
  ['a notification, told at DEBUG only', {}, SORTS.notification, Want.span],
  ['not sampled', {}, operation({ sampled: false }), Want.line | Want.logRecord],
  ['no traces', { OTEL_TRACES_EXPORTER: 'none' }, SORTS.call, Want.line | Want.logRecord],
  ['no logs', { OTEL_LOGS_EXPORTER: 'none' }, SORTS.call, Want.line | Want.span],
  ['disabled', { OTEL_SDK_DISABLED: 'true' }, SORTS.call, Want.line],
  ['quiet', { TS_CALCULATOR_LOG_LEVEL: 'error' }, SORTS.call, Want.span],
])('what is made of an operation: %s', (_, env, op, want) => {
  start(env as Record<string, string>);
  telemetry.record(op);
  jest.advanceTimersByTime(20);
  expect(wants()).toEqual([want]);
});

test('what nothing is made of is not handed over, but counted', async () => {
  start({ OTEL_TRACES_EXPORTER: 'none', TS_CALCULATOR_LOG_LEVEL: 'error' });
  record(3);
  jest.advanceTimersByTime(1_000);
  expect(batches).toHaveLength(0);
  expect(await value('mcp.requests.total')).toBe(3);
});

test('a full queue drops records, never counts or lines', async () => {
  start({ OTEL_BSP_MAX_QUEUE_SIZE: '2', OTEL_BLRP_MAX_QUEUE_SIZE: '3' });
  record(4);
  jest.advanceTimersByTime(20);
  expect(wants()).toEqual([ALL, ALL, Want.line | Want.logRecord, Want.line]);
  expect(await value('mcp.requests.total')).toBe(4);
  expect(await value('otel.sdk.processor.span.processed', 'queue_full')).toBe(2);
  expect(await value('otel.sdk.processor.log.processed', 'queue_full')).toBe(1);
  host.settled({ signal: 'spans', count: 1, fate: 'exported' });
  record(2);
  expect(await value('otel.sdk.processor.span.processed', 'queue_full')).toBe(3);
});

test('a record is handed over soon, and those of a busy time all together', () => {
  start();
  record(1);
  jest.advanceTimersByTime(20);
  expect(batches).toHaveLength(1);
  for (let i = 0; i < 8; i++) {
    record(1);
    jest.advanceTimersByTime(10);
  }
  expect(batches).toHaveLength(1);
  jest.advanceTimersByTime(20);
  expect(batches.map(({ wants }) => wants.length)).toEqual([1, 8]);
  jest.advanceTimersByTime(1_000);
  record(1);
  jest.advanceTimersByTime(20);
  expect(batches).toHaveLength(3);
});

describe('a line of an observed server', () => {
  const line = {
    time: 1,
    level: 'info',
    message: 'm',
    attributes: { 'log.iostream': 'stderr' },
  } as const;
  const entries = () => batches.flatMap((batch) => batch.entries);

  test('is a log record alone, of the service: on stderr it stands already', () => {
    start({ OTEL_SERVICE_NAME: 'time' });
    telemetry.serverLine(line);
    jest.advanceTimersByTime(20);
    expect(entries()).toEqual([{ ...line, logger: 'time' }]);
    expect(wants()).toEqual([Want.logRecord]);
    expect(said()).toBe('');
  });

  test.each<[string, Record<string, string>]>([
    ['no logs are sent', { OTEL_LOGS_EXPORTER: 'none' }],
    ['nothing is', { OTEL_SDK_DISABLED: 'true' }],
    ['less is wanted', { TS_CALCULATOR_LOG_LEVEL: 'warn' }],
  ])('is nothing where %s', async (_, env) => {
    start(env);
    telemetry.serverLine(line);
    jest.advanceTimersByTime(1_000);
    expect(batches).toEqual([]);
  });

  test('is dropped and counted where the queue is full', async () => {
    start({ OTEL_BLRP_MAX_QUEUE_SIZE: '2' });
    for (let i = 0; i < 5; i++) telemetry.serverLine(line);
    jest.advanceTimersByTime(20);
    expect(wants()).toEqual([Want.logRecord, Want.logRecord]);
    expect(await value('otel.sdk.processor.log.processed', 'queue_full')).toBe(3);
  });
});

describe('a crash', () => {
  test('loses what was handed over, and no more', async () => {
    start();
    record(5);
    jest.advanceTimersByTime(20);
    host.settled({ signal: 'spans', count: 2, fate: 'exported' });
    record(3);
    host.crashed(new Error('bang'), true);
    expect(said()).toMatch(
      /ERROR .*telemetry: the worker crashed \(bang\): 3 spans and 5 log records lost; it is started again\n$/,
    );
    expect(await value('otel.sdk.processor.span.processed', 'crashed')).toBe(3);
    expect(await value('otel.sdk.processor.log.processed', 'crashed')).toBe(5);
    expect(await value('otel.sdk.processor.span.queue.size')).toBe(3);

    jest.advanceTimersByTime(100);
    // Written on stderr already, it is a log record only.
    expect(batches[1]).toMatchObject({ wants: [ALL, ALL, ALL], entryWants: [Want.logRecord] });
    host.settled({ signal: 'spans', count: 3, fate: 'exported' });
    expect(await value('otel.sdk.processor.span.queue.size')).toBe(0);
  });

  test('what could not be kept is counted too', async () => {
    start();
    record(2);
    jest.advanceTimersByTime(20);
    host.lost({ spans: 2, logs: 2, lines: 2 });
    expect(await value('otel.sdk.processor.span.processed', 'crashed')).toBe(2);
    expect(await value('otel.sdk.processor.log.processed', 'crashed')).toBe(2);
    expect(await value('otel.sdk.processor.log.processed', 'queue_full')).toBe(2);
  });

  test('the next pipeline goes on from the last export, without its zeros', async () => {
    start();
    jest.advanceTimersByTime(1_000);
    expect(init.exportBaseline).toBe(true);
    record(2);
    const exported = await host.pull();
    record(3);
    const again = host.initAfterCrash();
    expect(again).toMatchObject({ instanceId: init.instanceId, exportBaseline: false });
    expect(again.baseline).toEqual(exported);
  });
});

describe('the end', () => {
  test('waits for the pipeline; where all arrived nothing is told', async () => {
    start();
    record(1);
    const over = telemetry.shutdown(1_000);
    expect(batches).toHaveLength(1);
    host.settled({ signal: 'spans', count: 1, fate: 'exported' });
    host.settled({ signal: 'logs', count: 1, fate: 'exported' });
    finish();
    await over;
    expect(said()).toBe('');
  });

  const LOSS =
    /WARN - .* - telemetry: 2 spans, 2 log records dropped \(receiver did not answer in time\)\n$/;
  const TOO_LATE: [string, Record<string, string>, SignalName[], RegExp][] = [
    ['of a receiver that was asked for', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x' }, [], LOSS],
    ['of one that nobody asked for, but that is there', {}, ['traces', 'logs'], LOSS],
    // Not even looked for by then: the machine is busy.
    ['nothing of one that nobody asked for', {}, [], /^$/],
    [
      'of what was to be shown here',
      { OTEL_TRACES_EXPORTER: 'console', OTEL_LOGS_EXPORTER: 'none' },
      [],
      /2 spans dropped/,
    ],
  ];
  test.each(TOO_LATE)(
    'does not wait longer than it may, and tells what was lost: %s',
    async (...row) => {
      const [, env, found, told] = row;
      start(env);
      record(2);
      jest.advanceTimersByTime(1_000);
      for (const signal of found) host.found(signal);
      const over = telemetry.shutdown(1_000);
      await jest.advanceTimersByTimeAsync(1_000);
      await over;
      expect(said()).toMatch(told);
    },
  );

  test('a later line of the program is written, though nobody makes a record of it', async () => {
    start();
    const over = telemetry.shutdown(0);
    finish();
    await over;
    telemetry.log('error', 'too late');
    expect(said()).toContain('too late');
  });
});

describe('over HTTP', () => {
  const httpRefusals = { unauthorized: 401 };
  const counts = () =>
    telemetry
      .prometheus()
      .split('\n')
      .filter((line) => / [1-9]\d*$/.test(line));

  test('metrics are counted for Prometheus, wherever else they go', () => {
    start({ OTEL_METRICS_EXPORTER: 'none' }, { httpRefusals });
    record(2);
    telemetry.httpRefused(401, 'unauthorized');
    expect(counts()).toEqual(
      expect.arrayContaining([
        'mcp_tools_calls_total{service_name="ts-calculator",tool="add"} 2',
        expect.stringMatching(/^mcp_http_refused_total\{.*error_type="unauthorized"\} 1$/),
        'otel_sdk_span_started_total{service_name="ts-calculator"} 2',
      ]),
    );
  });

  test('Prometheus is told whose they are', () => {
    start(
      {
        OTEL_SERVICE_NAME: 'calc',
        OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,deployment.environment.name=test',
      },
      { httpRefusals },
    );
    const info = telemetry
      .prometheus()
      .split('\n')
      .find((line) => line.startsWith('target_info{'));
    expect(info).toMatch(
      /^target_info\{service_name="calc",service_instance_id="[-0-9a-f]{36}",deployment_environment_name="test",service_version="1.2.3"\} 1$/,
    );
  });

  test('on stdio nothing is counted that goes nowhere', () => {
    start({ OTEL_METRICS_EXPORTER: 'none' });
    record(2);
    expect(counts()).not.toContainEqual(expect.stringMatching(/^mcp_/));
    expect(telemetry.prometheus()).not.toContain('mcp_http_refused');
  });
});

describe('the state of the exports', () => {
  test('at the start', () => {
    start({ OTEL_LOGS_EXPORTER: 'console', OTEL_METRICS_EXPORTER: 'none' });
    const none = { last_export: null, exported: 0 };
    expect(telemetry.state()).toEqual({
      traces: { exporters: ['otlp'], ...none, dropped: {}, waiting: 0 },
      metrics: { exporters: [], ...none },
      logs: { exporters: ['console'], ...none, dropped: {}, waiting: 0 },
    });
  });

  test('tells what was exported when, what was dropped why, and what waits', () => {
    jest.setSystemTime(Date.UTC(2026, 0, 2, 3, 4, 5));
    start({ OTEL_BSP_MAX_QUEUE_SIZE: '5' });
    record(6);
    jest.advanceTimersByTime(1_000);
    host.settled({ signal: 'spans', count: 2, fate: 'exported' });
    host.settled({ signal: 'spans', count: 1, fate: 'refused' });
    host.settled({ signal: 'spans', count: 0, fate: 'exported' });
    jest.advanceTimersByTime(1_000);
    host.settled({ signal: 'metrics', fate: 'exported' });
    host.settled({ signal: 'metrics', fate: 'exported' });
    host.settled({ signal: 'logs', count: 6, fate: 'no_receiver' });
    expect(telemetry.state()).toEqual({
      traces: {
        exporters: ['otlp'],
        last_export: '2026-01-02T03:04:06.000Z',
        exported: 2,
        dropped: { queue_full: 1, refused: 1 },
        waiting: 2,
      },
      metrics: { exporters: ['otlp'], last_export: '2026-01-02T03:04:07.000Z', exported: 2 },
      logs: {
        exporters: ['otlp'],
        last_export: null,
        exported: 0,
        dropped: { no_receiver: 6 },
        waiting: 0,
      },
    });
    expect(structuredClone(telemetry.state())).toEqual(telemetry.state());
  });

  test('where nothing is exported', () => {
    start({ OTEL_SDK_DISABLED: 'true' });
    record(1);
    const { traces, metrics, logs } = telemetry.state();
    expect([traces, metrics, logs].map(({ exporters }) => exporters)).toEqual([[], [], []]);
  });
});
