import { execFileSync } from 'node:child_process';
import { quoteForSh, quoteForWindows } from '../../src/clients/quote';

const HARD = [
  'plain',
  '',
  'two words',
  "it's",
  `"double"`,
  '$HOME `id` $(id)',
  'a\\b\\',
  'line\nbreak',
  '<KEY>; rm & | > x',
  "'",
  '*?[a]~#!',
  '{"a":"b"}',
  '-n',
  'é',
];

test('a real sh hands on each argument as it was', () => {
  const script = `${quoteForSh(process.execPath)} -p 'JSON.stringify(process.argv.slice(1))' -- `;
  const said = execFileSync('sh', ['-c', script + HARD.map(quoteForSh).join(' ')]);
  expect(JSON.parse(String(said))).toEqual(HARD);
});

test.each([
  ['http://localhost:6006/v1', 'http://localhost:6006/v1'],
  ['A=b', 'A=b'],
  ['a b', "'a b'"],
  ["it's", `'it'\\''s'`],
])('for sh, %j is %s', (argument, quoted) => {
  expect(quoteForSh(argument)).toBe(quoted);
});

test.each([
  ['http://localhost:6006/v1', 'http://localhost:6006/v1'],
  ['--scope', '--scope'],
  ['--', '"--"'],
  ['', '""'],
  ['a b', '"a b"'],
  ['C:\\Program Files\\node.exe', '"C:\\Program Files\\node.exe"'],
  ['KEY=<KEY>', '"KEY=<KEY>"'],
  ['a,b&c;d', '"a,b&c;d"'],
  ["it's", `"it's"`],
  ['$HOME', "'$HOME'"],
  ['a`b', "'a`b'"],
  ['100%', "'100%'"],
  [`{"a":"it's"}`, `'{"a":"it''s"}'`],
  ['$a’b', "'$a’’b'"],
])('for Windows, %j is %s', (argument, quoted) => {
  expect(quoteForWindows(argument)).toBe(quoted);
});
