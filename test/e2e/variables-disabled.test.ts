import { onlyJsonRpc, stopAll } from '../support/cli';
import { openTelemetryFiles, runRecorded } from './support/loaded-scripts';
import { run } from './support/run';
import { logLines, NO_TRACE, requestLines } from './support/stderr-lines';

// OTEL_SDK_DISABLED=true: nothing is sent, and no OpenTelemetry package is loaded.

afterEach(stopAll);

test('the proof works: with telemetry on, both threads are seen to load OpenTelemetry', async () => {
  const { main, worker } = await runRecorded();
  const files = openTelemetryFiles();
  expect(main).toContain('cli.cjs');
  expect(worker).toContain('worker.cjs');
  expect(files.some((file) => main.has(file))).toBe(true);
  expect(files.some((file) => worker.has(file))).toBe(true);
});

test.each(['true', 'TRUE', ' True '])('OTEL_SDK_DISABLED=%s', async (value) => {
  const { main, worker, receiver, cli, exit } = await runRecorded({ OTEL_SDK_DISABLED: value });
  expect(main).toContain('cli.cjs');
  const loaded = openTelemetryFiles().filter((file) => main.has(file) || worker.has(file));
  expect(loaded).toEqual([]);
  expect(receiver.requests).toEqual([]);
  expect(exit.code).toBe(0);
  onlyJsonRpc(cli.stdout);
  expect(cli.messages.at(-1)!.result.structuredContent.result).toBe('3');
  // The lines for people stay; there are no ids that lead to nothing.
  const lines = requestLines(logLines(cli.stderr));
  expect(lines.map(({ message }) => message.replace(/ [\d.]+ ms$/, ''))).toEqual([
    'initialize ok',
    'tools/call add ok',
  ]);
  for (const { traceId } of lines) expect(traceId).toBe(NO_TRACE);
  expect(cli.stderr).not.toMatch(/WARN|ERROR|dropped/);
});

test.each(['false', ''])('OTEL_SDK_DISABLED=%j disables nothing', async (value) => {
  const { receiver } = await run({ env: { OTEL_SDK_DISABLED: value } });
  expect(receiver.spans.length).toBeGreaterThan(0);
});

test('all three exporters none: nothing is sent', async () => {
  const args = ['traces', 'metrics', 'logs'].flatMap((signal) => [`--${signal}`, 'none']);
  const { receiver, cli } = await run({ args });
  expect(receiver.requests).toEqual([]);
  expect(requestLines(logLines(cli.stderr))).toHaveLength(2);
  expect(cli.stderr).not.toMatch(/WARN|ERROR|dropped/);
});
