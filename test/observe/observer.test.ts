import { PassThrough } from 'node:stream';
import { Observer, type Observed } from '../../src/observe/observer';
import type { Operation } from '../../src/tap/operation';
import type { LogEntry } from '../../src/telemetry/log-entry';
import type { NumberMetric } from '../../src/telemetry/metrics/snapshot';
import { forEachOperation } from '../../src/telemetry/operation-columns';
import type { Batch, PipelineInit } from '../../src/telemetry/pipeline';
import { Stderr } from '../../src/telemetry/stderr';
import type { ToolDescriptions } from '../../src/telemetry/vocabularies/tool-catalogue';
import type { WorkerHost } from '../../src/telemetry/worker-pipeline';
import { load } from '../config/support';
import { SESSION } from '../tap/recording-tap';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Until what was recorded is handed over, or a pipeline is started without anything. */
const SOON = 250;

interface Started {
  readonly init: PipelineInit;
  readonly host: WorkerHost;
}

function start(env: Record<string, string> = {}, flags: Record<string, string> = {}) {
  const started: Started[] = [];
  const batches: Batch[] = [];
  const learned: ToolDescriptions[] = [];
  const stderr = new PassThrough();
  const observer = new Observer({
    loaded: load(env, flags),
    fallbackName: 'uvx',
    packageVersion: '1.2.3',
    command: 'x',
    stderr: new Stderr(stderr),
    startPipeline: (init, host) => {
      started.push({ init: structuredClone(init), host });
      return {
        accept: (batch) => batches.push(structuredClone(batch)),
        learnTools: (tools) => learned.push(tools),
        shutdown: () => Promise.resolve(),
      };
    },
  });
  const operations = (): Operation[] => {
    const all: Operation[] = [];
    for (const batch of batches) forEachOperation(batch.operations, (op) => all.push(op));
    return all;
  };
  const entries = (): LogEntry[] => batches.flatMap((batch) => batch.entries);
  return { observer, started, batches, learned, operations, entries };
}

const observed = ({ observer }: ReturnType<typeof start>) => observer.connect(SESSION);

/** A request of the client and its answer. */
function ask({ conversation }: Observed, method: string, result: unknown = {}, params?: object) {
  const at = { wall: Date.now(), monotonic: performance.now() };
  const id = 'ask';
  conversation.take('client', { jsonrpc: '2.0', id, method, ...(params && { params }) }, at);
  conversation.take('server', { jsonrpc: '2.0', id, result }, at);
}
const initialize = (connection: Observed, serverInfo?: object) =>
  ask(connection, 'initialize', { protocolVersion: '2025-11-25', serverInfo });

const KEY = 'io.modelcontextprotocol/';
const ENVELOPE = { _meta: { [`${KEY}protocolVersion`]: '2026-07-28' } };
const named = (name: string, version: string) => ({
  _meta: { [`${KEY}serverInfo`]: { name, version } },
});

