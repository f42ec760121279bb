import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedPort } from '../e2e/support/free-port';
import { callMany, HANDSHAKE_SPANS, numbersTo } from '../e2e/support/load';
import { ROWS } from '../e2e/support/scripted-rows';
import { play, spanOf, type Played } from '../e2e/support/scripted-session';
import { complaints, logLines, requestLines, type LogLine } from '../e2e/support/stderr-lines';
import { PhoenixClient, type RestSpan } from '../phoenix/support/client';
import { startPhoenix, type Phoenix } from '../phoenix/support/phoenix';
import { comparable, shown } from '../phoenix/support/shown-span';
import { storedCalls } from '../phoenix/support/stored-calls';
import { startCli, stopAll } from '../support/cli';
import { poll } from '../support/poll';
import { startReceiver } from '../support/receiver';
import { startCollector, type CollectorOptions } from './support/collector';
import { startPrometheus } from './support/database';
import { phoenix as phoenixCommand } from './support/installed';
import { writtenLogs, type WrittenRecord } from './support/log-file';
import type { Part } from './support/part';
import { placesOf, ofAnotherService, sayToServer, secretEnvironment } from './support/secrets';

// The collector of examples/monitoring between the server and a real Phoenix. There is no Prometheus:
// what becomes of traces and logs does not hang on it.

const temporary = (): string => mkdtempSync(join(tmpdir(), 'ts-calculator-collector-'));

/** What Phoenix stores lies here. */
const stored = temporary();
let phoenix: Phoenix;
let client: PhoenixClient;
let folder: string;
let nowhere: string;

beforeAll(async () => {
  phoenix = await startPhoenix({ command: phoenixCommand(), env: { PHOENIX_WORKING_DIR: stored } });
  client = new PhoenixClient(phoenix.url);
  nowhere = `http://127.0.0.1:${await closedPort()}`;
}, 120_000);
afterAll(async () => {
  await phoenix?.stop();
  rmSync(stored, { recursive: true });
});

beforeEach(() => void (folder = temporary()));
afterEach(async () => {
  await stopAll();
  rmSync(folder, { recursive: true });
});

const start = (options: Partial<CollectorOptions> = {}): Promise<Part> =>
  startCollector({ phoenix: phoenix.url, prometheus: nowhere, folder, ...options });

/** The calls of a session, and all of its spans. */
const CALLS = 100;
const MADE = CALLS + HANDSHAKE_SPANS;

/** The built server, which sends all it has to the collector. */
const startServer = (collector: string, service: string, env: Record<string, string> = {}) =>
  startCli({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector, OTEL_SERVICE_NAME: service, ...env },
    timeoutMs: 30_000,
  });

describe('a session', () => {
  const SERVICE = 'ts-calculator';
  let session: Played & { sessionId: string };
  let spans: RestSpan[];
  let stderr: string;
  let records: WrittenRecord[];

  beforeAll(async () => {
    const own = temporary();
    const cli = startServer((await start({ folder: own })).url, SERVICE);
    const played = await play(cli, ROWS);
    expect((await cli.end()).code).toBe(0);
    stderr = cli.stderr;
    await client.waitForCount(SERVICE, ROWS.length);
    spans = await client.spans(SERVICE);
    session = { ...played, sessionId: String(spans[0]!.attributes['session.id']) };
    records = writtenLogs(own, SERVICE);
    await stopAll();
    rmSync(own, { recursive: true });
  });

  test('is shown by Phoenix as if it came from the server itself', () => {
    expect(spans.map(comparable)).toEqual(ROWS.map((_, index) => shown(spanOf(session, index))));
  });

  test('has its log lines in the file, each with its span', () => {
    const told = requestLines(logLines(stderr));
    expect(told.length).toBeGreaterThan(15);
    expect(records.map(asLine)).toEqual(told.map(asTold));
    const made = new Set(spans.map(({ context }) => `${context.trace_id} ${context.span_id}`));
    expect(told.filter((line) => !made.has(`${line.traceId} ${line.spanId}`))).toEqual([]);
  });

  test('is nothing that the server complains of', () => {
    expect(complaints(stderr)).toEqual([]);
  });
});

const asLine = ({ severityText, body, traceId, spanId }: WrittenRecord) => ({
  ...{ level: severityText, message: body.stringValue, traceId, spanId },
});
const asTold = ({ level, message, traceId, spanId }: LogLine) => ({
  ...{ level, message, traceId, spanId },
});

