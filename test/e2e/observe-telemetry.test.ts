import { inspect } from 'node:util';
import { startCli, stopAll, type Cli } from '../support/cli';
import { startReceiver, type Receiver, type Span } from '../support/receiver';
import { now } from '../support/time';
import { program } from './support/observe';

// What a receiver gets of a server that is observed.

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await stopAll();
  await receiver.close();
});

const start = (args: string[] = [], env: Record<string, string> = {}, name?: string): Cli =>
  startCli({
    args: ['observe', ...args, '--', ...program('server.ts', ...(name ? [name] : []))],
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env },
  });

/** A session that does something; all of its telemetry has arrived when this resolves. */
async function session(cli: Cli, act: (cli: Cli) => Promise<unknown>) {
  await cli.initialize();
  await cli.request('tools/list');
  await act(cli);
  return end(cli);
}

async function end(cli: Cli) {
  cli.stdin.end();
  return cli.exit;
}

const named = (name: string): Span => {
  const found = receiver.spans.filter((span) => span.name === name);
  expect(found).toHaveLength(1);
  return found[0]!;
};

test('a session: names, kinds, sides, versions, and the server’s own name', async () => {
  await session(start(), async (cli) => {
    await cli.call('echo', { n: 1 });
    await cli.call('fail', {});
    await cli.call('nothing', {});
    await cli.request('resources/read', { uri: 'file:///a' });
  });
  expect(receiver.spans.map(({ name, kind }) => `${kind} ${name}`).sort()).toEqual([
    'SERVER initialize',
    'SERVER notifications/initialized',
    'SERVER resources/read',
    'SERVER tools/call',
    'SERVER tools/call echo',
    'SERVER tools/call fail',
    'SERVER tools/list',
  ]);
  for (const { attributes, resource } of receiver.spans) {
    expect(resource).toMatchObject({
      'service.name': 'small-server',
      'service.version': '4.5.6',
      'openinference.project.name': 'small-server',
      'mcp.protocol_version': '2025-11-25',
    });
    expect(attributes).toMatchObject({
      'mcp.client.name': 'test-client',
      'mcp.client.version': '1.2.3',
      'mcp.server.name': 'small-server',
      'mcp.server.version': '4.5.6',
      'mcp.protocol.version': '2025-11-25',
      'network.transport': 'pipe',
    });
  }
  expect(named('tools/call echo').attributes).toMatchObject({
    'tool.description': 'echos',
    'tool.parameters': '{"type":"object"}',
  });
  expect(named('tools/call fail')).toMatchObject({
    attributes: { 'error.type': 'tool_error', 'mcp.tool.error_label': 'internal' },
    status: { code: 'ERROR', message: 'internal' },
  });
  expect(named('tools/call').attributes).toMatchObject({
    'gen_ai.tool.name': 'nothing',
    'rpc.response.status_code': '-32602',
  });
  expect(named('resources/read').attributes['mcp.resource.uri']).toBe('file:///a');
  expect(receiver.latest('mcp.tools.calls').map((p) => [p.attributes['tool'], p.value])).toEqual(
    expect.arrayContaining([
      ['echo', 1],
      ['fail', 1],
      ['die', 0],
    ]),
  );
});

test('no content unless it is asked for, and no secret even then', async () => {
  const secret = 's3cr3t-4711';
  const act = async (cli: Cli) => {
    const args = { city: 'Oslo', api_key: secret, deep: { cookie: secret }, my_pin_code: secret };
    await cli.call('echo', args);
    await cli.call('fail', args);
    await cli.request('tools/call', { name: secret.repeat(2), arguments: args });
  };
  await session(start(), act);
  expect(inspect([receiver.spans, receiver.logs], { depth: 9 })).not.toContain('Oslo');
  receiver.spans.length = 0;

  await session(start(['--capture-content', 'on', '--redact', 'my_pin*']), act);
  const { attributes } = named('tools/call echo');
  expect(attributes).toMatchObject({
    'mcp.tool.arg.city': 'Oslo',
    'mcp.tool.arg.api_key': '***',
    'mcp.tool.arg.my_pin_code': '***',
    'input.value': '{"city":"Oslo","api_key":"***","deep":{"cookie":"***"},"my_pin_code":"***"}',
    'output.value': '{"city":"Oslo","api_key":"***","deep":{"cookie":"***"},"my_pin_code":"***"}',
  });
  const told = receiver.spans.filter((span) => span.name !== 'tools/call');
  expect(inspect(told, { depth: 9 })).not.toContain(secret);
});

test('what the server asks is a CLIENT span in the call’s trace', async () => {
  await session(start(), async (cli) => {
    const asked = cli.call('ask', {});
    await cli.waitFor(() => cli.messages.find(({ method }) => method === 'sampling/createMessage'));
    cli.send({ jsonrpc: '2.0', id: 1, result: { role: 'assistant' } });
    await asked;
  });
  const call = named('tools/call ask');
  expect(named('sampling/createMessage')).toMatchObject({
    kind: 'CLIENT',
    traceId: call.traceId,
    parentSpanId: call.spanId,
    attributes: { 'jsonrpc.request.id': '1' },
  });
  const [point] = receiver.latest('mcp.client.operation.duration');
  expect(point).toMatchObject({
    count: 1,
    attributes: { 'mcp.method.name': 'sampling/createMessage' },
  });
});