describe('who it is', () => {
  const ATTRIBUTES = 'OTEL_RESOURCE_ATTRIBUTES';
  type Row = [string, Record<string, string>, Record<string, string>, [string, string, string]];
  const rows: Row[] = [
    ['says the server', {}, {}, ['time', '2', 'time']],
    ['says a flag', {}, { serviceName: 'mine' }, ['mine', '2', 'mine']],
    ['says a variable', { OTEL_SERVICE_NAME: 'mine' }, {}, ['mine', '2', 'mine']],
    ['says a flag before all', { OTEL_SERVICE_NAME: 'a' }, { serviceName: 'b' }, ['b', '2', 'b']],
    [
      'says the resource',
      { [ATTRIBUTES]: 'service.name=r,service.version=9' },
      {},
      ['r', '9', 'r'],
    ],
    ['says nobody in an empty text', { OTEL_SERVICE_NAME: '' }, {}, ['time', '2', 'time']],
    ['its version', { SERVICE_VERSION: '7' }, {}, ['time', '7', 'time']],
    ['its version, by a flag', {}, { serviceVersion: '8' }, ['time', '8', 'time']],
    ['its project', { PHOENIX_PROJECT_NAME: 'p' }, {}, ['time', '2', 'p']],
    [
      'its project, by the resource',
      { [ATTRIBUTES]: 'openinference.project.name=q' },
      {},
      ['time', '2', 'q'],
    ],
  ];

  test.each(rows)('%s', (_, env, flags, expected) => {
    const it = start(env, flags);
    initialize(observed(it), { name: 'time', version: '2' });
    jest.advanceTimersByTime(SOON);
    expect(it.started).toHaveLength(1);
    const { settings, protocolVersion } = it.started[0]!.init;
    const { serviceName, serviceVersion, phoenixProject } = settings;
    expect([serviceName, serviceVersion, phoenixProject]).toEqual(expected);
    expect(protocolVersion).toBe('2025-11-25');
  });

  test('a server without a version has none, not ours', () => {
    const it = start();
    initialize(observed(it), { name: 'mcp-servers/everything', version: '' });
    jest.advanceTimersByTime(SOON);
    expect(it.started[0]!.init.settings).toMatchObject({
      serviceName: 'mcp-servers/everything',
      serviceVersion: '',
      phoenixProject: 'mcp-servers/everything',
    });
  });

  test('says any result since MCP 2026-07-28', () => {
    const it = start();
    ask(observed(it), 'tools/list', { tools: [], ...named('time', '2') }, ENVELOPE);
    jest.advanceTimersByTime(SOON);
    expect(it.started[0]!.init).toMatchObject({
      settings: { serviceName: 'time', serviceVersion: '2' },
      protocolVersion: '2026-07-28',
    });
  });

  test('says the first server of several', () => {
    const it = start();
    initialize(observed(it), { name: 'first', version: '1' });
    initialize(observed(it), { name: 'second', version: '1' });
    jest.advanceTimersByTime(SOON);
    expect(it.started[0]!.init.settings.serviceName).toBe('first');
    expect(it.operations().map(({ session }) => session.serverName)).toEqual(['first', 'second']);
  });
});

describe('the wait for it', () => {
  const GIVEN_UP = { serviceName: 'uvx', serviceVersion: '', phoenixProject: 'uvx' };

  test('is none once it is known', () => {
    const it = start();
    initialize(observed(it), { name: 'time', version: '2' });
    expect(it.batches).toHaveLength(0);
    jest.advanceTimersByTime(20);
    expect(it.operations()).toMatchObject([{ method: 'initialize' }]);
  });

  test('is 5 s from the first operation on, whatever comes then', () => {
    const it = start();
    const connection = observed(it);
    jest.advanceTimersByTime(10_000);
    for (let second = 0; second < 5; second++) {
      ask(connection, 'ping');
      jest.advanceTimersByTime(second < 4 ? 1_000 : 999);
    }
    expect(it.started).toHaveLength(0);
    jest.advanceTimersByTime(1 + SOON);
    expect(it.started[0]!.init.settings).toMatchObject(GIVEN_UP);
    expect(it.operations()).toHaveLength(5);
  });

  test('is 30 s at most, where nothing is said', () => {
    const it = start();
    observed(it);
    jest.advanceTimersByTime(29_999);
    expect(it.started).toHaveLength(0);
    jest.advanceTimersByTime(1 + SOON);
    expect(it.started[0]!.init.settings).toMatchObject(GIVEN_UP);
  });

  test('or where it is said late', () => {
    const it = start();
    const connection = observed(it);
    jest.advanceTimersByTime(27_000);
    ask(connection, 'ping');
    jest.advanceTimersByTime(3_000 + SOON);
    expect(it.operations()).toHaveLength(1);
  });

  test('goes on where a result names the client’s side alone', () => {
    const it = start();
    const connection = observed(it);
    ask(connection, 'tools/call', {}, { name: 'a', ...ENVELOPE });
    jest.advanceTimersByTime(1_000);
    expect(it.started).toHaveLength(0);
    ask(connection, 'server/discover', named('time', '2'), ENVELOPE);
    jest.advanceTimersByTime(SOON);
    expect(it.started[0]!.init.settings.serviceName).toBe('time');
    expect(it.operations()).toHaveLength(2);
  });

  test('given up it stays so, but operations know better', () => {
    const it = start();
    const connection = observed(it);
    ask(connection, 'ping');
    jest.advanceTimersByTime(5_000 + SOON);
    initialize(connection, { name: 'time', version: '2' });
    jest.advanceTimersByTime(1_000);
    expect(it.started).toHaveLength(1);
    expect(it.operations().at(-1)!.session).toMatchObject({ serverName: 'time' });
  });

  test('ends with the end: all is handed over under the name that is left', async () => {
    const it = start();
    const connection = observed(it);
    ask(connection, 'ping');
    connection.conversation.take(
      'client',
      { jsonrpc: '2.0', id: 1, method: 'tools/list' },
      { wall: 0, monotonic: 0 },
    );
    connection.end();
    await it.observer.shutdown(1_000);
    expect(it.started[0]!.init.settings).toMatchObject(GIVEN_UP);
    expect(it.operations()).toMatchObject([
      { method: 'ping', outcome: 'ok' },
      { method: 'tools/list', cutOff: true },
    ]);
    expect(jest.getTimerCount()).toBeLessThanOrEqual(1);
    jest.advanceTimersByTime(60_000);
    expect(it.started).toHaveLength(1);
  });
});

