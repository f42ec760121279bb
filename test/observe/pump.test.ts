import { createHash, randomBytes } from 'node:crypto';
import { PassThrough, Writable } from 'node:stream';
import { Pump, type PumpOptions } from '../../src/observe/pump';
import { SlowStream, turn } from '../transport/slow-stream';

const SOON = { idleMillis: 50, stallMillis: () => 50 };
const PATIENT = { idleMillis: 10_000, stallMillis: () => 10_000 };

/** What the sink got and what was seen, in the order of happening. */
function start(options: PumpOptions = {}) {
  const events: string[] = [];
  const source = new PassThrough();
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      events.push(`written ${chunk}`);
      done();
    },
  });
  sink.on('finish', () => events.push('sink ended'));
  const pump = new Pump(source, sink, {
    look: (chunk) => events.push(`seen ${chunk}`),
    onEnd: () => events.push('ended'),
    onSinkClosed: () => events.push('sink closed'),
    onFault: (error) => events.push(`fault: ${(error as Error).message}`),
    ...options,
  });
  return { events, source, sink, pump };
}

test('a chunk is written on first and looked at afterwards; the end of the source ends the sink', async () => {
  const { events, source, pump } = start();
  source.write('a');
  await turn();
  source.end('b');
  await pump.ended;
  await turn();
  expect(events).toEqual(['written a', 'seen a', 'written b', 'seen b', 'ended', 'sink ended']);
  expect(await pump.finish(PATIENT)).toBe(true);
});

test('a sink that others write to is not ended', async () => {
  const { events, source, sink, pump } = start({ keepSink: true });
  source.end('a');
  await pump.ended;
  await turn();
  expect(events).toEqual(['written a', 'seen a', 'ended']);
  expect(sink.writable).toBe(true);
});

test.each(['look', 'rewrite'] as const)(
  'a %s that throws is told once, and harms nothing',
  async (name) => {
    const fail = (): never => {
      throw new Error('of ours');
    };
    const rewrite = { rewrite: fail, end: () => Buffer.alloc(0) };
    const { events, source, pump } = start(name === 'look' ? { look: fail } : { rewrite });
    source.write('a');
    await turn();
    source.end('b');
    await pump.ended;
    expect(events.filter((event) => /written|fault/.test(event)).sort()).toEqual([
      'fault: of ours',
      'written a',
      'written b',
    ]);
  },
);

test('a rewrite gives what is written; what looks on sees what came', async () => {
  let kept = '';
  const rewrite = {
    rewrite(chunk: Buffer) {
      const lines = `${kept}${chunk}`.split('\n');
      kept = lines.pop()!;
      return Buffer.from(lines.map((line) => `<${line}>`).join(''));
    },
    end: () => Buffer.from(kept),
  };
  const { events, source, pump } = start({ rewrite });
  source.write('a');
  await turn();
  source.write('b\nc\nd');
  await turn();
  source.end();
  await pump.ended;
  await turn();
  expect(events).toEqual([
    ...['seen a', 'written <ab><c>', 'seen b\nc\nd', 'written d', 'ended', 'sink ended'],
  ]);
});

test('a sink whose reader goes closes the source, and is told once', async () => {
  const { events, source, sink, pump } = start();
  source.write('a');
  await turn();
  sink.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  await pump.ended;
  await turn();
  expect(events).toEqual(['written a', 'seen a', 'sink closed']);
  expect(source.destroyed).toBe(true);
  expect(await pump.finish(PATIENT)).toBe(true);
});

test('a source that breaks off is at its end', async () => {
  const { events, source, pump } = start();
  source.destroy(new Error('read EIO'));
  await pump.ended;
  await turn();
  expect(events).toEqual(['ended', 'sink ended']);
});

describe('back-pressure', () => {
  const MARK = 65_536;
  const slow = () => {
    const source = new PassThrough({ highWaterMark: MARK });
    const sink = new SlowStream(MARK);
    return { source, sink, pump: new Pump(source, sink) };
  };

  test('no more is taken than the two buffers hold; what waits is not lost', async () => {
    const { source, sink, pump } = slow();
    const sent = Array.from({ length: 64 }, () => randomBytes(16_384));
    let taken = 0;
    for (const chunk of sent) source.write(chunk, () => taken++);
    for (let i = 0; i < 100; i++) await turn();
    // Of the source's, some of which its readable half holds; and of the sink's.
    expect(taken * 16_384).toBeLessThanOrEqual(3 * MARK);

    source.end();
    let over = false;
    void pump.ended.then(() => (over = true));
    while (!over || sink.writableLength > 0) {
      await sink.takeAll();
      await turn();
    }
    const hash = (chunks: Buffer[]) =>
      createHash('sha256').update(Buffer.concat(chunks)).digest('hex');
    expect(hash(sink.taken)).toBe(hash(sent));
  });

  test('a reader that takes nothing is given up', async () => {
    const { source, pump } = slow();
    source.end(randomBytes(16));
    await pump.ended;
    expect(await pump.finish(SOON)).toBe(false);
  });

  test('a source that stays open and says nothing is given up, what it said is written', async () => {
    const { source, sink, pump } = slow();
    source.write('a');
    await turn();
    const finished = pump.finish(SOON);
    await sink.takeAll();
    expect(await finished).toBe(true);
    expect(sink.text).toBe('a');
    expect(sink.writableEnded).toBe(true);
  });

  test('one that goes on and on is given up, too', async () => {
    const source = new PassThrough();
    const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
    const pump = new Pump(source, sink);
    const timer = setInterval(() => source.write(Buffer.alloc(100_000)), 1);
    const wasRead = await pump.finish(PATIENT);
    clearInterval(timer);
    expect([wasRead, sink.writableEnded]).toEqual([false, true]);
  });
});