describe('what was taken is on disk', () => {
  /** A session, after which the collector is killed: as soon as `when` says so. */
  async function sessionThenKill(
    service: string,
    away: Partial<CollectorOptions>,
    when: () => Promise<unknown> = async () => {},
  ): Promise<void> {
    const collector = await start(away);
    const cli = startServer(collector.url, service);
    await cli.initialize();
    await callMany(cli, CALLS);
    expect((await cli.end()).code).toBe(0);
    expect(complaints(cli.stderr)).toEqual([]);
    await when();
    await collector.stop(); // By SIGKILL.
  }

  test('killed while Phoenix is away, it brings every span once when both are back', async () => {
    const service = 'phoenix-away';
    await sessionThenKill(service, { phoenix: nowhere });
    expect(await client.projects()).not.toContain(service);
    await start();
    await client.waitForCount(service, MADE);
    expect(await storedCalls(client, service)).toEqual(numbersTo(CALLS));
  });

  // By what is sent: a second copy would not show in Phoenix, which knows the spans that it has.
  test('killed while Phoenix has enough, it sends every span again, and once', async () => {
    const receiver = await startReceiver();
    receiver.behave({ kind: 'status', status: 503 });
    const refused = () => receiver.waitFor(({ requests }) => requests.some(({ status }) => status));
    await sessionThenKill('phoenix-busy', { phoenix: receiver.url }, refused);
    receiver.behave({ kind: 'accept' });
    await start({ phoenix: receiver.url });
    await receiver.waitFor(({ spans }) => spans.length >= MADE);
    const ids = receiver.spans.map(({ spanId }) => spanId);
    expect([ids.length, new Set(ids).size]).toEqual([MADE, MADE]);
    await receiver.close();
  });
});

test('with no memory left it tells the server to come again, and all is there in the end', async () => {
  const service = 'memory-limited';
  const port = await closedPort();
  const limited = await start({
    port,
    configs: ['limit_mib: 1', 'spike_limit_mib: 0', 'check_interval: 10ms'].map(
      (setting) => `yaml:processors::memory_limiter::${setting}`,
    ),
  });
  const cli = startServer(limited.url, service);
  await cli.initialize();
  await callMany(cli, CALLS);
  await cli.waitForStderr(/traces: \S+: answered 503 \(it has more than it can take/);
  expect(await client.projects()).not.toContain(service);
  await limited.stop();
  await start({ port });
  // It comes again by itself: what it has is not left to its end.
  await cli.waitForStderr(/traces: \S+ answers/);
  expect((await cli.end()).code).toBe(0);
  await client.waitForCount(service, MADE);
  expect(cli.stderr).not.toContain('dropped');
}, 120_000);

describe('secrets', () => {
  const FORMER = 'SHOWN00123456789';
  const WORD = 'HIDDEN0123456789';

  /** Says the word in all places to all signals, and resolves when all of it is stored. */
  async function say(service: string, word: string, configs: string[]): Promise<RestSpan[]> {
    const receiver = { url: phoenix.url, env: {} };
    const { env, api } = await startPrometheus({ folder, receiver, configs });
    const collector = env.OTEL_EXPORTER_OTLP_ENDPOINT!;
    const cli = startServer(collector, service, secretEnvironment(word));
    const made = await sayToServer(cli, word);
    expect((await cli.end()).code).toBe(0);
    const other = `other-${service}`;
    for (const [signal, body] of Object.entries(ofAnotherService(other, word))) {
      const url = `${collector}/v1/${signal}`;
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
      expect([signal, answer.status]).toEqual([signal, 200]);
    }
    await client.waitForCount(service, made);
    await client.waitForCount(other, 1);
    const series = `mcp_sessions_active{service_name="${service}"}`;
    await poll(async () => (await api.series(series, 0)).length > 0, 10_000, series);
    return [...(await client.spans(service)), ...(await client.spans(other))];
  }

  test('are stored in all places, as they came', async () => {
    await say('open', FORMER, []);
    expect(Object.keys(placesOf(FORMER, stored))).not.toEqual([]);
    expect(Object.keys(placesOf(FORMER, folder))).toEqual(
      expect.arrayContaining(['logs/logs.jsonl', expect.stringMatching(/^prometheus\/wal\//)]),
    );
  });

  test('are stored nowhere with redaction.yaml', async () => {
    const spans = await say('masked', WORD, ['redaction.yaml']);
    expect(placesOf(WORD, stored)).toEqual({});
    expect(placesOf(WORD, folder)).toEqual({});
    const call = spans.find(({ name }) => name === 'tools/call add')!;
    expect(call.attributes).toMatchObject({
      'tool.name': 'add',
      'input.value': '{"a":"****","b":1}',
    });
    expect(call.events[0]!.attributes['exception.message']).toContain('****');
  });
});
