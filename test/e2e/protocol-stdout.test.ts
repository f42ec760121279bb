import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onlyJsonRpc, startCli, stopAll } from '../support/cli';
import { startReceiver } from '../support/receiver';
import { CONSOLE } from './support/lines';

// While serving, stdout carries JSON-RPC alone, whatever is configured and whatever goes wrong.

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'ts-calculator-stdout-'))));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(stopAll);

const REFUSING = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };
const DIAGNOSTICS = { OTEL_LOG_LEVEL: 'debug' };

test.each<[string, Record<string, string>, string[]]>([
  ['the defaults', {}, []],
  ['console exporters', CONSOLE, []],
  ['console exporters beside OTLP', { ...REFUSING, OTEL_TRACES_EXPORTER: 'console,otlp' }, []],
  [
    'console exporters by flag',
    {},
    ['--traces', 'console', '--metrics', 'console', '--logs', 'console'],
  ],
  ['no exporters', {}, ['--traces', 'none', '--metrics', 'none', '--logs', 'none']],
  ['OpenTelemetry’s diagnostics', { ...REFUSING, ...DIAGNOSTICS }, []],
  ['all of its diagnostics', { ...CONSOLE, OTEL_LOG_LEVEL: 'ALL' }, []],
  ['our debug level', {}, ['--log-level', 'debug']],
  ['JSON logs', CONSOLE, ['--log-format', 'json', '--log-level', 'debug']],
  ['the SDK disabled', { OTEL_SDK_DISABLED: 'true', ...DIAGNOSTICS }, []],
  ['a receiver that is not there', REFUSING, []],
  ['a name that cannot be resolved', { PHOENIX_ENDPOINT: 'http://no.such.invalid' }, []],
  [
    'faulty foreign variables',
    {
      OTEL_TRACES_SAMPLER: 'x',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_BSP_MAX_QUEUE_SIZE: '-1',
    },
    [],
  ],
  ['a drill', {}, ['--fault', 'slow=20,error=0.5']],
  ['an --env-file', {}, ['--env-file', 'FILE']],
  ['Node’s own debugging', { NODE_DEBUG: 'http,net', NODE_OPTIONS: '--trace-warnings' }, []],
  ['dotenv’s variable', { DOTENV_CONFIG_DEBUG: 'true', DEBUG: '*' }, []],
])('%s', async (_, env, args) => {
  const file = join(folder, 'settings.env');
  writeFileSync(file, 'OTEL_TRACES_EXPORTER=console\nOTEL_LOG_LEVEL=debug\n');
  const cli = startCli({ env, args: args.map((arg) => (arg === 'FILE' ? file : arg)) });
  await cli.initialize();
  cli.send('hello');
  await Promise.all([
    cli.request('tools/list'),
    cli.request('no/such'),
    cli.call('add', { a: 1, b: 2 }),
    cli.call('divide', { a: 1, b: 0 }),
    cli.call('nope', {}),
  ]);
  expect(await cli.end()).toMatchObject({ code: 0, signal: null });
  onlyJsonRpc(cli.stdout);
  // Six requests and a line that is none: not a line more.
  expect(cli.lines).toHaveLength(7);
});

/** Loaded before the product: what a dependency that prints would do. */
const PRINTER = `
  console._stdout; // A console that was used before keeps the stream that it had then.
  process.on('SIGUSR2', () => {
    console.log('stray of console');
    console.info('stray of info');
    process.stdout.write('stray of stdout\\n');
  });
`;

test('with dependencies that print', async () => {
  const printer = `data:text/javascript,${encodeURIComponent(PRINTER)}`;
  const cli = startCli({ env: { NODE_OPTIONS: `--import=${printer}` } });
  await cli.initialize();
  cli.kill('SIGUSR2');
  for (const what of ['console', 'info', 'stdout']) {
    await cli.waitForStderr(`stray of ${what}\n`);
  }
  await cli.call('add', { a: 1, b: 2 });
  expect(await cli.end()).toMatchObject({ code: 0, signal: null });
  onlyJsonRpc(cli.stdout);
  expect(cli.lines).toHaveLength(2);
});

test('with a receiver that lies', async () => {
  const receiver = await startReceiver();
  receiver.behave({ kind: 'garbage' });
  const cli = startCli({ env: { ...receiver.env, ...DIAGNOSTICS } });
  await cli.initialize();
  await cli.call('add', { a: 1, b: 2 });
  await cli.end();
  await receiver.close();
  onlyJsonRpc(cli.stdout);
  expect(cli.lines).toHaveLength(2);
});
