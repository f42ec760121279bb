import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Relay, type RelayOptions } from '../../src/observe/relay';
import { StartError } from '../../src/observe/start-error';
import { SlowStream } from '../transport/slow-stream';

const run = (script: string): RelayOptions['run'] => ({
  command: 'sh',
  args: ['-c', script],
  env: process.env,
});

/** What looks on noted, by direction; and how it ended. */
function start(script: string, options: Partial<RelayOptions> = {}) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const seen = {
    client: '',
    server: '',
    stderr: '',
    ending: [] as string[],
    exits: [] as number[],
  };
  const relay = new Relay({
    ...{ run: run(script), stdin, stdout, stderr },
    fromClient: (chunk) => (seen.client += chunk),
    fromServer: (chunk) => (seen.server += chunk),
    fromServerStderr: (chunk) => (seen.stderr += chunk),
    onEnding: (reason) => seen.ending.push(reason),
    exit: (code) => seen.exits.push(code),
    ...options,
  });
  return { relay, seen, stdin, stdout, stderr, over: relay.run() };
}

test('what passes is seen, and the end of stdin ends it', async () => {
  const { seen, stdin, stdout, stderr, over } = start('cat; echo warning >&2; exit 3');
  stdin.end('a message\n');
  expect(await text(stdout)).toBe('a message\n');
  const { exitCode, wasRead, deadline } = await over;
  expect([exitCode, wasRead]).toEqual([3, true]);
  expect(deadline - performance.now()).toBeGreaterThan(500);
  expect(seen).toEqual({
    client: 'a message\n',
    server: 'a message\n',
    stderr: 'warning\n',
    ending: ['stdin ended'],
    exits: [],
  });
  // Others may have something to say there.
  expect([String(stderr.read()), stderr.writable]).toEqual(['warning\n', true]);
});

test('a child that ends by itself ends it, and nobody has begun an end', async () => {
  const { seen, stdin, over } = start('exit 4');
  expect(await over).toMatchObject({ exitCode: 4 });
  expect(seen.ending).toEqual([]);
  // No more is read of what a client still says: it has nobody to go to.
  expect(stdin.destroyed).toBe(true);
});

test('what goes to the server may be rewritten; what is seen is what came', async () => {
  const rewrite = {
    rewrite: (chunk: Buffer) => Buffer.from(String(chunk).toUpperCase()),
    end: () => Buffer.from('.'),
  };
  const { seen, stdin, stdout, over } = start('cat', { rewrite });
  stdin.end('abc');
  expect(await text(stdout)).toBe('ABC.');
  await over;
  expect(seen.client).toBe('abc');
});

test('what looks on may throw: told once a direction, not a byte is lost', async () => {
  const faults: unknown[] = [];
  const fromServer = () => {
    throw new Error('of ours');
  };
  const { stdin, stdout, over } = start('cat', {
    fromServer,
    onFault: (error) => faults.push(error),
  });
  stdin.write('a');
  await new Promise((resolve) => stdout.once('readable', resolve));
  stdin.end('b');
  expect(await text(stdout)).toBe('ab');
  await over;
  expect(faults).toEqual([new Error('of ours')]);
});

test('a signal before the child is there is not lost', async () => {
  const { relay, over } = start('exec sleep 60');
  relay.signal('SIGTERM');
  expect(await over).toMatchObject({ exitCode: 143 });
});

test('the second of a kind ends all at once, another does not', async () => {
  const { relay, seen, stdout, over } = start(
    `trap "" TERM INT; echo up; while :; do sleep 0.1; done`,
  );
  await new Promise((resolve) => stdout.once('data', resolve));
  relay.signal('SIGTERM');
  relay.signal('SIGINT');
  expect(seen.exits).toEqual([]);
  relay.signal('SIGINT');
  expect([seen.exits, seen.ending]).toEqual([[130], ['SIGTERM']]);
  expect(await over).toMatchObject({ exitCode: 137 });
});

test('a stdout that is closed begins an end, and closes the stdin of the child', async () => {
  const { seen, stdout, stdin, over } = start(
    'echo first; read go; echo second; cat >/dev/null; exit 5',
  );
  await new Promise((resolve) => stdout.once('data', resolve));
  stdout.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  expect(await over).toMatchObject({ exitCode: expect.any(Number), wasRead: true });
  expect(seen.ending).toEqual(['stdout closed']);
  expect(stdin.readableEnded).toBe(false);
});

test('within an end, a reader that takes nothing is given up in time', async () => {
  const stdout = new SlowStream();
  const { stdin, over } = start('echo said; cat', { stdout });
  stdin.end();
  const begun = performance.now();
  const { exitCode, wasRead, deadline } = await over;
  expect([exitCode, wasRead]).toEqual([0, false]);
  expect(deadline - begun).toBeLessThan(3_000);
});

test('a command that cannot be started is told', async () => {
  const { over } = start('', { run: { command: 'nonexistent', args: [], env: process.env } });
  await expect(over).rejects.toThrow(StartError);
});
