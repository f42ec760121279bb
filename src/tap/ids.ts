import { randomFillSync } from 'node:crypto';

/** Ids as W3C Trace Context has them: lower-case hex, never all zeros. */
export interface IdGenerator {
  /** 32 hex digits. */
  traceId(): string;
  /** 16 hex digits. */
  spanId(): string;
}

const POOL_BYTES = 4096;

/** Random ids from a pool that is filled anew when it is used up: one system call per 170 requests. */
export function createIdGenerator(
  fill: (buffer: Buffer) => unknown = (buffer) => randomFillSync(buffer),
): IdGenerator {
  const pool = Buffer.alloc(POOL_BYTES);
  let position = POOL_BYTES;
  const take = (bytes: number): string => {
    for (;;) {
      if (position + bytes > POOL_BYTES) {
        fill(pool);
        position = 0;
      }
      const id = pool.toString('hex', position, position + bytes);
      position += bytes;
      if (!/^0+$/.test(id)) return id;
    }
  };
  return { traceId: () => take(16), spanId: () => take(8) };
}