test('stderr passes, and its lines are log records in the trace of the call', async () => {
  const cli = start(['--log-level', 'warn']);
  await session(cli, () => cli.call('log', {}));
  expect(cli.stderr).toBe('WARNING: it is late\n');
  const call = named('tools/call log');
  expect(receiver.logs).toMatchObject([
    {
      body: 'WARNING: it is late',
      severityText: 'WARN',
      traceId: call.traceId,
      spanId: call.spanId,
      attributes: { 'log.iostream': 'stderr' },
    },
  ]);
});

test('what is no JSON-RPC on stdout passes, is counted, and told once', async () => {
  const cli = start(['--log-level', 'warn']);
  await session(cli, async () => {
    await cli.call('print', {});
    await cli.call('print', {});
  });
  const printed = '  a banner, "quoted"\nand more\n{"level":"info"}\n';
  expect(cli.stdout.split(printed)).toHaveLength(3);
  expect(cli.stderr.match(/is no JSON-RPC/g)).toHaveLength(1);
  expect(cli.stderr).toMatch(/: a banner, "quoted"\n$/);
  const counts = receiver.latest('mcp.client.operation.duration');
  const invalid = counts.filter((p) => p.attributes['mcp.method.name'] === 'invalid');
  expect(invalid.reduce((sum, { count }) => sum + Number(count), 0)).toBe(6);
});

test('what is open when the server dies is cut off', async () => {
  const cli = start();
  await cli.initialize();
  cli.send({ jsonrpc: '2.0', id: 'h', method: 'tools/call', params: { name: 'hang' } });
  cli.send({ jsonrpc: '2.0', id: 'd', method: 'tools/call', params: { name: 'die' } });
  expect(await cli.exit).toMatchObject({ code: 9 });
  const calls = receiver.spans.filter(({ name }) => name === 'tools/call');
  expect(calls).toMatchObject([
    { status: { code: 'ERROR' }, attributes: { 'error.type': '_OTHER' } },
    { status: { code: 'ERROR' }, attributes: { 'error.type': '_OTHER' } },
  ]);
});

test.each<[string, number, (cli: Cli) => unknown]>([
  [
    'dies',
    1,
    (cli) => cli.send({ jsonrpc: '2.0', method: 'tools/call', id: 1, params: { name: 'die' } }),
  ],
  ['ends with its client', 0, (cli) => cli.stdin.end()],
  ['is told to end', 0, (cli) => cli.kill()],
])('when the server %s, the last word on sessions is %i', async (_, word, end) => {
  const cli = start();
  await cli.initialize();
  end(cli);
  await cli.exit;
  expect(receiver.latest('mcp.sessions.active')).toMatchObject([{ value: word }]);
  const durations = receiver.metrics.filter(({ name }) => name === 'mcp.server.session.duration');
  expect(durations.length > 0).toBe(word === 0);
});

describe('the name', () => {
  const nameOf = async (args: string[], env: Record<string, string> = {}, name?: string) => {
    await session(start(args, env, name), (cli) => cli.request('ping'));
    const { resource } = receiver.spans.at(-1)!;
    return [resource['service.name'], resource['service.version']];
  };

  test.each<[string, string[], Record<string, string>, string, (string | undefined)[]]>([
    ['the server’s own', [], {}, 'its-own', ['its-own', '4.5.6']],
    ['a flag’s', ['--service-name', 'mine'], {}, 'its-own', ['mine', '4.5.6']],
    ['a variable’s', [], { OTEL_SERVICE_NAME: 'env' }, 'its-own', ['env', '4.5.6']],
    [
      'an attribute’s',
      [],
      { OTEL_RESOURCE_ATTRIBUTES: 'service.name=attr,service.version=7' },
      'its-own',
      ['attr', '7'],
    ],
    ['the command’s, where it says none', [], {}, 'nameless', ['node', undefined]],
  ])('%s', async (_, args, env, name, expected) => {
    expect(await nameOf(args, env, name)).toEqual(expected);
  });

  test('of a server that says none is settled after 5 s', async () => {
    const cli = start();
    const begun = now();
    await cli.request('ping');
    await cli.waitFor(() => / - node - INFO - .* - ping ok/.test(cli.stderr), 'its line');
    expect(now() - begun).toBeGreaterThan(4_500);
    await end(cli);
  }, 15_000);
});

test('a receiver that never answers does not keep it beyond what a client waits', async () => {
  receiver.behave({ kind: 'hang' });
  const cli = start();
  await cli.initialize();
  const begun = now();
  cli.stdin.end();
  expect(await cli.exit).toMatchObject({ code: 0 });
  expect(now() - begun).toBeLessThan(3_500);
  expect(cli.stderr).toMatch(/dropped \(receiver did not answer in time\)/);
});

test('with OTEL_SDK_DISABLED only the lines are left', async () => {
  const cli = start(['--propagate'], { OTEL_SDK_DISABLED: 'true' });
  await session(cli, () => cli.call('echo', { a: 1 }));
  expect(receiver.requests).toEqual([]);
  expect(cli.stderr).toMatch(/ - small-server - INFO - .* - tools\/call echo ok /);
});
