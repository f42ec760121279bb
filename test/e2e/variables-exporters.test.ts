import { onlyJsonRpc, stopAll } from '../support/cli';
import { SIGNALS, type Signal } from '../support/otlp-types';
import { run, type Run } from './support/run';

// OTEL_{TRACES,METRICS,LOGS}_EXPORTER and their flags: otlp, console, none, or a list.

afterEach(stopAll);

const MARKS: Record<Signal, string> = { traces: 'span', metrics: 'metric', logs: 'log' };
type Line = Record<string, unknown>;

/** The JSON objects on stderr that a signal's console exporter wrote. */
const consoleLines = ({ cli }: Run, signal: Signal): Line[] =>
  cli.stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): Line => JSON.parse(line))
    .filter((line) => MARKS[signal] in line);

const arrived = ({ receiver }: Run, signal: Signal): number =>
  receiver.requests.filter((request) => request.signal === signal).length;

const variable = (signal: Signal): string => `OTEL_${signal.toUpperCase()}_EXPORTER`;

const CASES = SIGNALS.flatMap((signal) => [
  { signal, value: 'otlp', otlp: true, console: false },
  { signal, value: 'none', otlp: false, console: false },
  { signal, value: 'console', otlp: false, console: true },
  { signal, value: 'console, otlp', otlp: true, console: true },
  { signal, value: 'OTLP', otlp: true, console: false },
  { signal, value: '', otlp: true, console: false },
]);

test.each(CASES)('$signal: $value', async ({ signal, value, ...expected }) => {
  const finished = await run({ env: { [variable(signal)]: value } });
  expect(arrived(finished, signal) > 0).toBe(expected.otlp);
  expect(consoleLines(finished, signal).length > 0).toBe(expected.console);
  for (const other of SIGNALS.filter((each) => each !== signal)) {
    expect(arrived(finished, other)).toBeGreaterThan(0);
    expect(consoleLines(finished, other)).toEqual([]);
  }
  onlyJsonRpc(finished.cli.stdout);
  expect(finished.cli.stderr).not.toMatch(/WARN|ERROR|dropped/);
});

test.each(SIGNALS)('--%s beats the variable', async (signal) => {
  const finished = await run({
    args: [`--${signal}`, 'none'],
    env: { [variable(signal)]: 'otlp' },
  });
  expect(arrived(finished, signal)).toBe(0);
});

test('what the console shows is what was recorded', async () => {
  const args = SIGNALS.flatMap((signal) => [`--${signal}`, 'otlp,console']);
  const finished = await run({ args });
  const { receiver, cli } = finished;
  onlyJsonRpc(cli.stdout);
  const spans = receiver.spans.map(({ name, traceId, spanId, attributes }) => ({
    ...{ span: name, trace_id: traceId, span_id: spanId, attributes },
  }));
  expect(consoleLines(finished, 'traces')).toMatchObject(spans);
  const logs = receiver.logs.map(({ body, traceId, spanId }) => ({
    ...{ log: body, trace_id: traceId, span_id: spanId },
  }));
  expect(consoleLines(finished, 'logs')).toMatchObject(logs);
  const [total] = consoleLines(finished, 'metrics').filter(
    ({ metric }) => metric === 'mcp.requests.total',
  );
  expect(total).toMatchObject({ unit: '{request}', points: expect.anything() });
});

test('console alone: nothing is said to be lost', async () => {
  const args = SIGNALS.flatMap((signal) => [`--${signal}`, 'console']);
  const { receiver, cli } = await run({ args });
  expect(receiver.requests).toEqual([]);
  expect(cli.stderr).not.toMatch(/WARN|ERROR|dropped/);
});

test('console alone: the queue does not fill up with what was shown', async () => {
  const finished = await run(
    { args: ['--traces', 'console'], env: { OTEL_BSP_MAX_QUEUE_SIZE: '2' } },
    async (cli) => {
      for (let shown = 1; shown <= 6; shown++) {
        await cli.request('ping');
        await cli.waitFor(() => cli.stderr.split('{"span":').length > shown);
      }
    },
  );
  expect(consoleLines(finished, 'traces')).toHaveLength(6);
});
