import { onlyJsonRpc, startCli, stopAll } from '../support/cli';
import { ROOT } from '../support/root';
import { pause } from '../support/time';
import { answer, call, ping, QUIET, result } from './support/lines';

afterEach(stopAll);

const SLOW = ['--fault', 'slow=600'];
const PRODUCT = `"${process.execPath}" bin/ts-calculator.js`;
const CALLS = 200;

/** Starts the product with calls in flight, none of them answered yet. */
async function inFlight(args = SLOW) {
  const cli = startCli({ args, env: QUIET });
  await cli.initialize();
  for (let id = 1000; id < 1000 + CALLS; id++) cli.send(call(id, 'add', { a: id, b: 1 }));
  // When this is answered all that came before it is in hand.
  await cli.request('ping', undefined, 'all in hand');
  expect(cli.messages).toHaveLength(2);
  return cli;
}

describe.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s', (signal) => {
  test('with calls in flight: all are answered, exit 0', async () => {
    const cli = await inFlight();
    cli.kill(signal);
    expect(await cli.exit).toMatchObject({ code: 0, signal: null });
    onlyJsonRpc(cli.stdout);
    const ids = Array.from({ length: CALLS }, (_, i) => 1000 + i);
    expect(cli.messages.slice(2)).toEqual(ids.map((id) => answer(id, String(id + 1))));
  });

  test('with nothing to do: exit 0', async () => {
    const cli = startCli({ env: QUIET });
    await cli.initialize();
    cli.kill(signal);
    expect(await cli.exit).toMatchObject({ code: 0, signal: null });
  });
});

test('after a signal nothing new is taken', async () => {
  const cli = await inFlight(['--fault', 'slow=2000']);
  cli.kill();
  // Long after the signal, long before the last answer.
  await pause(1_000);
  cli.send(ping('late'));
  await cli.exit;
  expect(cli.messages).toHaveLength(2 + CALLS);
});

test.each([
  ['SIGTERM', 'SIGTERM', 143],
  ['SIGINT', 'SIGINT', 130],
  ['SIGTERM', 'SIGINT', 130],
] as const)('%s, then %s: it ends at once', async (first, second, code) => {
  const cli = await inFlight(['--fault', 'slow=60000']);
  cli.kill(first);
  await pause(100);
  cli.kill(second);
  expect(await cli.exit).toMatchObject({ code, signal: null });
  expect(cli.messages).toHaveLength(2);
});

test('stdin ends with calls in flight: all are answered, exit 0', async () => {
  const cli = await inFlight();
  expect(await cli.end()).toMatchObject({ code: 0, signal: null });
  expect(cli.messages).toHaveLength(2 + CALLS);
});

describe('a reader of stdout that goes', () => {
  const shell = (script: string, env: Record<string, string> = {}) =>
    startCli({ command: ['bash', '-c', script], cwd: ROOT, env });
  const pings = (count: number) =>
    `for i in $(seq ${count}); do echo '{"jsonrpc":"2.0","id":'$i',"method":"ping"}'; done`;

  test.each([
    ['telemetry off', QUIET],
    ['telemetry on', { TS_CALCULATOR_LOG_LEVEL: 'warn' }],
  ])('| head -1 ends the product quietly, exit 0 (%s)', async (_, env) => {
    // The writer lives on: it is the end of stdout that is seen, not that of stdin.
    const writer = `{ ${pings(5_000)}; sleep 60; }`;
    const cli = shell(`${writer} | { ${PRODUCT}; echo "code $?" >&2; } | head -1`, env);
    await cli.waitForStderr('code');
    expect([cli.lines, cli.stderr]).toEqual([[JSON.stringify(result(1))], 'code 0\n']);
  });

  test.each([
    ['tools --json', 0],
    ['call add 1 2', 0],
    ['call divide 1 0 --json', 1],
    ['--help', 0],
  ])('%s, unread: exit code %i, no word', async (command, code) => {
    // The reader is gone before anything is written.
    const script = `{ sleep 0.3; ${PRODUCT} ${command}; echo "code $?" >&2; } | true`;
    const cli = shell(script, QUIET);
    await cli.exit;
    expect(cli.stderr).toBe(`code ${code}\n`);
  });
});

test('a stdout that nobody reads is given up, also with requests that wait unread', async () => {
  const cli = startCli({ env: { ...QUIET, TS_CALCULATOR_LOG_LEVEL: 'warn' }, readStdout: false });
  for (let id = 0; id < 2_000; id++) cli.send({ ...ping(id), method: 'tools/list' });
  const exit = await cli.end(30_000);
  expect(exit).toMatchObject({ code: 0, signal: null });
  expect(cli.stderr).toContain('stdout was not read');
}, 40_000);
