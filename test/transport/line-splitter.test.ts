import { LineSplitter, MAX_LINE_BYTES, type Line } from '../../src/transport/line-splitter';

const BOM = '\uFEFF';
const ONE_MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

/** The lines of a stream that comes in pieces of `size` bytes, its end included. */
function split(bytes: Buffer, size: number, maxBytes?: number): Line[] {
  const splitter = new LineSplitter(maxBytes);
  const lines: Line[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    lines.push(...splitter.push(bytes.subarray(at, at + size)));
  }
  return [...lines, ...splitter.end()];
}

const SIZES = [1, 2, 3, 5, 64, 65_536];

describe.each([
  ['lines', 'a\nb\n', ['a', 'b']],
  ['a last line without a newline', 'a\nb', ['a', 'b']],
  ['carriage returns', 'a\r\nb\r\n', ['a\r', 'b\r']],
  ['a carriage return alone ends nothing', 'a\rb\n', ['a\rb']],
  ['blank lines', '\n\r\n \t \n\na\n\n', ['a']],
  ['a byte order mark', `${BOM}a\nb\n`, ['a', 'b']],
  ['a byte order mark on each line', `${BOM}a\n${BOM}b`, ['a', 'b']],
  ['a line of a byte order mark alone', `${BOM}\n`, []],
  ['two byte order marks: one is text', `${BOM}${BOM}a\n`, [`${BOM}a`]],
  ['line separators that JSON allows', 'a\u2028b\u2029c\u0085d\n', ['a\u2028b\u2029c\u0085d']],
  ['characters of two, three and four bytes', 'é\n€😀\n日本', ['é', '€😀', '日本']],
  ['a NUL', 'a\0b\n', ['a\0b']],
  ['nothing', '', []],
])('%s', (_, text, expected) => {
  test.each(SIZES)('in chunks of %d bytes', (size) => {
    expect(split(Buffer.from(text), size)).toEqual(expected.map((line) => ({ text: line })));
  });
});

test('invalid UTF-8 becomes replacement characters, each line by itself', () => {
  const bytes = Buffer.from([0x61, 0xff, 0x0a, 0xe2, 0x82, 0x0a, 0xac, 0x0a]);
  expect(split(bytes, 2)).toEqual([{ text: 'a\uFFFD' }, { text: '\uFFFD' }, { text: '\uFFFD' }]);
});

test('each line of a chunk that holds thousands', () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => String(i));
  const chunk = Buffer.from(`${lines.join('\n')}\n`);
  expect(new LineSplitter().push(chunk)).toEqual(lines.map((text) => ({ text })));
});

describe('around the limit', () => {
  const LIMIT = 8;
  const rows = [LIMIT - 1, LIMIT, LIMIT + 1, 3 * LIMIT].flatMap((length) =>
    SIZES.flatMap((size) => ['\n', ''].map((end) => ({ length, size, end }))),
  );
  test.each(rows)('$length bytes in chunks of $size, ending in "$end"', ({ length, size, end }) => {
    const line = 'x'.repeat(length);
    const expected = length <= LIMIT ? { text: line } : { oversizedBytes: length };
    const after = end === '' ? [] : [{ text: 'after' }];
    const bytes = Buffer.from(`before\n${line}${end === '' ? '' : '\nafter'}`);
    expect(split(bytes, size, LIMIT)).toEqual([{ text: 'before' }, expected, ...after]);
  });

  test('the limit is one of bytes, not of characters', () => {
    expect(split(Buffer.from('€€€\n'), 4, LIMIT)).toEqual([{ oversizedBytes: 9 }]);
  });

  test('it is 10 MB', () => {
    const splitter = new LineSplitter();
    for (let i = 0; i < 10; i++) expect(splitter.push(ONE_MEGABYTE)).toEqual([]);
    const [line] = splitter.push(Buffer.from('\n'));
    expect(line).toMatchObject({ text: expect.any(String) });
    expect(MAX_LINE_BYTES).toBe(10 * ONE_MEGABYTE.length);
  });
});

test('an oversized line is not kept: what it takes does not grow with it', () => {
  const splitter = new LineSplitter();
  let most = 0;
  for (let i = 0; i < 300; i++) {
    splitter.push(Buffer.from(ONE_MEGABYTE));
    // The buffers are what a splitter holds; nothing else shows it without a garbage collection.
    const { pending } = splitter as unknown as { pending: Buffer[] };
    most = Math.max(
      most,
      pending.reduce((sum, { length }) => sum + length, 0),
    );
  }
  expect(most).toBeLessThanOrEqual(MAX_LINE_BYTES);
  expect(splitter.push(Buffer.from('\nafter\n'))).toEqual([
    { oversizedBytes: 300 * ONE_MEGABYTE.length },
    { text: 'after' },
  ]);
});
