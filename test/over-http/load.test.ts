import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sumOf } from '../e2e/support/points';
import { startReceiver, type Receiver } from '../support/receiver';
import {
  accountOfK6,
  accountOfMetrics,
  accountOfPrometheus,
  accountOfSpans,
} from './support/accounts';
import { runK6 } from './support/k6';
import { print, printTable } from './support/print';
import { parsePrometheus } from '../support/prometheus';
import { stopAll } from '../support/cli';
import { startHttpServer, type HttpServer } from '../support/http-server';

// The real k6 with the scripts of examples/load against the built product; and what each of those who
// count makes of it: k6, our metrics as they are pushed and as they are scraped, and the spans.

let receiver: Receiver;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ts-calculator-load-'));
  receiver = await startReceiver();
});
afterEach(async () => {
  await stopAll();
  await receiver.close();
  rmSync(folder, { recursive: true });
});

async function scrape(server: HttpServer) {
  const response = await fetch(server.at('/metrics'));
  expect(response.status).toBe(200);
  return parsePrometheus(await response.text());
}

test('smoke.js: thresholds green, and everyone counts the same', async () => {
  const server = await startHttpServer({ env: receiver.env, timeoutMs: 30_000 });
  const { code, summary, samples } = await runK6('smoke.js', {
    address: server.url,
    flags: ['--vus', '2', '--duration', '4s'],
  });
  print(summary);
  expect(code).toBe(0);
  const scraped = await scrape(server);
  expect(await server.end()).toMatchObject({ code: 0 });

  const k6 = accountOfK6(samples);
  const metrics = accountOfMetrics((name) => receiver.latest(name));
  const prometheus = accountOfPrometheus(scraped);
  const spans = accountOfSpans(receiver.spans);
  const all = [k6, metrics, prometheus, spans];
  const keys = Object.keys(Object.assign({}, ...all));
  const rows = keys.map((key) => [key, ...all.map((counts) => String(counts[key] ?? '–'))]);
  printTable(['', 'k6', 'OTLP', '/metrics', 'spans'], rows);
  expect(metrics).toEqual(k6);
  expect(prometheus).toEqual(k6);
  expect(spans).toEqual(k6);

  // Of a session's HTTP requests two are no messages: its stream, and its DELETE.
  const sessions = k6['sessions']!;
  expect(sessions).toBeGreaterThan(10);
  const carried = samples.filter(({ metric }) => metric === 'http_reqs').length - 2 * sessions;
  expect(carried).toBe(receiver.spans.length);
  expect(sumOf(receiver.latest('mcp.server.operation.duration'))).toBe(carried);
  expect(sumOf(receiver.latest('mcp.requests.duration'))).toBe(carried - sessions);
  const refused = samples.filter(
    ({ metric, tags }) => metric === 'http_reqs' && Number(tags['status']) >= 400,
  );
  expect(sumOf(receiver.latest('mcp.http.refused'))).toBe(refused.length);
  expect(scraped.find(({ name }) => name === 'mcp_sessions_active')?.value).toBe(0);
});

test.each(['load.js', 'spike.js', 'soak.js'])(
  '%s: every answer is as it should be, the mistakes in one session of five included',
  async (script) => {
    const server = await startHttpServer({ env: receiver.env, timeoutMs: 30_000 });
    const { summary, samples } = await runK6(script, {
      address: server.url,
      flags: ['--vus', '11', '--iterations', '11', '--no-thresholds'],
    });
    expect(summary).toMatch(/checks_succeeded\.*: 100\.00%/);
    expect(await server.end()).toMatchObject({ code: 0 });
    const k6 = accountOfK6(samples);
    expect(accountOfSpans(receiver.spans)).toEqual(k6);
    expect(k6).toMatchObject({
      sessions: 11,
      'requests method=tools/call outcome=tool_error tool=divide': 1,
      'requests method=tools/call outcome=tool_error tool=add': 1,
      'requests method=tools/call outcome=rejected tool=_OTHER': 1,
    });
  },
);

test('a server that asks for a token is given TOKEN', async () => {
  const file = join(folder, 'token');
  writeFileSync(file, 'a-token-of-this-test\n', { mode: 0o600 });
  const { url: address } = await startHttpServer({
    env: receiver.env,
    args: ['--auth-token-file', file],
    timeoutMs: 30_000,
  });
  const flags = ['--iterations', '1'];
  const env = { TOKEN: 'a-token-of-this-test' };
  expect(await runK6('smoke.js', { address, flags, env })).toMatchObject({ code: 0 });
  expect(await runK6('smoke.js', { address, flags })).toMatchObject({ code: 99 });
});

test('a wrong answer crosses the thresholds', async () => {
  const server = await startHttpServer({
    env: { ...receiver.env, TS_CALCULATOR_FAULT: 'error=0.5' },
  });
  const { code, summary } = await runK6('smoke.js', {
    address: server.url,
    flags: ['--iterations', '5'],
  });
  expect(code).toBe(99);
  expect(summary).toMatch(/✗ 'rate==1'/);
});
