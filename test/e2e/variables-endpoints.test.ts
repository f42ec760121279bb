import { startCli, stopAll, type CliOptions } from '../support/cli';
import { startReceiver } from '../support/receiver';
import { closedPort, requireFree } from './support/free-port';
import { oneCall } from './support/run';
import { logLines, type LogLine } from './support/stderr-lines';

// Where nothing listens: one line of information where nobody asked for a receiver, else a warning.

afterEach(stopAll);

const ABSENT = /^telemetry: nothing answers at /;

/** A session long enough to be told of missing receivers before its end. */
async function linesOf(options: CliOptions): Promise<{ before: LogLine[]; all: LogLine[] }> {
  const cli = startCli(options);
  await oneCall(cli);
  await cli.waitForStderr(/nothing answers at/);
  const before = logLines(cli.stderr);
  expect((await cli.end()).code).toBe(0);
  return { before, all: logLines(cli.stderr) };
}

const own = (lines: LogLine[]): LogLine[] =>
  lines.filter(({ message }) => message.startsWith('telemetry:'));

describe('the defaults, which nobody configured', () => {
  beforeEach(async () => {
    await requireFree(6006, 'Phoenix, or another program,');
    await requireFree(4318, 'an OTLP collector, or another program,');
  });

  test('one line at INFO for all signals, and nothing more at exit', async () => {
    const { before, all } = await linesOf({});
    expect(own(before)).toEqual([
      expect.objectContaining({ level: 'INFO', message: expect.stringMatching(ABSENT) }),
    ]);
    const [{ message }] = own(before) as [LogLine];
    for (const part of ['localhost:6006', 'localhost:4318', 'traces', 'metrics', 'logs']) {
      expect(message).toContain(part);
    }
    expect(own(all)).toEqual(own(before));
    expect(all.filter(({ level }) => level !== 'INFO')).toEqual([]);
  });

  test('a session that ends at once: no more than that line', async () => {
    const cli = startCli();
    await cli.request('ping');
    await cli.end();
    const lines = own(logLines(cli.stderr));
    expect(lines.length).toBeLessThanOrEqual(1);
    for (const { level, message } of lines) {
      expect([level, ABSENT.test(message)]).toEqual(['INFO', true]);
    }
  });

  test('--log-level warn: silence', async () => {
    const cli = startCli({ args: ['--log-level', 'warn'] });
    await oneCall(cli);
    await cli.end();
    expect(cli.stderr).toBe('');
  });

  test('what is wanted nowhere is not looked for', async () => {
    const { all } = await linesOf({ args: ['--metrics', 'none', '--logs', 'none'] });
    const [line] = own(all);
    expect(line!.message).toContain('localhost:6006 (traces');
    expect(line!.message).not.toContain('4318');
  });
});

describe('an endpoint that was configured', () => {
  const url = async (): Promise<string> => `http://127.0.0.1:${await closedPort()}`;
  test.each<[string, (base: string) => CliOptions]>([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', (base) => ({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: base } })],
    ['--otlp-endpoint', (base) => ({ args: ['--otlp-endpoint', base] })],
  ])('%s: one warning for all signals, and the loss at exit', async (_name, options) => {
    const base = await url();
    const { before, all } = await linesOf(options(base));
    expect(own(before)).toEqual([
      expect.objectContaining({ level: 'WARN', message: expect.stringMatching(ABSENT) }),
    ]);
    expect(own(before)[0]!.message).toContain(base);
    const later = own(all).slice(1);
    expect(later).toHaveLength(1);
    expect(later[0]).toMatchObject({ level: 'WARN' });
    expect(later[0]!.message).toMatch(/3 spans, [234] log records dropped \(.*\)$/);
  });

  test.each<[string, (base: string) => Record<string, string>]>([
    ['PHOENIX_ENDPOINT', (base) => ({ PHOENIX_ENDPOINT: base })],
    [
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
      (base) => ({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: base }),
    ],
  ])('%s alone: a warning for the traces, and the rest arrives', async (_name, env) => {
    const receiver = await startReceiver();
    const base = await url();
    const { all } = await linesOf({ env: { ...receiver.env, ...env(base) } });
    await receiver.close();
    const [first] = own(all);
    expect(first).toMatchObject({ level: 'WARN' });
    expect(first!.message).toContain(`${base} (traces`);
    expect(first!.message).not.toMatch(/metrics|logs;/);
    expect(receiver.logs.length).toBeGreaterThan(0);
    expect(receiver.latest('mcp.requests.total').length).toBeGreaterThan(0);
    // That notice is a record too.
    expect(receiver.logs.map(({ body }) => body)).toContain(first!.message);
  });
});

test('a receiver that comes later gets all, metrics and records', async () => {
  const receiver = await startReceiver();
  await receiver.refuse();
  const env = { ...receiver.env, OTEL_METRIC_EXPORT_INTERVAL: '200' };
  const cli = startCli({ env });
  await oneCall(cli);
  await cli.waitForStderr(/nothing answers at/);
  await receiver.listen();
  await receiver.waitFor(({ spans, logs, metrics }) => spans.length * logs.length * metrics.length);
  await cli.end();
  await receiver.close();
  expect(receiver.spans).toHaveLength(3);
  expect(cli.stderr).toMatch(/ answers$/m);
  expect(cli.stderr).not.toContain('dropped');
});
