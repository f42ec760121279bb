import { join } from 'node:path';
import { startCli, stopAll, type Cli } from '../support/cli';
import { startReceiver } from '../support/receiver';
import { ROOT } from '../support/root';
import { comparable, expectedSpan, ofOperation } from './support/expected-span';
import { counted, exportsOf, named, sumOf } from './support/points';
import { run } from './support/run';
import { ROWS, type Row } from './support/scripted-rows';
import { runScript, spanOf } from './support/scripted-session';
import { logLines } from './support/stderr-lines';

// What a good session does not show: an internal error, a request taken back, one cut off.

afterEach(stopAll);

const opening = ROWS.slice(0, 5);
const add = ROWS.find(({ tool, label }) => tool === 'add' && label === 'invalid_args')!;

test('--fault error=1: the label internal', async () => {
  const row: Row = {
    ...add,
    outcome: 'tool_error',
    label: 'internal',
    errorType: 'tool_error',
  };
  const session = await runScript([...opening, row], { args: ['--fault', 'error=1'] });
  const index = opening.length;
  expect(comparable(session.spans[index]!)).toEqual(spanOf(session, index));
  const errors = session.receiver.latest('mcp.tools.errors');
  expect(counted(errors)).toEqual({ 'error=internal tool=add': 1 });
  expect(session.lines[index]).toMatchObject({ level: 'WARN' });
  expect(session.lines[index]!.message).toMatch(/^tools\/call add tool_error internal \d/);
  expect(session.cli.stderr).toMatch(/WARN .* --fault is on/);
});

const SLOW = ['--fault', 'slow=600'];
const cancel = (cli: Cli, requestId: string): void =>
  cli.notify('notifications/cancelled', { requestId });

test('a request cancelled in flight', async () => {
  const { receiver, cli } = await run({ args: SLOW }, async (cli) => {
    await cli.initialize();
    cli.send({
      ...{ jsonrpc: '2.0', id: 'slow', method: 'tools/call' },
      params: { name: 'add', arguments: { a: 1, b: 2 } },
    });
    cancel(cli, 'slow');
    await cli.request('ping');
    cancel(cli, 'slow'); // too late: it changes nothing
  });
  expect(cli.messages.map(({ id }) => id)).not.toContain('slow');

  const spans = receiver.spans.filter(({ name }) => name === 'tools/call add');
  expect(spans).toHaveLength(1);
  const span = comparable(spans[0]!);
  const { attributes } = span;
  expect(span).toEqual({ ...expectedSpan('tools/call add', {}), attributes });
  expect(attributes).toMatchObject(
    ofOperation({
      ...{ method: 'tools/call', id: 'slow', tool: 'add', errorType: 'cancelled' },
      ...{ args: { a: 1, b: 2 }, numbers: { a: 1, b: 2 } },
    }),
  );
  for (const key of ['mcp.tool.result', 'output.value', 'gen_ai.tool.call.result']) {
    expect(attributes).not.toHaveProperty([key]);
  }
  expect(Number(spans[0]!.end - spans[0]!.start) / 1e6).toBeLessThan(600);
  expect(receiver.spans.filter(({ name }) => name === 'notifications/cancelled')).toHaveLength(2);

  expect(counted(receiver.latest('mcp.requests.total'))).toEqual({
    'method=initialize outcome=ok': 1,
    'method=ping outcome=ok': 1,
    'method=tools/call outcome=cancelled tool=add': 1,
  });
  expect(counted(receiver.latest('mcp.tools.calls'))).toEqual({ 'tool=add': 1 });
  expect(counted(receiver.latest('mcp.tools.errors'))).toEqual({});
  const key = Object.keys(counted(receiver.latest('mcp.server.operation.duration')));
  expect(key.filter((each) => each.includes('error.type=cancelled'))).toHaveLength(1);

  const line = logLines(cli.stderr).find(({ message }) => message.includes('cancelled'))!;
  expect(line.message).toMatch(/^tools\/call add cancelled \d/);
  expect(line).toMatchObject({ level: 'INFO', spanId: spans[0]!.spanId });
  const record = receiver.logs.find(({ spanId }) => spanId === line.spanId)!;
  expect(record).toMatchObject({ body: line.message, severityText: 'INFO' });
});

test('an operation cut off by the end', async () => {
  const receiver = await startReceiver();
  const product = `"${process.execPath}" "${join(ROOT, 'bin', 'ts-calculator.js')}"`;
  // `head` closes the product's stdout after the first answer.
  const script = `${product} --fault slow=5000 | head -n 1`;
  const cli = startCli({ command: ['sh', '-c', script], env: receiver.env });
  cli.send({ jsonrpc: '2.0', id: 'cut', method: 'tools/call', params: { name: 'add' } });
  await cli.request('ping');
  // The next answer finds nobody.
  cli.send({ jsonrpc: '2.0', id: 'lost', method: 'ping' });
  await receiver.waitFor(({ spans }) => spans.some(({ name }) => name === 'tools/call add'));
  await cli.exit;
  await receiver.close();

  const span = receiver.spans.find(({ name }) => name === 'tools/call add')!;
  expect(span.status).toEqual({ code: 'ERROR', message: expect.stringMatching(/./) });
  expect(span.attributes).toMatchObject({ 'error.type': '_OTHER', 'mcp.tool.error': false });
  expect(span.attributes).not.toHaveProperty(['rpc.response.status_code']);
  expect(counted(receiver.latest('mcp.requests.total'))).toMatchObject({
    'method=tools/call outcome=error tool=add': 1,
  });
  const line = logLines(cli.stderr).find(({ spanId }) => spanId === span.spanId)!;
  expect(line).toMatchObject({ level: 'ERROR' });
});

test('otel.sdk.exporter.*: what was exported, and how long it took', async () => {
  const names = ['span.exported', 'operation.duration'].map((name) => `otel.sdk.exporter.${name}`);
  const env = { OTEL_METRIC_EXPORT_INTERVAL: '50', OTEL_BSP_SCHEDULE_DELAY: '0' };
  const { receiver } = await run({ env }, async (cli, receiver) => {
    await cli.request('ping');
    await receiver.waitFor(() => names.every((name) => receiver.latest(name).length > 0));
  });
  expect(sumOf(receiver.latest(names[0]!))).toBe(1);
  const duration = receiver
    .latest(names[1]!)
    .find(({ attributes }) => attributes['otel.component.type'] === 'otlp_http_span_exporter');
  expect(duration).toMatchObject({ type: 'histogram', unit: 's', count: 1 });
  const processed = exportsOf(receiver).map((points) =>
    sumOf(named(points, 'otel.sdk.processor.span.processed')),
  );
  expect([processed[0], processed.at(-1)]).toEqual([0, 1]);
});
