import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onlyJsonRpc, startCli, stopAll, type Cli } from '../support/cli';
import { startReceiver, type Receiver } from '../support/receiver';
import { ROOT } from '../support/root';
import { pause } from '../support/time';
import { said } from './support/answers';
import { answeredCalls, ascending, callMany, HANDSHAKE_SPANS, numbersTo } from './support/load';
import { fates, ids, linesOf, toldDropped } from './support/losses';
import { sumOf } from './support/points';

let receiver: Receiver;
let folder: string;
beforeEach(async () => {
  receiver = await startReceiver();
  folder = mkdtempSync(join(tmpdir(), 'ts-calculator-crash-'));
  copyFileSync(join(__dirname, 'support', 'crash-on-demand.mjs'), join(folder, 'crash.mjs'));
});
afterEach(async () => {
  await stopAll();
  await receiver.close();
  rmSync(folder, { recursive: true });
});

const PRODUCT = join(ROOT, 'bin', 'ts-calculator.js');
const start = (): Cli =>
  startCli({
    env: receiver.env,
    // The worker inherits what Node itself was told.
    command: [process.execPath, '--import', join(folder, 'crash.mjs'), PRODUCT],
    timeoutMs: 20_000,
  });
const file = (name: 'crash' | 'always' | 'spin'): string => join(folder, name);

/** Crashes the worker, and waits until that is told. */
async function crash(cli: Cli): Promise<void> {
  const before = crashesTold(cli).length;
  writeFileSync(file('crash'), '');
  await cli.waitFor(() => crashesTold(cli).length > before, 'word of the crash');
}
const crashesTold = (cli: Cli): string[] => said(cli).filter((line) => line.includes('crashed ('));

/** Each span is where it was said to be, and the counts are those of the calls that were made. */
async function expectExact(cli: Cli, calls: number): Promise<void> {
  onlyJsonRpc(cli.stdout);
  expect(ascending(answeredCalls(cli))).toEqual(ascending([...numbersTo(calls)]));
  const told = toldDropped(cli.stderr) ?? { spans: 0, logs: 0 };
  expect(receiver.spans.length + told.spans).toBe(calls + HANDSHAKE_SPANS);
  expect(ids(receiver.spans).size).toBe(receiver.spans.length);
  expect(sumOf(receiver.latest('mcp.tools.calls'))).toBe(calls);
  expect(sumOf(receiver.latest('mcp.requests.duration'))).toBe(calls + 1);
  expect(sumOf(receiver.latest('mcp.sessions.active'))).toBe(0);
  expect(sumOf(receiver.latest('otel.sdk.span.started'))).toBe(calls + HANDSHAKE_SPANS);
}

test('a crash loses what the worker held, tells how much, and nothing else', async () => {
  receiver.behave({ kind: 'hang' }, { signal: 'traces' });
  receiver.behave({ kind: 'hang' }, { signal: 'logs' });
  const cli = start();
  await cli.initialize();
  await callMany(cli, 300);
  await pause(100); // Until all has been handed over.
  await crash(cli);
  expect(crashesTold(cli)).toEqual([
    'ERROR telemetry: the worker crashed (crashed by the test): 302 spans and 301 log records lost; it is started again',
  ]);

  receiver.behave({ kind: 'accept' });
  const before = cli.messages.length;
  await callMany(cli, 200, 64, 300);
  expect(cli.messages.length - before).toBe(200);
  await receiver.waitFor(({ spans }) => spans.length > 0);
  await callMany(cli, 100, 64, 500);
  const exit = await cli.end();
  expect(exit.code).toBe(0);

  await expectExact(cli, 600);
  expect(toldDropped(cli.stderr)).toEqual({
    spans: 302,
    logs: 301,
    reasons: 'the telemetry worker crashed',
  });
  expect(fates(receiver.latest('otel.sdk.processor.span.processed'))).toEqual({
    exported: 300,
    crashed: 302,
  });
  // The lines of the time without a worker are written too, and each of them is a record.
  expect(linesOf(cli.stderr)).toBe(602);
  expect(receiver.logs).toHaveLength(602 - 301);
}, 30_000);

test('a session that ends before the worker is started again loses nothing more', async () => {
  const cli = start();
  await cli.initialize();
  await callMany(cli, 10);
  await receiver.waitFor(({ spans }) => spans.length === 10 + HANDSHAKE_SPANS, 5_000);
  await pause(300); // Until the worker knows that they arrived.
  await crash(cli);
  await callMany(cli, 20, 64, 10);
  const exit = await cli.end();
  expect(exit.code).toBe(0);
  expect(exit.afterLastByteMs).toBeLessThan(1_700);
  await expectExact(cli, 30);
  expect(receiver.spans).toHaveLength(30 + HANDSHAKE_SPANS);
});

test('a worker that crashes at every start touches no answer and no end', async () => {
  writeFileSync(file('always'), '');
  const cli = start();
  await cli.initialize();
  await callMany(cli, 1_000);
  await cli.waitFor(() => crashesTold(cli).length > 1, 'a second crash');
  await callMany(cli, 1_000, 64, 1_000);
  const exit = await cli.end();
  expect(exit.code).toBe(0);
  expect(exit.afterLastByteMs).toBeLessThan(1_700);
  onlyJsonRpc(cli.stdout);
  expect(ascending(answeredCalls(cli))).toEqual(numbersTo(2_000));
  expect(toldDropped(cli.stderr)).toMatchObject({ spans: 2_002, logs: expect.any(Number) });
  expect(existsSync(file('always'))).toBe(true);
}, 30_000);

test('a worker that is stuck holds up no answer and no end, and its loss is told', async () => {
  const cli = start();
  await cli.initialize();
  await receiver.waitFor(
    ({ spans, logs }) => spans.length === HANDSHAKE_SPANS && logs.length === 1,
  );
  await pause(300); // Until the worker knows that they arrived.
  writeFileSync(file('spin'), '');
  await pause(100);
  await callMany(cli, 1_000);
  const exit = await cli.end();
  expect(exit.code).toBe(0);
  expect(exit.afterLastByteMs).toBeLessThan(1_700);
  expect(ascending(answeredCalls(cli))).toEqual(numbersTo(1_000));
  expect(toldDropped(cli.stderr)).toMatchObject({ spans: 1_000, logs: 1_000 });
});
