import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { stopAll, type Cli } from '../support/cli';
import { startReceiver, type Receiver } from '../support/receiver';
import { peakMegabytes } from './support/memory';
import { observe, program } from './support/observe';
import { randomChunks } from './support/observed/random-chunks';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await stopAll();
  await receiver.close();
});

/** Whether what passes is looked at, or nobody looks. */
const LOOKS: readonly (readonly [string, () => Record<string, string>])[] = [
  ['without telemetry', () => ({})],
  [
    'with telemetry',
    () => ({
      OTEL_SDK_DISABLED: '',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      PHOENIX_ENDPOINT: receiver.url,
      TS_CALCULATOR_CAPTURE_CONTENT: 'on',
    }),
  ],
];
const expectSeen = (env: Record<string, string>) =>
  expect(receiver.spans.length > 0).toBe(Object.keys(env).length > 0);

// Not a byte is changed, whatever the bytes are, and no more of them is held than a few buffers.

const MEGABYTE = 1_048_576;
/** Node itself takes about 60. */
const BOUND_MB = 160;

const sha256 = (): Hash => createHash('sha256');

/** The hash of what stdout brings. */
function received(cli: Cli): { hash: Hash; bytes: () => number } {
  const hash = sha256();
  let bytes = 0;
  cli.stdoutStream.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  return { hash, bytes: () => bytes };
}

/** Writes all of it as fast as it is taken. */
async function send(cli: Cli, chunks: Iterable<Buffer>): Promise<Hash> {
  const hash = sha256();
  for (const chunk of chunks) {
    hash.update(chunk);
    if (!cli.stdin.write(chunk)) await once(cli.stdin, 'drain');
  }
  return hash;
}

test.each(LOOKS)(
  'random bytes, both ways at once, %s',
  async (_, look) => {
    const env = look();
    const cli = observe(program('both-ways.ts', 20 * MEGABYTE), {
      env,
      readStdout: false,
      timeoutMs: 60_000,
    });
    const got = received(cli);
    const sent = await send(cli, randomChunks(20 * MEGABYTE));
    // All of it has been taken before the time runs that a child has to end.
    await cli.waitForStderr('all written\n');
    await cli.waitFor(() => cli.stdin.writableLength === 0);
    expect(await cli.end()).toMatchObject({ code: 0 });
    expect(JSON.parse(cli.stderr.split('\n')[1]!)).toEqual({
      got: sent.digest('hex'),
      sent: got.hash.digest('hex'),
    });
    expect(got.bytes()).toBeGreaterThan(20 * MEGABYTE);
    expectSeen(env);
  },
  90_000,
);

test.each(LOOKS)(
  'a line of 110 MB there and back, in bounded memory, %s',
  async (_, look) => {
    const env = look();
    const cli = observe(['cat'], { env, readStdout: false, timeoutMs: 60_000 });
    const got = received(cli);
    const size = 110 * MEGABYTE;
    function* line() {
      for (let i = 0; i < 110; i++) yield Buffer.alloc(MEGABYTE, 97 + (i % 26));
    }
    const sent = await send(cli, line());
    await cli.waitFor(() => got.bytes() === size, 'all of it');
    expect(peakMegabytes(cli)).toBeLessThan(BOUND_MB);
    expect(await cli.end()).toMatchObject({ code: 0 });
    expect(got.hash.digest('hex')).toBe(sent.digest('hex'));
    expectSeen(env);
  },
  90_000,
);

const TEXTS: readonly (readonly [string, Buffer])[] = [
  ['CRLF', Buffer.from('{"jsonrpc":"2.0"}\r\nnot json\r\n\r\n')],
  ['invalid UTF-8', Buffer.from([0xff, 0xfe, 0x0a, 0xc3, 0x28, 0x80, 0x0a, 0x00])],
  ['a byte order mark', Buffer.from('\uFEFF{"jsonrpc":"2.0","id":1}\n')],
  ['U+2028 and half a surrogate pair', Buffer.from('"\u2028\\ud800"\n')],
  [
    'numbers as they are spelled',
    Buffer.from('{"id":1.50,"b":1e400, "a" : 12345678901234567890}\n'),
  ],
  ['a last line without a newline', Buffer.from('one\ntwo')],
];

describe.each(LOOKS)('%s', (_, look) => {
  test.each(TEXTS)('%s', async (_, bytes) => {
    const env = look();
    const cli = observe(['cat'], { env, readStdout: false });
    const chunks: Buffer[] = [];
    cli.stdoutStream.on('data', (chunk: Buffer) => chunks.push(chunk));
    cli.write(bytes);
    expect(await cli.end()).toMatchObject({ code: 0 });
    expect(Buffer.concat(chunks)).toEqual(bytes);
    expect(cli.stderr).toBe('');
    expectSeen(env);
  });
});
