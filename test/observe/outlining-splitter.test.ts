import { OutliningSplitter, type OutlinedLine } from '../../src/observe/outlining-splitter';

const LIMIT = 32;
const SIZES = [1, 2, 3, 5, 64, 65_536];
const long = `{"id":1,"method":"é","params":{"blob":["${'x'.repeat(100)}\\""]}}`;
const OUTLINE = { id: 1, method: 'é', params: {} };

function split(text: string | Buffer, size: number): OutlinedLine[] {
  const bytes = Buffer.from(text);
  const splitter = new OutliningSplitter(LIMIT);
  const lines: OutlinedLine[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    lines.push(...splitter.push(bytes.subarray(at, at + size)));
  }
  return [...lines, ...splitter.end()];
}

describe.each<[string, string, OutlinedLine[]]>([
  ['a line as long as the limit', `"${'x'.repeat(30)}"\n`, [{ text: `"${'x'.repeat(30)}"` }]],
  [
    'a longer one between others',
    `{"a":1}\n${long}\n{"b":2}\n`,
    [
      { text: '{"a":1}' },
      { outline: OUTLINE, bytes: Buffer.byteLength(long) },
      { text: '{"b":2}' },
    ],
  ],
  [
    'several, of which each is its own',
    `${long}\n${long.replace('1', '2')}\n`,
    [1, 2].map((id) => ({ outline: { ...OUTLINE, id }, bytes: Buffer.byteLength(long) })),
  ],
  ['the last, without a newline', long, [{ outline: OUTLINE, bytes: Buffer.byteLength(long) }]],
  [
    'with a carriage return and a byte order mark',
    `\uFEFF${long}\r\n`,
    [{ outline: OUTLINE, bytes: Buffer.byteLength(long) + 4 }],
  ],
  ['no JSON', `${'x'.repeat(33)}\n`, [{ outline: undefined, bytes: 33 }]],
  ['white space', `${' '.repeat(40)}\n{}\n`, [{ outline: undefined, bytes: 40 }, { text: '{}' }]],
])('%s', (_, text, expected) => {
  test.each(SIZES)('in chunks of %d bytes', (size) => {
    expect(split(text, size)).toEqual(expected);
  });
});

test('a line of 300 MB is outlined as it comes', () => {
  const splitter = new OutliningSplitter();
  const megabyte = Buffer.alloc(1024 * 1024, 'x');
  expect(splitter.push(Buffer.from('{"id":1,"result":{"blob":"'))).toEqual([]);
  let most = 0;
  for (let i = 0; i < 300; i++) {
    expect(splitter.push(megabyte)).toEqual([]);
    const { pending } = splitter as unknown as { pending: Buffer[] };
    most = Math.max(
      most,
      pending.reduce((sum, { length }) => sum + length, 0),
    );
  }
  expect(most).toBeLessThanOrEqual(10 * megabyte.length);
  expect(splitter.push(Buffer.from('","isError":true}}\n'))).toEqual([
    { outline: { id: 1, result: { isError: true } }, bytes: 300 * megabyte.length + 44 },
  ]);
});
