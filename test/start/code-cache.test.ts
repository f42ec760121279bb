import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCode, writeCode } from '../../src/start/code-cache';

const SOURCE = Buffer.from('const a = 1;');
const CODE = Buffer.from('compiled');

let folder: string;
let script: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'code-cache-'));
  script = join(folder, 'script.cjs');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The one file that was written. */
const kept = (): string => join(folder, readdirSync(folder)[0]!);

function damage(change: (content: Buffer) => Buffer): void {
  writeCode(script, SOURCE, () => CODE);
  writeFileSync(kept(), change(readFileSync(kept())));
}

test('what was written is read', () => {
  writeCode(script, SOURCE, () => CODE);
  expect(readCode(script, SOURCE)).toEqual(CODE);
});

test('where nothing was written there is nothing', () => {
  expect(readCode(script, SOURCE)).toBeUndefined();
});

test('later code takes the place of earlier', () => {
  writeCode(script, SOURCE, () => CODE);
  writeCode(script, Buffer.from('const b;'), () => CODE);
  expect(readCode(script, SOURCE)).toBeUndefined();
  expect(readCode(script, Buffer.from('const b;'))).toEqual(CODE);
  expect(readdirSync(folder)).toHaveLength(1);
});

test('each V8 has its own', () => {
  writeCode(script, SOURCE, () => CODE);
  const { v8 } = process.versions;
  expect(kept()).toBe(`${script}.${v8}-${process.platform}-${process.arch}.cache`);
});

test('code of another source is not read, be it of the same length', () => {
  writeCode(script, SOURCE, () => CODE);
  expect(readCode(script, Buffer.from('const a = 2;'))).toBeUndefined();
});

test.each<[string, (content: Buffer) => Buffer]>([
  ['empty', () => Buffer.alloc(0)],
  ['cut off by one', (content) => content.subarray(0, -1)],
  ['cut off in the middle', (content) => content.subarray(0, SOURCE.length + 9)],
  ['cut off before the code', (content) => content.subarray(0, SOURCE.length - 1)],
  ['longer', (content) => Buffer.concat([content, Buffer.from('xx')])],
  ['something else', () => Buffer.from('x'.repeat(100))],
])('a file that is %s is not read', (_, change) => {
  damage(change);
  expect(readCode(script, SOURCE)).toBeUndefined();
});

test('a file with any byte changed is not read', () => {
  const size = SOURCE.length + 2 * CODE.length;
  for (let at = 0; at < size; at++) {
    damage((content) => {
      content[at]! ^= 0x10;
      return content;
    });
    expect(readCode(script, SOURCE)).toBeUndefined();
  }
});

test('where nothing can be written, nothing is made, said or left', () => {
  const made = jest.fn(() => CODE);
  writeCode(join(folder, 'not there', 'script.cjs'), SOURCE, made);
  chmodSync(folder, 0o500);
  if (process.getuid?.() !== 0) writeCode(script, SOURCE, made); // Root may write everywhere.
  chmodSync(folder, 0o700);
  expect(made).not.toHaveBeenCalled();
  expect(readdirSync(folder)).toEqual([]);
});

test('where the code cannot be made, nothing is left', () => {
  writeCode(script, SOURCE, () => {
    throw new Error('no code');
  });
  expect(readdirSync(folder)).toEqual([]);
});
