import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/root';

// Each load in a process of its own: within one, V8 knows a script again without any file.

const MAIN = `
  const { join } = require('node:path');
  function twice(n) { return 2 * n; }
  exports.answer = [require('./other.cjs').seven, twice(4), join('a', 'b'), __filename, __dirname];`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'load-'));
  writeFileSync(join(folder, 'main.cjs'), MAIN);
  writeFileSync(
    join(folder, 'other.cjs'),
    `module.exports = { seven: 7, main: require('./main.cjs') };`,
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

const load = (): unknown =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [join(ROOT, 'test/support/run-ts.mjs'), join(ROOT, 'test/start/load-once.ts'), folder],
      { encoding: 'utf8' },
    ),
  );
const answer = (): unknown[] => [7, 8, join('a', 'b'), join(folder, 'main.cjs'), folder];
const caches = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.cache'))
    .map((name) => join(folder, name));
const cacheOfMain = (): string => caches().find((name) => name.includes('main.cjs'))!;

test('loads as require does: exports, circles, Node’s modules, names', () => {
  expect(load()).toEqual(answer());
});

test('leaves the code of each file for the next process, which uses it and leaves it as it is', () => {
  load();
  expect(caches()).toHaveLength(2);
  const { mtimeMs, ino } = statSync(cacheOfMain());
  expect(load()).toEqual(answer());
  expect(statSync(cacheOfMain())).toMatchObject({ mtimeMs, ino });
  expect(readdirSync(folder)).toHaveLength(4);
});

test('a changed file is compiled anew, and so is its cache', () => {
  load();
  const before = readFileSync(cacheOfMain());
  writeFileSync(join(folder, 'main.cjs'), MAIN.replace('2 * n', '3 * n'));
  expect(load()).toEqual([7, 12, ...answer().slice(2)]);
  expect(readFileSync(cacheOfMain()).equals(before)).toBe(false);
});

test('code that V8 does not take is compiled anew, and so is its cache', () => {
  load();
  const good = readFileSync(cacheOfMain());
  // As another V8 would write it: the same source, the code twice, but not this V8's.
  const [source, code] = [Buffer.from(MAIN), Buffer.alloc(5_000, 7)];
  writeFileSync(cacheOfMain(), Buffer.concat([source, code, code]));
  expect(load()).toEqual(answer());
  expect(readFileSync(cacheOfMain())).toHaveLength(good.length);
});

test.each(['', 'garbage'])('a broken cache (%j) is no fault, and made anew', (content) => {
  load();
  const good = readFileSync(cacheOfMain());
  writeFileSync(cacheOfMain(), content);
  expect(load()).toEqual(answer());
  expect(readFileSync(cacheOfMain())).toHaveLength(good.length);
});
