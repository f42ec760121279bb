import { randomBytes, randomInt } from 'node:crypto';

const NEWLINE = 0x0a;
const TEXT = 'not json at all, \u2028 €\r\n';

/** Pieces of every kind that a stream may hold, each of about so many bytes. */
const KINDS: readonly ((size: number) => Buffer)[] = [
  // Binary: invalid UTF-8, and newlines where they fall.
  randomBytes,
  (size) => Buffer.alloc(size, NEWLINE),
  (size) => Buffer.from(TEXT.repeat(Math.ceil(size / TEXT.length))),
  (size) => Buffer.from(`{"jsonrpc":"2.0","id":1,"result":"${'x'.repeat(size)}"}\n`),
  // A message that has no end.
  (size) =>
    Buffer.from(`{"jsonrpc":"2.0","id":1,"method":"ping","params":["${'€'.repeat(size / 3)}`),
];
const SIZES = [5, 2_000, 200_000];

const pick = <T>(values: readonly T[]): T => values[randomInt(values.length)]!;

/** At least so many bytes, in chunks of random kind and size; the last line has no newline. */
export function* randomChunks(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0;) {
    const chunk = pick(KINDS)(randomInt(1, pick(SIZES)));
    left -= chunk.length;
    yield chunk;
  }
  yield Buffer.from('{"jsonrpc":"2.0","method":"notifications/last"}');
}
