import { Output } from '../../src/transport/output';
import { SlowStream, turn } from './slow-stream';

const SLICE = 65_536;

function start(highWaterMark?: number) {
  const stream = new SlowStream(highWaterMark);
  const events: (string | boolean)[] = [];
  const time = { now: 0 };
  const output = new Output(
    stream,
    {
      onBlocked: (blocked) => events.push(blocked ? 'blocked' : 'free'),
      onClosed: () => events.push('closed'),
    },
    () => time.now,
  );
  return { stream, events, time, output };
}

test('the lines of one turn go out in one write', async () => {
  const { stream, output } = start();
  output.write('a');
  output.write('b');
  await turn();
  output.write('c');
  await turn();
  await stream.takeAll();
  expect(stream.taken.map(String)).toEqual(['a\nb\n', 'c\n']);
});

test('a large text goes out in slices, no byte changed', async () => {
  const { stream, output } = start();
  // Characters of three bytes: a slice ends within one.
  const line = '€'.repeat(SLICE);
  output.write(line);
  await turn();
  await stream.takeAll();
  expect(stream.taken.map(({ length }) => length)).toEqual([SLICE, SLICE, SLICE, 1]);
  expect(stream.lines).toEqual([line]);
});

test('a reader that is behind is told once, and once that it has caught up', async () => {
  const { stream, events, output } = start(10);
  for (let i = 0; i < 3; i++) {
    output.write('x'.repeat(20));
    await turn();
  }
  expect(events).toEqual(['blocked']);
  await stream.take(2);
  expect(events).toEqual(['blocked']);
  await stream.take();
  expect(events).toEqual(['blocked', 'free']);
});

describe('corkDuring', () => {
  test('what is written meanwhile goes out in one write, as soon as it is done', async () => {
    const { stream, output } = start();
    const write = jest.spyOn(stream, 'write');
    output.corkDuring(() => {
      output.write('a');
      output.write('b');
      expect(write).not.toHaveBeenCalled();
    });
    expect(write).toHaveBeenCalledTimes(1);
    await turn();
    await stream.takeAll();
    expect(stream.taken.map(String)).toEqual(['a\nb\n']);
  });

  test('what was written before in the same turn goes with it, and nothing goes twice', async () => {
    const { stream, output } = start();
    output.write('a');
    output.corkDuring(() => output.write('b'));
    await turn();
    await stream.takeAll();
    expect(stream.taken.map(String)).toEqual(['a\nb\n']);
  });

  test('also where it throws; what comes later goes out as ever', async () => {
    const { stream, output } = start();
    const write = jest.spyOn(stream, 'write');
    const fault = new Error('of the run');
    const run = () => {
      output.write('a');
      throw fault;
    };
    expect(() => output.corkDuring(run)).toThrow(fault);
    expect(write).toHaveBeenCalledTimes(1);
    output.write('b');
    expect(write).toHaveBeenCalledTimes(1);
    await turn();
    await stream.takeAll();
    expect(stream.lines).toEqual(['a', 'b']);
  });

  test('nothing written, nothing goes out', () => {
    const { stream, output } = start();
    const write = jest.spyOn(stream, 'write');
    output.corkDuring(() => undefined);
    expect(write).not.toHaveBeenCalled();
  });
});

describe('finish', () => {
  test('is done at once where nothing waits', async () => {
    const { output } = start();
    expect(await output.finish(5_000)).toBe(0);
  });

  test('writes what is not yet flushed, and waits until all is taken', async () => {
    const { stream, output } = start();
    output.write('a');
    let unread: number | undefined;
    const finished = output.finish(5_000).then((count) => (unread = count));
    await turn();
    expect(unread).toBeUndefined();
    await stream.takeAll();
    await finished;
    expect([unread, stream.text]).toEqual([0, 'a\n']);
  });

  test('a reader that takes nothing is given up; one that takes a little is not', async () => {
    const { stream, time, output } = start();
    output.write('x'.repeat(4 * SLICE));
    const finished = output.finish(5_000);
    for (let i = 0; i < 3; i++) {
      time.now += 4_900;
      await stream.take();
    }
    time.now += 5_000;
    // Two are left: the last slice, and the newline's.
    expect(await finished).toBe(2);
  });

  test('given up is given up: it is not waited for again', async () => {
    const { time, output } = start();
    output.write('a');
    const finished = output.finish(5_000);
    time.now += 5_000;
    expect(await finished).toBe(1);
    output.write('b');
    expect(await output.finish(5_000)).toBe(2);
  });

  test('a reader that goes ends the wait', async () => {
    const { stream, output, events } = start();
    output.write('a');
    const finished = output.finish(5_000);
    stream.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    expect(await finished).toBe(0);
    expect(events).toEqual(['closed']);
  });
});

test('after its end a stream is written to no more', async () => {
  const { stream, output, events } = start();
  stream.destroy();
  await turn();
  output.write('a');
  await turn();
  expect([stream.text, events, await output.finish(5_000)]).toEqual(['', ['closed'], 0]);
});
