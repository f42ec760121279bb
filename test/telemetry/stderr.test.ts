import { Writable } from 'node:stream';
import { Stderr } from '../../src/telemetry/stderr';

const MEGABYTE = 1_048_576;

/** A stream whose reader reads only when told. */
class Pipe extends Writable {
  text = '';
  private pending: (() => void)[] = [];
  isRead = false;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    if (this.isRead) done();
    else this.pending.push(done);
  }

  read(): void {
    this.isRead = true;
    this.pending.splice(0).forEach((done) => done());
  }
}

let pipe: Pipe;
let dropped: number;
let stderr: Stderr;
beforeEach(() => {
  pipe = new Pipe();
  dropped = 0;
  stderr = new Stderr(pipe, (lines) => (dropped += lines));
});

const LINE = `${'x'.repeat(1_023)}\n`;
const settle = () => new Promise((resolve) => setTimeout(resolve, 10));

test('what is not read waits in bounded memory; the rest is counted', () => {
  for (let i = 0; i < 10_000; i++) stderr.write(LINE);
  expect(pipe.writableLength).toBeLessThan(MEGABYTE + 2 * LINE.length);
  expect(dropped).toBe(10_000 - pipe.writableLength / LINE.length);
});

test('how many were dropped is told once, before the next line that finds room', async () => {
  for (let i = 0; i < 1_100; i++) stderr.write(LINE);
  stderr.write('a\nb\nc\n', 3);
  pipe.read();
  await settle();
  stderr.write('again\n');
  stderr.write('and again\n');
  expect(dropped).toBeGreaterThan(3);
  expect(pipe.text).toMatch(
    new RegExp(`… ${dropped} log lines dropped: stderr was not read\nagain\nand again\n$`),
  );
  expect(pipe.text.split('\n')).toHaveLength(1_100 + 3 - dropped + 3 + 1);
});

test('the end tells it too, where no other line does', async () => {
  for (let i = 0; i < 1_100; i++) stderr.write(LINE);
  setTimeout(() => pipe.read(), 20);
  await stderr.finish(5_000);
  expect(pipe.text).toContain(`… ${dropped} log lines dropped`);
});

test('the end waits for a slow reader, but not for one who is not there', async () => {
  stderr.write(LINE);
  const before = performance.now();
  await stderr.finish(50);
  expect(performance.now() - before).toBeGreaterThanOrEqual(49);
  pipe.read();
  await settle();
  await stderr.finish(60_000);
});

test('a closed stderr harms nothing', async () => {
  stderr.write(LINE);
  pipe.destroy(new Error('EPIPE'));
  await settle();
  stderr.write(LINE);
  await stderr.finish(60_000);
});
