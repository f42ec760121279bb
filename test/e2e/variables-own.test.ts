import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onlyJsonRpc, stopAll } from '../support/cli';
import { run, withReceivers, type Run } from './support/run';

// Our own settings, by what arrives: --vocabulary, --capture-content, --env-file.

afterEach(stopAll);

const CALCULATOR = [
  ...['mcp.method', 'mcp.tool.name', 'mcp.tool.arg.a', 'mcp.tool.arg.b', 'mcp.tool.result'],
  ...['mcp.tool.error', 'mcp.session_id', 'mcp.protocol_version', 'mcp.client.name'],
  ...['mcp.client.version', 'service.name', 'service.version'],
];
const SEMCONV = [
  ...['mcp.method.name', 'gen_ai.tool.name', 'gen_ai.operation.name', 'jsonrpc.request.id'],
  ...['gen_ai.tool.call.arguments', 'gen_ai.tool.call.result', 'mcp.session.id'],
  ...['mcp.protocol.version', 'network.transport'],
];
const OPENINFERENCE = [
  ...['openinference.span.kind', 'input.value', 'input.mime_type', 'output.value'],
  ...['output.mime_type', 'tool.name', 'tool.description', 'tool.parameters', 'session.id'],
  'metadata',
];
const CALCULATOR_METRICS = [
  ...['mcp.requests.duration', 'mcp.requests.total', 'mcp.sessions.active'],
  ...['mcp.tools.calls', 'mcp.tools.errors'],
];
const SEMCONV_METRICS = ['mcp.server.operation.duration', 'mcp.server.session.duration'];

describe('the vocabulary', () => {
  const keys = ({ receiver }: Run): string[] =>
    Object.keys(receiver.spans.find(({ name }) => name === 'tools/call add')!.attributes).sort();
  const metrics = ({ receiver }: Run): string[] => [
    ...new Set(receiver.metrics.map(({ name }) => name).filter((name) => name.startsWith('mcp.'))),
  ];

  test.each([
    ['calculator', CALCULATOR, CALCULATOR_METRICS],
    ['semconv', SEMCONV, SEMCONV_METRICS],
    ['openinference', OPENINFERENCE, []],
    ['semconv, openinference', [...SEMCONV, ...OPENINFERENCE], SEMCONV_METRICS],
    [
      'openinference,semconv,calculator',
      [...CALCULATOR, ...SEMCONV, ...OPENINFERENCE],
      [...CALCULATOR_METRICS, ...SEMCONV_METRICS],
    ],
  ])('%s', async (names, attributes, instruments) => {
    const [byFlag, byVariable] = await Promise.all([
      run({ args: ['--vocabulary', names] }),
      run({ env: { TS_CALCULATOR_VOCABULARY: names } }),
    ]);
    for (const finished of [byFlag, byVariable]) {
      expect(keys(finished)).toEqual([...attributes].sort());
      expect(metrics(finished).sort()).toEqual([...instruments].sort());
      // Whatever is chosen, the pipeline tells of itself.
      expect(finished.receiver.latest('otel.sdk.span.started')).toHaveLength(1);
    }
  });
});

/** Digits that nothing else on the wire holds. */
const MARK = '731508642';
const NAME = `name-${MARK}`;

const talkOfMarks = {
  args: { a: MARK, b: 1 },
  result: String(Number(MARK) + 1),
};

