import { randomFillSync } from 'node:crypto';

/** Ids as W3C Trace Context has them: lower-case hex, never all zeros. */
export interface IdGenerator {
  /** 32 hex digits. */
  traceId(): string;
  /** 16 hex digits. */
  spanId(): string;
}

const POOL_BYTES = 4096;
const ZEROS = '0'.repeat(32);

/** Random ids from a pool that is filled anew when it is used up: one system call per 170 requests. */
export function createIdGenerator(
  fill: (buffer: Buffer) => unknown = (buffer) => randomFillSync(buffer),
): IdGenerator {
  const pool = Buffer.alloc(POOL_BYTES);
  let digits = '';
  let position = 0;
  const take = (length: number): string => {
    for (;;) {
      if (position + length > digits.length) {
        fill(pool);
        digits = pool.toString('hex');
        position = 0;
      }
      const id = digits.slice(position, position + length);
      position += length;
      if (!ZEROS.startsWith(id)) return id;
    }
  };
  return { traceId: () => take(32), spanId: () => take(16) };
}