describe('what waited for it', () => {
  test('comes in order, and log entries under the right name', () => {
    const it = start({ OTEL_TRACES_SAMPLER: 'nonsense' });
    const { telemetry } = it.observer;
    const connection = observed(it);
    const line = { time: 1, level: 'info', message: 'from the server' } as const;
    telemetry.serverLine(line);
    ask(connection, 'ping');
    telemetry.log('warn', 'of ours');
    initialize(connection, { name: 'time', version: '2' });
    telemetry.serverLine({ ...line, message: 'later' });
    jest.advanceTimersByTime(SOON);
    expect(it.operations().map(({ method }) => method)).toEqual(['ping', 'initialize']);
    expect(it.entries().map(({ logger, message }) => [logger, message])).toEqual([
      ['time', expect.stringContaining('OTEL_TRACES_SAMPLER')],
      ['time', 'from the server'],
      ['time', 'of ours'],
      ['time', 'later'],
    ]);
  });

  test('was at 0 first', async () => {
    const it = start();
    const connection = observed(it);
    ask(connection, 'initialize', { protocolVersion: '2025-11-25' });
    ask(connection, 'tools/list', { tools: [{ name: 'get time' }] });
    ask(connection, 'tools/call', {}, { name: 'get time' });
    jest.advanceTimersByTime(5_000 + SOON);
    const { init, host } = it.started[0]!;
    expect(init.exportBaseline).toBe(true);
    expect([...init.tools.keys()]).toEqual(['get time']);
    const points = (metrics: PipelineInit['baseline']['metrics'], name: string) =>
      (metrics.find((metric) => metric.name === name) as NumberMetric).points;
    const call = { labels: { tool: 'get time' }, value: 0 };
    expect(points(init.baseline.metrics, 'mcp.tools.calls')).toContainEqual(call);
    expect(points(init.baseline.metrics, 'mcp.sessions.active')).toEqual([
      { labels: {}, value: 1 },
    ]);
    for (const metric of init.baseline.metrics) {
      if (metric.type === 'counter') {
        for (const { value } of metric.points) expect(value).toBe(0);
      } else if (metric.type === 'histogram') {
        for (const { count, sum } of metric.points) expect([count, sum]).toEqual([0, 0]);
      }
    }
    const now = await host.pull();
    expect(points(now.metrics, 'mcp.tools.calls')).toContainEqual({ ...call, value: 1 });
    // Each series that is there now was there then.
    for (const { name, points } of now.metrics) {
      const then = init.baseline.metrics.find((metric) => metric.name === name)!;
      expect(then.points).toHaveLength(points.length);
    }
  });
});