const runMarked = (env: Record<string, string>, args: string[] = []): Promise<Run> =>
  run(
    { env: { OTEL_LOG_LEVEL: 'all', ...env }, args: ['--log-level', 'debug', ...args] },
    async (cli) => {
      await cli.initialize();
      const answer = await cli.call('add', talkOfMarks.args);
      expect(answer.result.structuredContent.result).toBe(talkOfMarks.result);
      await cli.call('add', { a: MARK });
      await cli.call('add', { a: `x${MARK}`, b: 1 });
      await cli.call('add', { a: MARK, b: 1, [NAME]: 2 });
      await cli.call('add', { a: `${MARK}e99999`, b: 1 });
      await cli.call('divide', { a: MARK, b: 0 });
      await cli.request('tools/call', { name: 'add', arguments: [MARK] });
      cli.send(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"a":${MARK}`);
      await cli.request('ping');
    },
  );

/** All that telemetry says: spans with status and events, log records, metrics, stderr. */
const said = ({ receiver, cli }: Run): string =>
  JSON.stringify(
    receiver.requests.map(({ message }) => message),
    (_key, value) => (typeof value === 'bigint' ? `${value}` : value),
  ) + cli.stderr;

describe('--capture-content', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['the flag', {}, ['--capture-content', 'off']],
    ['the variable', { TS_CALCULATOR_CAPTURE_CONTENT: 'off' }, []],
  ])('off by %s: nothing of what was sent or answered is anywhere', async (_title, env, args) => {
    const finished = await runMarked(env, args);
    expect(said(finished)).not.toContain(MARK);
    expect(said(finished)).not.toContain(talkOfMarks.result);
    const failed = finished.receiver.spans.filter(({ status }) => status.code === 'ERROR');
    expect(
      failed.map(({ attributes, status }) => [attributes['mcp.tool.error_label'], status.message]),
    ).toEqual(
      ['missing_args', 'invalid_args', 'invalid_args', 'limit_exceeded', 'division_by_zero'].map(
        (label) => [label, label],
      ),
    );
    for (const { events } of failed) {
      expect(Object.keys(events[0]!.attributes)).toEqual(['exception.type']);
    }
    const { attributes } = finished.receiver.spans.find(({ name }) => name === 'tools/call add')!;
    for (const key of Object.keys(attributes)) {
      expect(key).not.toMatch(/^(input|output)\.|tool\.(arg|result)|call\.(arguments|result)/);
    }
  });

  test('on, which is the default: it is', async () => {
    const finished = await runMarked({});
    expect(said(finished)).toContain(MARK);
    expect(said(finished)).toContain(talkOfMarks.result);
    // But never on stderr and never in metrics.
    expect(finished.cli.stderr).not.toContain(MARK);
  });
});

describe('--env-file', () => {
  const withFile = async (content: string, use: (path: string) => Promise<void>): Promise<void> => {
    const folder = mkdtempSync(join(tmpdir(), 'ts-calculator-env-'));
    try {
      writeFileSync(join(folder, '.env'), content);
      await use(join(folder, '.env'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test('lies beneath the real environment and the flags', () =>
    withReceivers(1, async (receiver) => {
      const content = [
        `OTEL_EXPORTER_OTLP_ENDPOINT=${receiver!.url}`,
        'OTEL_SERVICE_NAME=file # a comment',
        'SERVICE_VERSION="1.0"',
        "PHOENIX_PROJECT='a project'",
        'TS_CALCULATOR_LOG_FORMAT=json',
      ].join('\n');
      await withFile(content, async (file) => {
        const { cli } = await run({
          endpoints: () => ({ OTEL_SERVICE_NAME: 'environment' }),
          args: ['--env-file', file, '--service-version', '2.0'],
        });
        expect(receiver!.spans[0]!.resource).toMatchObject({
          'service.name': 'environment',
          'service.version': '2.0',
          'openinference.project.name': 'a project',
        });
        expect(cli.stderr).toMatch(/^\{"time"/);
      });
    }));

  test('is not read from the working directory unasked', () =>
    withFile('OTEL_SERVICE_NAME=unasked\n', async (file) => {
      const { receiver } = await run({ cwd: join(file, '..') });
      expect(receiver.spans[0]!.resource['service.name']).toBe('ts-calculator');
    }));

  test('one that is not there ends the program with one line', async () => {
    const { cli, exit, receiver } = await run({ args: ['--env-file', '/no/such'] }, async () => {});
    // Node 20 reads --env-file behind the script's name too, and ends before the product begins:
    // exit code 9 and a line of its own. Later versions leave it to the product.
    expect([exit.code, cli.stderr]).toEqual(
      exit.code === 9
        ? [9, expect.stringMatching(/^.*node: \/no\/such: not found\n$/)]
        : [1, expect.stringMatching(/^ts-calculator: --env-file: '\/no\/such' .*\n$/)],
    );
    expect(receiver.requests).toEqual([]);
    onlyJsonRpc(cli.stdout);
  });
});
