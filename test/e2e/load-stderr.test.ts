import { startCli, stopAll } from '../support/cli';
import { startReceiverProcess, type ReceiverProcess } from '../support/receiver-process';
import { callMany } from './support/load';
import { linesOf } from './support/losses';
import { peakMegabytes } from './support/memory';
import { sumOf } from './support/points';

const CALLS = 100_000;

let receiver: ReceiverProcess;
beforeEach(async () => void (receiver = await startReceiverProcess()));
afterEach(async () => {
  await stopAll();
  await receiver.close();
});

test('an unread stderr costs bounded memory; what it had no room for is counted and told', async () => {
  const cli = startCli({
    env: receiver.env,
    args: ['--traces', 'none', '--logs', 'none'],
    readStderr: false,
    timeoutMs: 60_000,
  });
  await cli.initialize();
  await callMany(cli, CALLS);
  expect(peakMegabytes(cli)).toBeLessThan(300);
  console.info(`peak ${peakMegabytes(cli).toFixed(0)} MB`);

  cli.readStderr();
  // A line that finds room again tells of those that did not.
  await cli.waitFor(() => linesOf(cli.stderr) > 1_000, 'what waited in the pipe');
  await cli.call('add', { a: 1, b: 1 });
  await cli.waitForStderr(/… \d+ log lines dropped: stderr was not read\n/);
  const exit = await cli.end();
  expect(exit.code).toBe(0);

  const told = [...cli.stderr.matchAll(/… (\d+) log lines dropped/g)].map(([, n]) => Number(n));
  const dropped = told.reduce((sum, n) => sum + n, 0);
  expect(dropped).toBeGreaterThan(CALLS / 2);
  expect(linesOf(cli.stderr) + dropped).toBe(CALLS + 2);
  const processed = await receiver.latest('otel.sdk.processor.log.processed');
  const stderr = processed.filter(
    ({ attributes }) => attributes['otel.component.name'] === 'stderr',
  );
  expect(stderr.map(({ attributes }) => attributes['error.type'])).toEqual(['queue_full']);
  expect(sumOf(stderr)).toBe(dropped);
}, 90_000);
