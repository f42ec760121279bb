import { onlyJsonRpc, startCli, stopAll, type Cli, type CliOptions } from '../support/cli';
import type { Behaviour } from '../support/receiver';
import { startReceiverProcess, type ReceiverProcess } from '../support/receiver-process';
import { answeredCalls, ascending, HANDSHAKE_SPANS, numbersTo, sendCalls } from './support/load';
import { ids, linesOf, toldDropped } from './support/losses';
import { counted, sumOf } from './support/points';

const CALLS = 1_000;
const SPANS = CALLS + HANDSHAKE_SPANS;
/** The 1.5 s, and what a machine that is shared may add. */
const END_MS = 1_700;

let receiver: ReceiverProcess;
beforeEach(async () => void (receiver = await startReceiverProcess({ lazy: true })));
afterEach(async () => {
  await stopAll();
  await receiver.close();
});

/** Closes stdin while 1,000 calls are in flight; all of them are answered, and the end is in time. */
async function endInFlight(options: CliOptions = {}) {
  const cli = startCli({ env: receiver.env, args: ['--fault', 'slow=300'], ...options });
  await cli.initialize();
  sendCalls(cli, CALLS);
  const exit = await cli.end();
  expect(exit.code).toBe(0);
  onlyJsonRpc(cli.stdout);
  expect(ascending(answeredCalls(cli))).toEqual(numbersTo(CALLS));
  expect(exit.afterLastByteMs).toBeLessThan(END_MS);
  await receiver.decodeLater();
  return { cli, exit };
}

/** What was told as lost is what was made and did not arrive, no more and no less. */
async function expectLossesTold(cli: Cli): Promise<{ spans: number; logs: number }> {
  const told = toldDropped(cli.stderr) ?? { spans: 0, logs: 0 };
  const arrived = await receiver.counts();
  expect({ spans: told.spans, logs: told.logs }).toEqual({
    spans: SPANS - arrived.spans,
    logs: linesOf(cli.stderr) - arrived.logs,
  });
  return told;
}

test('behind a healthy receiver nothing is lost, the last metrics included', async () => {
  const { cli, exit } = await endInFlight();
  console.info(`a healthy receiver: ${exit.afterLastByteMs} ms`);
  const spans = await receiver.spans();
  expect(spans).toHaveLength(SPANS);
  expect(ids(spans).size).toBe(SPANS);
  expect(await receiver.logs()).toHaveLength(linesOf(cli.stderr));
  expect(sumOf(await receiver.latest('mcp.tools.calls'))).toBe(CALLS);
  expect((await receiver.latest('mcp.sessions.active')).map(({ value }) => value)).toEqual([0]);
  expect(counted(await receiver.latest('mcp.requests.total'))).toMatchObject({
    'method=tools/call outcome=ok tool=add': CALLS,
  });
  expect(toldDropped(cli.stderr)).toBeUndefined();
});

/** What is said of telemetry on stderr. */
const ownLines = (cli: Cli): string[] =>
  cli.stderr.split('\n').filter((line) => line.includes(' - telemetry: '));

const FAULTS: Record<string, Behaviour> = {
  'accepts and never answers': { kind: 'hang' },
  'takes a second': { kind: 'accept', delayMs: 1_000 },
  'sends a byte a second': { kind: 'drip' },
  'closes connections': { kind: 'close' },
  'answers 503': { kind: 'status', status: 503 },
  'asks to be left alone': { kind: 'status', status: 429, retryAfter: 60 },
};

test.each(Object.keys(FAULTS))('a receiver that %s does not hold up the end', async (name) => {
  await receiver.behave(FAULTS[name]!);
  const { cli, exit } = await endInFlight();
  const { spans } = await expectLossesTold(cli);
  if (FAULTS[name]!.kind !== 'accept') expect(spans).toBe(SPANS);
  console.info(`${name}: ${spans} spans lost, ${exit.afterLastByteMs} ms`, ownLines(cli));
});

test('a receiver that is not there does not hold up the end, and the loss is told', async () => {
  await receiver.refuse();
  const { cli, exit } = await endInFlight();
  await expectLossesTold(cli);
  expect(toldDropped(cli.stderr)?.reasons).toBe('receiver could not be reached');
  expect(ownLines(cli)).toEqual([
    expect.stringMatching(/WARN .*nothing answers at http:\S+ \((\w+, ){2}\w+; ECONNREFUSED\)/),
    expect.stringContaining(' dropped ('),
  ]);
  console.info(`down: ${exit.afterLastByteMs} ms`);
});

test('where nobody asked for a receiver, its absence is told once and nothing at the end', async () => {
  const { cli } = await endInFlight({ env: {} });
  expect(ownLines(cli)).toEqual([
    expect.stringMatching(
      /INFO .*nothing answers at http:\S+6006 .* and http:\S+4318 .*: start one there/,
    ),
  ]);
});

test.each(['accept', 'hang'] as const)(
  'an unread stderr does not hold up the end: a receiver that does %s',
  async (kind) => {
    await receiver.behave({ kind });
    const { cli, exit } = await endInFlight({ readStderr: false });
    expect((await receiver.counts()).spans).toBe(kind === 'accept' ? SPANS : 0);
    console.info(`stderr unread, ${kind}: ${exit.afterLastByteMs} ms`);
    expect(cli.stderr).toBe('');
  },
);

test('a few calls against a receiver that takes a second lose nothing', async () => {
  await receiver.behave({ kind: 'accept', delayMs: 1_000 });
  const cli = startCli({ env: receiver.env });
  await cli.initialize();
  sendCalls(cli, 3);
  const exit = await cli.end();
  expect(exit.code).toBe(0);
  expect(exit.afterLastByteMs).toBeLessThan(END_MS);
  await receiver.decodeLater();
  expect(await receiver.counts()).toMatchObject({
    spans: 3 + HANDSHAKE_SPANS,
    logs: linesOf(cli.stderr),
  });
  expect(sumOf(await receiver.latest('mcp.tools.calls'))).toBe(3);
  expect(toldDropped(cli.stderr)).toBeUndefined();
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s: what is in flight is answered', async (signal) => {
  const cli = startCli({ env: receiver.env, args: ['--fault', 'slow=300'] });
  await cli.initialize();
  sendCalls(cli, CALLS);
  // Once the answer to a request that takes no time is here, all that came before it is in flight.
  await cli.request('ping');
  cli.kill(signal);
  const exit = await cli.exit;
  expect(exit.code).toBe(0);
  expect(ascending(answeredCalls(cli))).toEqual(numbersTo(CALLS));
  expect(exit.afterLastByteMs).toBeLessThan(END_MS);
  await receiver.decodeLater();
  expect((await receiver.counts()).spans).toBe(SPANS + 1);
});
