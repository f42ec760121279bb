import { Buffer } from 'node:buffer';
import { randomBytes, randomInt } from 'node:crypto';

const NEWLINE = 0x0a;
const pick = (values) => values[randomInt(values.length)];

/** A piece of some kind that a stream may hold: each is a function of its size. */
const KINDS = [
  // Binary: invalid UTF-8, and newlines where they fall.
  randomBytes,
  (size) => Buffer.alloc(size, NEWLINE),
  (size) => Buffer.from('not json at all, \u2028 €\r\n'.repeat(Math.ceil(size / 24))),
  (size) => Buffer.from(`{"jsonrpc":"2.0","id":1,"result":"${'x'.repeat(size)}"}\n`),
  (size) =>
    Buffer.from(
      `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"half":"${'€'.repeat(size / 3)}`,
    ),
];

/**
 * At least so many bytes, in chunks of random size and kind: the last line has no newline.
 *
 * @param {number} bytes
 */
export function* randomStream(bytes) {
  for (let left = bytes; left > 0;) {
    const size = pick([randomInt(1, 5), randomInt(1, 2_000), randomInt(1, 200_000)]);
    const chunk = pick(KINDS)(size);
    left -= chunk.length;
    yield chunk;
  }
  yield Buffer.from('{"jsonrpc":"2.0","method":"notifications/last"}');
}
