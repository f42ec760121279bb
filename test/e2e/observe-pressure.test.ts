import { stopAll } from '../support/cli';
import { pause } from '../support/time';
import { peakMegabytes } from './support/memory';
import { observe, program } from './support/observe';

afterEach(stopAll);

// Who does not read makes the other wait: what is between them is bounded.

const MEGABYTE = 1_048_576;
const MEGABYTES = 300;
const SIZE = MEGABYTES * MEGABYTE;
/** Node itself takes about 60, and garbage that waits for its collector was seen to take 200. All of it kept would be 360. */
const BOUND_MB = 300;
const TIMEOUT_MS = 60_000;

test('a client that does not read makes the server wait; when it reads, nothing is lost', async () => {
  const cli = observe(program('flood.ts', 'stdout', MEGABYTES), {
    readStdout: false,
    timeoutMs: TIMEOUT_MS,
  });
  await pause(2_000);
  expect(cli.stderr).toBe('');
  expect(peakMegabytes(cli)).toBeLessThan(BOUND_MB);

  let bytes = 0;
  cli.stdoutStream.on('data', (chunk: Buffer) => (bytes += chunk.length));
  await cli.waitForStderr('all written');
  await cli.waitFor(() => bytes === SIZE, 'all of it');
  expect(peakMegabytes(cli)).toBeLessThan(BOUND_MB);
  expect(await cli.end()).toMatchObject({ code: 0 });
}, 90_000);

test('a server that does not read makes the client wait; when it reads, nothing is lost', async () => {
  const cli = observe(program('late-reader.ts', 3_000), { timeoutMs: TIMEOUT_MS });
  await cli.waitForStderr('started');
  for (let i = 0; i < MEGABYTES; i++) cli.write(Buffer.alloc(MEGABYTE, 'x'));
  await pause(1_500);
  // What we have not read is still with the client.
  expect(cli.stdin.writableLength).toBeGreaterThan(SIZE - 10 * MEGABYTE);
  await cli.waitFor(() => cli.stdin.writableLength === 0, 'all of it taken');
  expect(peakMegabytes(cli)).toBeLessThan(BOUND_MB);
  expect(await cli.end()).toMatchObject({ code: 0 });
  expect(cli.stdout).toBe(`${SIZE}\n`);
}, 90_000);

test('300 MB on stderr, read', async () => {
  const cli = observe(program('flood.ts', 'stderr', MEGABYTES), { timeoutMs: TIMEOUT_MS });
  await cli.waitFor(() => cli.lines.includes('all written'));
  await cli.waitFor(() => cli.stderr.length === SIZE, 'all of it');
  expect(peakMegabytes(cli)).toBeLessThan(BOUND_MB);
  expect(await cli.end()).toMatchObject({ code: 0 });
}, 90_000);

test('300 MB on stderr, read late: the server waits, as it would without us', async () => {
  const cli = observe(program('flood.ts', 'stderr', MEGABYTES), {
    readStderr: false,
    timeoutMs: TIMEOUT_MS,
  });
  await pause(2_000);
  expect(cli.stdout).toBe('');
  expect(peakMegabytes(cli)).toBeLessThan(BOUND_MB);
  cli.readStderr();
  await cli.waitFor(() => cli.lines.includes('all written'));
  await cli.waitFor(() => cli.stderr.length === SIZE, 'all of it');
  expect(await cli.end()).toMatchObject({ code: 0 });
}, 90_000);
