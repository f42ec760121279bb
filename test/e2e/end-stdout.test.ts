import { onlyJsonRpc, startCli, stopAll, type Cli } from '../support/cli';
import { startReceiver, type Receiver } from '../support/receiver';
import { pause } from '../support/time';
import { answeredCalls, numbersTo, sendCalls } from './support/load';
import { peakMegabytes } from './support/memory';

let receiver: Receiver;
beforeEach(async () => void (receiver = await startReceiver()));
afterEach(async () => {
  await stopAll();
  await receiver.close();
});

const STALL_MS = 5_000;

const unread = (): Cli =>
  startCli({ env: receiver.env, args: ['--logs', 'none'], readStdout: false, timeoutMs: 60_000 });

test('a stdout that is read late gets all its answers; until then reading waits', async () => {
  const calls = 50_000;
  const cli = unread();
  sendCalls(cli, calls);
  await pause(2_000);
  // What the product has not read is still with the client.
  expect(cli.stdin.writableLength).toBeGreaterThan(1_000_000);
  expect(peakMegabytes(cli)).toBeLessThan(250);

  cli.readStdout();
  const exit = await cli.end();
  expect(exit.code).toBe(0);
  onlyJsonRpc(cli.stdout);
  expect(answeredCalls(cli)).toEqual(numbersTo(calls));
}, 60_000);

test('a stdout that is read after the end of stdin gets all its answers', async () => {
  const calls = 3_000;
  const cli = unread();
  sendCalls(cli, calls);
  cli.stdin.end();
  await pause(STALL_MS / 2);
  cli.readStdout();
  expect(await cli.exit).toMatchObject({ code: 0 });
  onlyJsonRpc(cli.stdout);
  expect(answeredCalls(cli)).toEqual(numbersTo(calls));
}, 20_000);

test('a stdout that makes no progress for 5 s is given up', async () => {
  const cli = unread();
  sendCalls(cli, 3_000);
  cli.stdin.end();
  const { code, afterSpawnMs } = await cli.exit;
  expect(code).toBe(0);
  expect(afterSpawnMs).toBeGreaterThan(STALL_MS);
  expect(cli.stderr).toContain('stdout was not read: the last answers are given up');
}, 20_000);