describe('tools', () => {
  const list = (connection: Observed, ...names: string[]) =>
    ask(connection, 'tools/list', {
      tools: names.map((name) => ({ name, description: `does ${name}` })),
    });

  test('that are listed later are learned behind the calls before', () => {
    const it = start();
    const connection = observed(it);
    initialize(connection, { name: 'time', version: '2' });
    jest.advanceTimersByTime(SOON);
    ask(connection, 'tools/call', {}, { name: 'a' });
    list(connection, 'a');
    expect(it.operations().map(({ method }) => method)).toEqual(['initialize', 'tools/call']);
    expect(it.learned.map((tools) => [...tools])).toEqual([
      [['a', { description: 'does a', parameters: '{}' }]],
    ]);
    // What is known already is not told again.
    list(connection, 'a');
    list(connection, 'a', 'b');
    expect(it.learned.slice(1).map((tools) => [...tools.keys()])).toEqual([['b']]);
  });

  test('outlive a crash', () => {
    const it = start();
    const connection = observed(it);
    initialize(connection, { name: 'time', version: '2' });
    jest.advanceTimersByTime(SOON);
    list(connection, 'a', 'b');
    const again = it.started[0]!.host.initAfterCrash();
    expect([...again.tools.keys()]).toEqual(['a', 'b']);
    expect(again).toMatchObject({
      settings: { serviceName: 'time' },
      protocolVersion: '2025-11-25',
      exportBaseline: false,
    });
  });

  test('are a thousand at most', () => {
    const it = start();
    const connection = observed(it);
    initialize(connection, { name: 'time', version: '2' });
    jest.advanceTimersByTime(SOON);
    for (let page = 0; page < 3; page++) {
      list(connection, ...Array.from({ length: 500 }, (_, i) => `t${page * 500 + i}`));
    }
    expect(it.learned.map(({ size }) => size)).toEqual([500, 500]);
  });
});

test.each([
  ['its end', false, 0],
  ['no end, where the server has died', true, 1],
])('a session lasts from what both agreed on to %s', async (_, hasDied, last) => {
  const it = start();
  const connection = observed(it);
  ask(connection, 'ping');
  jest.advanceTimersByTime(5_000 + SOON);
  const active = async () => {
    const { metrics } = await it.started[0]!.host.pull();
    return (metrics.find(({ name }) => name === 'mcp.sessions.active') as NumberMetric).points;
  };
  expect(await active()).toEqual([{ labels: {}, value: 0 }]);
  initialize(connection, { name: 'time', version: '2' });
  expect(await active()).toEqual([{ labels: {}, value: 1 }]);
  connection.end(hasDied);
  expect(await active()).toEqual([{ labels: {}, value: last }]);
});

test.each([
  ['an argument that is no finite number', '{"result":1e400}', undefined],
  ['one that is', '{"result":4}', 4],
])('content of a foreign tool: %s', (_, structured, numericResult) => {
  const it = start({}, { captureContent: 'on' });
  const connection = observed(it);
  const structuredContent: unknown = JSON.parse(structured);
  const params = { name: 'a', arguments: { n: 1, apiKey: 'hunter2' } };
  ask(connection, 'tools/call', { structuredContent, ...named('time', '2') }, params);
  jest.advanceTimersByTime(SOON);
  const [operation] = it.operations();
  expect(operation).toMatchObject({ scalarArguments: { n: 1, apiKey: '***' } });
  expect(operation!.numericResult).toBe(numericResult);
  expect(operation!.numericArguments).toBeUndefined();
});
