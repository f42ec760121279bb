import { createIdGenerator } from '../../src/tap/ids';

test('ids are lower-case hex of W3C’s lengths, and no two alike', () => {
  const { traceId, spanId } = createIdGenerator();
  const traceIds = Array.from({ length: 10_000 }, traceId);
  const spanIds = Array.from({ length: 10_000 }, spanId);
  for (const id of traceIds) expect(id).toMatch(/^[0-9a-f]{32}$/);
  for (const id of spanIds) expect(id).toMatch(/^[0-9a-f]{16}$/);
  expect(new Set([...traceIds, ...spanIds]).size).toBe(20_000);
});

test('an id of zeros alone, which W3C forbids, is passed over', () => {
  let fills = 0;
  const { traceId, spanId } = createIdGenerator((pool) => {
    fills++;
    pool.fill(0);
    if (fills > 1) pool.fill(0xab, 32, 40);
  });
  expect(traceId()).toBe(`${'ab'.repeat(8)}${'00'.repeat(8)}`);
  // A pool of 4,096 zeros was used up without an id.
  expect(fills).toBe(2);
  expect(spanId()).not.toMatch(/^0+$/);
});

test('every byte of a pool is used once, across its end too', () => {
  let next = 0;
  const { traceId, spanId } = createIdGenerator((pool) => {
    for (let at = 0; at < pool.length; at += 8) pool.writeBigUInt64BE(BigInt(++next), at);
  });
  const ids = Array.from({ length: 2_000 }, (_, i) => (i % 3 === 0 ? traceId() : spanId()));
  const words = ids.flatMap((id) => id.match(/.{16}/g)!).map((word) => parseInt(word, 16));
  expect(new Set(words).size).toBe(words.length);
  expect([...words].sort((a, b) => a - b)).toEqual(words);
});
