import { PassThrough } from 'node:stream';
import type { Line } from '../../src/transport/line-splitter';
import { StdioTransport } from '../../src/transport/stdio';
import { SlowStream, turn } from './slow-stream';

const LONG = 'x'.repeat(100);

/** A transport over streams of the test, each line answered with a long one. */
function start(stallMillis = 5_000) {
  const stdin = new PassThrough();
  const stdout = new SlowStream(10);
  const transport = new StdioTransport({ stdin, stdout, stallMillis });
  const lines: Line[] = [];
  transport.listen((line) => {
    lines.push(line);
    transport.write(LONG);
  });
  const texts = () => lines.map((line) => ('text' in line ? line.text : line.oversizedBytes));
  return { stdin, stdout, transport, lines, texts };
}

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await turn();
}

test('the end of stdin brings the last line, with or without a newline', async () => {
  const { stdin, stdout, transport, texts } = start();
  stdin.end('a\nb');
  expect(await transport.ended).toBe('stdin ended');
  expect(texts()).toEqual(['a', 'b']);
  const finished = transport.finish();
  await turns(2);
  await stdout.takeAll();
  expect([await finished, stdout.lines]).toEqual([0, [LONG, LONG]]);
});

test('an error of stdin is its end', async () => {
  const { stdin, transport } = start();
  stdin.destroy(Object.assign(new Error('read EIO'), { code: 'EIO' }));
  expect(await transport.ended).toBe('stdin ended');
});

test('a closed stdout ends it', async () => {
  const { stdin, stdout, transport, texts } = start();
  stdout.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  expect(await transport.ended).toBe('stdout closed');
  stdin.write('late\n');
  await turns(3);
  expect(texts()).toEqual([]);
});

test('after stop no line is taken, not even of the same chunk', async () => {
  const stdin = new PassThrough();
  const transport = new StdioTransport({ stdin, stdout: new PassThrough(), stallMillis: 1_000 });
  const seen: Line[] = [];
  transport.listen((line) => {
    seen.push(line);
    transport.stop();
  });
  stdin.write('a\nb\n');
  stdin.end('c\n');
  expect(await transport.ended).toBe('stopped');
  await turns(5);
  expect(seen).toEqual([{ text: 'a' }]);
});

test('while the reader is behind, lines wait', async () => {
  const { stdin, stdout, texts } = start();
  for (const line of ['a', 'b', 'c']) {
    stdin.write(`${line}\n`);
    await turns(3);
  }
  expect(texts()).toEqual(['a']);
  await stdout.take();
  await turns(3);
  expect(texts()).toEqual(['a', 'b']);
  await stdout.take();
  await turns(3);
  expect(texts()).toEqual(['a', 'b', 'c']);
});

test('what waits is bounded: then stdin is read no more, until the reader goes on', async () => {
  const { stdin, stdout, lines } = start();
  stdin.write('a\n');
  await turns(3);
  const chunk = Buffer.from(`${'y'.repeat(65_535)}\n`);
  const chunks = 100;
  for (let i = 0; i < chunks; i++) stdin.write(chunk);
  await turns(300);
  expect(lines).toHaveLength(1);
  expect(stdin.isPaused()).toBe(true);
  while (lines.length < 1 + chunks) {
    await stdout.takeAll();
    await turn();
  }
  expect(stdin.isPaused()).toBe(false);
});

describe('when stdin ends while the reader is behind', () => {
  async function behind(stallMillis?: number) {
    const parts = start(stallMillis);
    parts.stdin.write('a\n');
    await turns(3);
    parts.stdin.write('b\n');
    parts.stdin.write('c\n');
    parts.stdin.end('d');
    await turns(10);
    expect(parts.texts()).toEqual(['a']);
    return parts;
  }

  test('a reader that goes on gets every answer', async () => {
    const { stdout, transport, texts } = await behind();
    let over = false;
    const ended = transport.ended.then((reason) => {
      over = true;
      return reason;
    });
    while (!over) {
      await stdout.takeAll();
      await turn();
    }
    const finished = transport.finish();
    await turns(2);
    await stdout.takeAll();
    expect([await ended, await finished]).toEqual(['stdin ended', 0]);
    expect([texts(), stdout.lines.length]).toEqual([['a', 'b', 'c', 'd'], 4]);
  });

  test('one that takes nothing is given up', async () => {
    const { transport, texts } = await behind(50);
    expect(await transport.ended).toBe('stdin ended');
    expect(await transport.finish()).toBe(1);
    expect(texts()).toEqual(['a']);
  });

  test('a signal does not wait for it', async () => {
    const { stdout, transport, texts } = await behind();
    transport.stop();
    expect(await transport.ended).toBe('stopped');
    await stdout.takeAll();
    expect(texts()).toEqual(['a']);
  });
});
