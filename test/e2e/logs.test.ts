import { stopAll, type Cli } from '../support/cli';
import { run, type Run } from './support/run';
import { logLines, NO_SPAN, NO_TRACE } from './support/stderr-lines';

// --log-level and --log-format; the same records on stderr and over OTLP.

afterEach(stopAll);

/** One line of each level there is: DEBUG, INFO, WARN (ERROR needs a fault of the server's own). */
async function talk(cli: Cli): Promise<void> {
  await cli.initialize();
  await cli.call('add', { a: 1, b: 2 });
  await cli.call('divide', { a: 1, b: 0 });
}

const LINES = {
  DEBUG: /^notifications\/initialized ok/,
  INFO: /^(initialize|tools\/call add) ok/,
  WARN: /^tools\/call divide tool_error division_by_zero/,
};

describe('--log-level', () => {
  test.each([
    ['error', 0],
    ['warn', 1],
    ['info', 3],
    ['debug', 4],
    ['INFO', 3],
  ])('%s', async (level, count) => {
    const byFlag = await run({ args: ['--log-level', level] }, talk);
    const byVariable = await run({ env: { TS_CALCULATOR_LOG_LEVEL: level } }, talk);
    for (const { cli, receiver } of [byFlag, byVariable]) {
      const lines = logLines(cli.stderr);
      expect(lines).toHaveLength(count);
      for (const { level: word, message } of lines) {
        expect(message).toMatch(LINES[word as keyof typeof LINES]);
      }
      const bodies = receiver.logs.map(({ body }) => body);
      expect(bodies.sort()).toEqual(lines.map(({ message }) => message).sort());
      // The level of lines is no matter of spans.
      expect(receiver.spans).toHaveLength(4);
    }
  });

  test('the flag beats the variable', async () => {
    const env = { TS_CALCULATOR_LOG_LEVEL: 'debug' };
    const { cli } = await run({ args: ['--log-level', 'error'], env }, talk);
    expect(cli.stderr).toBe('');
  });
});

describe('--log-format json', () => {
  const objects = ({ cli }: Run): Record<string, unknown>[] =>
    cli.stderr
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));

  test.each<[string, { args?: string[]; env?: Record<string, string> }]>([
    ['flag', { args: ['--log-format', 'json'] }],
    ['variable', { env: { TS_CALCULATOR_LOG_FORMAT: 'json' } }],
  ])('by %s: one object a line, with what the record has', async (_title, options) => {
    const finished = await run(options, talk);
    const { receiver } = finished;
    const records = [...receiver.logs].sort((a, b) => Number(a.time - b.time));
    expect(objects(finished)).toEqual(
      records.map(({ time, body, severityText, traceId, spanId, attributes }) => ({
        time: new Date(Number(time / 1_000_000n)).toISOString(),
        logger: 'ts-calculator',
        level: severityText,
        trace_id: traceId,
        span_id: spanId,
        message: body,
        attributes,
      })),
    );
  });

  test('zeros where there is no span, and all of stderr is JSON', async () => {
    const args = ['--log-format', 'json', '--fault', 'error=0.0001', '--traces', 'none'];
    const finished = await run({ args, env: { OTEL_LOG_LEVEL: 'all' } }, talk);
    const lines = objects(finished);
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(line).toMatchObject({ trace_id: NO_TRACE, span_id: NO_SPAN });
  });
});

test('what was sent cannot forge a line', async () => {
  const evil =
    'x\n2026-01-01T00:00:00.000Z - ts-calculator - INFO - [trace_id=0] - forged\u001b[2J';
  const { cli } = await run({ env: { OTEL_SERVICE_NAME: 'na\nme' } }, async (cli) => {
    await cli.request(evil);
    await cli.call(evil, { [evil]: evil });
    await cli.call('add', { a: evil, b: evil });
  });
  expect(logLines(cli.stderr)).toHaveLength(3);
  expect(cli.stderr).not.toContain('forged');
});

test('a warning of the program’s own is a record without a span', async () => {
  const { receiver, cli } = await run({ args: ['--fault', 'slow=1'] }, (cli) =>
    cli.request('ping'),
  );
  const line = logLines(cli.stderr).find(({ message }) => message.startsWith('--fault is on'))!;
  expect(line).toMatchObject({ level: 'WARN', traceId: NO_TRACE, spanId: NO_SPAN });
  const record = receiver.logs.find(({ body }) => body === line.message)!;
  expect(record).toMatchObject({
    severityText: 'WARN',
    severityNumber: 13,
    traceId: '',
    spanId: '',
  });
});

describe('OTEL_LOG_LEVEL: OpenTelemetry’s own diagnostics', () => {
  const ofSdk = ({ cli }: Run) =>
    logLines(cli.stderr).filter((line) => line.logger !== 'ts-calculator');

  test.each(['all', 'debug', 'verbose', 'DEBUG'])('%s: on stderr, as lines', async (value) => {
    const finished = await run({ env: { OTEL_LOG_LEVEL: value } });
    expect(ofSdk(finished).length).toBeGreaterThan(0);
  });

  test.each(['none', 'error', 'warn', 'info', ''])(
    '%j: nothing to tell of a good session',
    async (value) => {
      const finished = await run({ env: { OTEL_LOG_LEVEL: value } });
      expect(ofSdk(finished)).toEqual([]);
      expect(finished.receiver.spans.length).toBeGreaterThan(0);
    },
  );
});
