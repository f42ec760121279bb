import { setUpAuthor } from './author';
import { Cli, onlyJsonRpc, type RpcMessage } from './cli';

export interface Example {
  /** A program of examples/observe-your-server. */
  script: string;
  /** What its server says of itself. */
  version: string;
  /** A node_modules with what an author installs beside the product. */
  packages: () => string;
}

const CLIENT_INFO = { name: 'test-client', version: '1.2.3' };
const HANDSHAKE = {
  protocolVersion: '2025-11-25',
  capabilities: { sampling: {} },
  clientInfo: CLIENT_INFO,
};

/** Tests a server that observes itself, as its author would have it. */
export function testExample({ script, version, packages }: Example): void {
  const author = setUpAuthor(packages);
  const { named } = author;

  const start = (env: Record<string, string> = {}, ...flags: string[]): Cli =>
    new Cli({
      command: [process.execPath, ...flags, author.path(script)],
      env: { ...author.receiver.env, ...env },
      timeoutMs: 30_000,
    });

  async function initialize(cli: Cli): Promise<void> {
    await cli.request('initialize', HANDSHAKE);
    cli.notify('notifications/initialized');
  }

  /** Two look-ups at once, one that fails, and a call that asks the client. */
  async function converse(cli: Cli): Promise<RpcMessage[]> {
    await initialize(cli);
    await cli.request('tools/list');
    const lookUps = await Promise.all(
      ['tap', 'trace', 'nothing'].map((word) => cli.call('look_up', { word })),
    );
    const exemplified = cli.call('exemplify', { word: 'tap' });
    const question = await cli.waitFor(() =>
      cli.messages.find(({ method }) => method === 'sampling/createMessage'),
    );
    const content = { type: 'text', text: 'Mind the tap.' };
    cli.send({
      jsonrpc: '2.0',
      id: question.id,
      result: { role: 'assistant', model: 'm', content },
    });
    return [...lookUps, await exemplified];
  }

  test('answers as ever, ends with its stdin, and all of it has arrived', async () => {
    const cli = start();
    const answers = await converse(cli);
    expect(answers.map(({ result }) => result.content[0].text)).toEqual([
      'A device that controls a flow.',
      'A mark left behind.',
      expect.stringContaining('"nothing" is in no dictionary'),
      'Mind the tap.',
    ]);
    expect(await cli.end()).toMatchObject({ code: 0 });
    onlyJsonRpc(cli.stdout);

    const rows = author.receiver.spans.map(({ name, kind, status }) =>
      [kind, name, status.code].join(' '),
    );
    expect(rows.sort()).toEqual([
      'CLIENT sampling/createMessage UNSET',
      'SERVER initialize UNSET',
      'SERVER notifications/initialized UNSET',
      'SERVER tools/call exemplify UNSET',
      'SERVER tools/call look_up ERROR',
      'SERVER tools/call look_up UNSET',
      'SERVER tools/call look_up UNSET',
      'SERVER tools/list UNSET',
    ]);
    const [exemplify] = named('tools/call exemplify');
    expect(exemplify!.attributes).toMatchObject({
      'gen_ai.tool.name': 'exemplify',
      'mcp.session.id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'mcp.protocol.version': '2025-11-25',
      'network.transport': 'pipe',
      'mcp.server.name': 'dictionary',
      'mcp.server.version': version,
      'mcp.client.name': CLIENT_INFO.name,
      'mcp.client.version': CLIENT_INFO.version,
      'openinference.span.kind': 'TOOL',
    });
    // Content is off: the word was an argument.
    expect(JSON.stringify(exemplify!.attributes)).not.toContain('"tap"');
    expect(exemplify!.resource).toMatchObject({
      'service.name': 'dictionary',
      'service.version': version,
    });
    expect(
      new Set(author.receiver.spans.map(({ attributes }) => attributes['mcp.session.id'])).size,
    ).toBe(1);
    expect(named('sampling/createMessage')[0]).toMatchObject({
      traceId: exemplify!.traceId,
      parentSpanId: exemplify!.spanId,
    });
    expect(author.receiver.latest('mcp.client.operation.duration')).toHaveLength(1);
    expect(author.receiver.latest('mcp.server.session.duration')).toEqual([
      expect.objectContaining({ count: 1 }),
    ]);
    expect(author.receiver.logs).toHaveLength(7);
  });

  test("a handler's log lines know its trace, though no OpenTelemetry is set up", async () => {
    const cli = start();
    await initialize(cli);
    // At once: of each it is its own.
    await Promise.all(['tap', 'trace'].map((word) => cli.call('look_up', { word })));
    await cli.end();
    const told = [...cli.stderr.matchAll(/^looking up \w+, trace_id=(\w+)$/gm)].map(([, id]) => id);
    expect(told).toEqual(named('tools/call look_up').map(({ traceId }) => traceId));
    expect(new Set(told).size).toBe(2);
  });

  test('spans that a handler starts are children of its request', async () => {
    const cli = start({}, '--import', author.path('tracing.mjs'));
    await initialize(cli);
    await Promise.all(['tap', 'trace'].map((word) => cli.call('look_up', { word })));
    expect(await cli.end()).toMatchObject({ code: 0 });
    const own = named('dictionary.look_up');
    expect(own).toHaveLength(2);
    expect(own.map(({ traceId, parentSpanId }) => [traceId, parentSpanId])).toEqual(
      named('tools/call look_up').map(({ traceId, spanId }) => [traceId, spanId]),
    );
  });

  test('what Node is told to import is imported by its thread alone', async () => {
    const cli = start({}, '--import', 'data:text/javascript,console.error("imported")');
    await initialize(cli);
    expect(await cli.end()).toMatchObject({ code: 0 });
    expect(cli.stderr.match(/^imported$/gm)).toHaveLength(1);
    expect(named('initialize')).toHaveLength(1);
  });

  test('without our spans those of its own are what they were', async () => {
    const env = { OTEL_TRACES_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' };
    const cli = start(env, '--import', author.path('tracing.mjs'));
    await initialize(cli);
    await cli.call('look_up', { word: 'tap' });
    expect(await cli.end()).toMatchObject({ code: 0 });
    expect(author.receiver.spans).toEqual([
      expect.objectContaining({ name: 'dictionary.look_up', parentSpanId: '' }),
    ]);
    expect(author.receiver.latest('mcp.server.operation.duration').length).toBeGreaterThan(1);
  });

  test('a signal after which it calls shutdown() loses nothing', async () => {
    const cli = start();
    await initialize(cli);
    await cli.call('look_up', { word: 'tap' });
    cli.kill('SIGTERM');
    expect(await cli.exit).toMatchObject({ code: 0, signal: null });
    expect(named('tools/call look_up')).toHaveLength(1);
  });

  test('a setting that cannot be used is an error in words', async () => {
    const cli = start({ TS_CALCULATOR_LOG_LEVEL: 'inof' });
    expect(await cli.exit).toMatchObject({ code: 1 });
    expect(cli.stderr).toMatch(/ConfigError\]?: TS_CALCULATOR_LOG_LEVEL: 'inof' is not one of/);
    expect(cli.stderr.length).toBeLessThan(2_000);
    expect(cli.stdout).toBe('');
  });

  test('it can be switched off', async () => {
    const cli = start({ OTEL_SDK_DISABLED: 'true', TS_CALCULATOR_LOG_LEVEL: 'error' });
    expect(await converse(cli)).toHaveLength(4);
    expect(await cli.end()).toMatchObject({ code: 0 });
    expect(author.receiver.requests).toEqual([]);
  });
}
