import { Writable } from 'node:stream';
import { SharedStderr } from '../../src/observe/shared-stderr';
import { turn } from '../transport/slow-stream';

let text: string;
let stream: Writable;
let shared: SharedStderr;
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'performance'] });
  text = '';
  stream = new Writable({
    write(chunk: Buffer, _, done) {
      text += chunk;
      done();
    },
  });
  shared = new SharedStderr(stream);
});
afterEach(() => jest.useRealTimers());

const child = (bytes: string): void => void stream.write(shared.rewrite(Buffer.from(bytes)));
const childEnds = (): void => void stream.write(shared.end());
const ours = async (line: string): Promise<void> => {
  shared.own.write(`${line}\n`);
  await turn();
};

test('the bytes of the child are the same, whatever they are', () => {
  const bytes = Buffer.from([0xff, 0x0a, 0xfe, 0x0d, 0x0a, 0x80]);
  expect(shared.rewrite(bytes)).toBe(bytes);
  expect(shared.end()).toHaveLength(0);
});

test('where the child is between two lines, ours is written at once', async () => {
  await ours('[1]');
  child('a\n');
  await ours('[2]');
  child('b\n');
  expect(text).toBe('[1]\na\n[2]\nb\n');
});

test('ours wait for the end of a line that the child has begun', async () => {
  child('a');
  await ours('[1]');
  child('b');
  await ours('[2]');
  expect(text).toBe('ab');
  child('c\nd');
  expect(text).toBe('abc\n[1]\n[2]\nd');
  child('\n');
  await ours('[3]');
  expect(text).toBe('abc\n[1]\n[2]\nd\n[3]\n');
});

test('but not for long: then they have a line of their own', async () => {
  child('a');
  await ours('[1]');
  jest.advanceTimersByTime(900);
  expect(text).toBe('a');
  await ours('[2]');
  jest.advanceTimersByTime(100);
  expect(text).toBe('a\n[1]\n[2]\n');
  child('b\n');
  expect(text).toBe('a\n[1]\n[2]\nb\n');
  expect(jest.getTimerCount()).toBe(0);
});

test('nor without bound', async () => {
  child('a');
  const line = 'x'.repeat(1_000);
  for (let i = 0; i < 100; i++) await ours(line);
  expect(text.length).toBeGreaterThan(60_000);
  expect(text.startsWith(`a\n${line}\n`)).toBe(true);
});

test('the end of the child ends its last line', async () => {
  child('a');
  await ours('[1]');
  childEnds();
  await ours('[2]');
  expect(text).toBe('a\n[1]\n[2]\n');
});

test('also where nothing waited by then', async () => {
  child('a');
  childEnds();
  expect(text).toBe('a');
  await ours('[1]');
  expect(text).toBe('a\n[1]\n');
});

test('a stream that is gone keeps nobody waiting', async () => {
  stream.on('error', () => undefined);
  stream.destroy();
  await ours('[1]');
  await ours('[2]');
  expect(shared.own.writableLength).toBe(0);
});
