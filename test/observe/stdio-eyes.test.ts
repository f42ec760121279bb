import { PassThrough } from 'node:stream';
import { StdioEyes } from '../../src/observe/stdio-eyes';
import type { Operation } from '../../src/tap/operation';
import type { LogEntry } from '../../src/telemetry/log-entry';
import { forEachOperation } from '../../src/telemetry/operation-columns';
import type { Batch } from '../../src/telemetry/pipeline';
import { Stderr } from '../../src/telemetry/stderr';
import { load } from '../config/support';

function start(flags: Record<string, string> = {}, env: Record<string, string> = {}) {
  const batches: Batch[] = [];
  const faults: unknown[] = [];
  const eyes = new StdioEyes({
    loaded: load(env, flags),
    fallbackName: 'uvx',
    packageVersion: '1.2.3',
    command: 'x',
    onFault: (error) => faults.push(error),
    stderr: new Stderr(new PassThrough()),
    startPipeline: () => ({
      accept: (batch) => batches.push(structuredClone(batch)),
      learnTools: () => undefined,
      shutdown: () => Promise.resolve(),
    }),
  });
  const end = async () => {
    await eyes.end(1_000, false);
    const operations: Operation[] = [];
    for (const batch of batches) forEachOperation(batch.operations, (op) => operations.push(op));
    const entries: LogEntry[] = batches.flatMap((batch) => batch.entries);
    return { operations, entries };
  };
  const { looks } = eyes;
  return {
    faults,
    looks,
    end,
    client: (text: string) => looks.fromClient!(Buffer.from(text)),
    server: (text: string) => looks.fromServer!(Buffer.from(text)),
    stderr: (text: string) => looks.fromServerStderr!(Buffer.from(text)),
  };
}

const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
const PONG = '{"result":{},"jsonrpc":"2.0","id":1}\n';

test('both sides and stderr are seen', async () => {
  const { client, server, stderr, end } = start();
  client(`${PING}\n`);
  stderr('ERROR it is late\nno newline');
  server(PONG);
  const { operations, entries } = await end();
  expect(operations).toMatchObject([
    { method: 'ping', outcome: 'ok', session: { transport: 'pipe' } },
  ]);
  const { traceId, spanId } = operations[0]!;
  expect(entries).toMatchObject([
    { message: 'ERROR it is late', level: 'error', logger: 'uvx', traceId, spanId },
    { message: 'no newline', level: 'info', logger: 'uvx' },
  ]);
});

test.each([false, true])(
  'a last line without its newline comes before its answer (propagation: %j)',
  async (propagates) => {
    const { client, server, looks, end } = start(propagates ? { propagate: 'on' } : {});
    if (looks.rewrite) looks.rewrite.rewrite(Buffer.from(PING));
    else client(PING);
    looks.rewrite?.end();
    looks.onEnding?.('stdin ended');
    server(PONG);
    const { operations } = await end();
    expect(operations.map(({ method, outcome }) => [method, outcome])).toEqual([['ping', 'ok']]);
  },
);

test('what is open at the end is cut off', async () => {
  const { client, end } = start();
  client(`${PING}\n{"jsonrpc":"2.0","id":2,"method":"subscriptions/listen"}\n`);
  const { operations } = await end();
  expect(operations.map(({ method, cutOff }) => [method, cutOff])).toEqual([
    ['subscriptions/listen', undefined],
    ['ping', true],
  ]);
});

test('noise on stdout is told once, with its beginning but no secret', async () => {
  const { server, client, end } = start();
  client('noise of the client is not told\n');
  server('{"id":1,"result":{"password":"hunter2"}}\nmore\n');
  server('and more\n');
  const { operations, entries } = await end();
  expect(operations).toHaveLength(4);
  expect(entries).toHaveLength(1);
  expect(entries[0]!.message).toContain('this is the first: ');
  expect(entries[0]!.message).not.toContain('hunter2');
  expect(entries[0]!.level).toBe('warn');
});

test.each<[string, Record<string, string>, Record<string, string>, boolean]>([
  ['by default', {}, {}, false],
  ['asked for', { propagate: 'on' }, {}, true],
  ['by its variable', {}, { TS_CALCULATOR_PROPAGATE: 'on' }, true],
  ['where there are no spans', { propagate: 'on', traces: 'none' }, {}, false],
  ['disabled', { propagate: 'on' }, { OTEL_SDK_DISABLED: 'true' }, false],
  ['with other propagators', { propagate: 'on' }, { OTEL_PROPAGATORS: 'baggage' }, false],
])('bytes are rewritten: %s', (_, flags, env, isRewritten) => {
  const { looks } = start(flags, env);
  expect(looks.rewrite !== undefined).toBe(isRewritten);
});
