import fc from 'fast-check';
import { Outline } from '../../../src/tap/json-text/outline';
import { spaced } from '../spaced-json';

const MEGABYTE = 1024 * 1024;

/** The outline of a text that comes in pieces of these sizes, over and over; else in one. */
function outline(text: string | Buffer, sizes: readonly number[] = []): unknown {
  const bytes = Buffer.from(text);
  const reader = new Outline();
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const end = at + (sizes[i % sizes.length] ?? bytes.length);
    // A piece of its own, which is overwritten once it has been read: nothing may be kept of it.
    const piece = Buffer.from(bytes.subarray(at, end));
    reader.push(piece);
    piece.fill('"');
    at = end;
  }
  return reader.end();
}

const CHUNKS = [[1], [2], [3], [7, 1], [65_536]];
const long = 'x'.repeat(1_025);
const nested = (levels: number, inner: string) =>
  '{"a":'.repeat(levels) + inner + '}'.repeat(levels);

describe.each<[string, string, unknown]>([
  ['an empty object', '{}', {}],
  ['an empty array', '[]', []],
  ['white space', ' \t\r\n{ "a" : 1 , "b" : [ ] }\r\n', { a: 1 }],
  ['a byte order mark', '\uFEFF{"a":1}', { a: 1 }],
  [
    'scalars',
    '{"a":1.50,"b":-0,"c":true,"d":false,"e":null,"f":"g"}',
    JSON.parse('{"a":1.50,"b":-0,"c":true,"d":false,"e":null,"f":"g"}'),
  ],
  [
    'numbers beyond doubles',
    '{"a":1e400,"b":12345678901234567890}',
    { a: Infinity, b: 12345678901234567000 },
  ],
  ['escapes', '{"\\u0061\\n":"\\"\\\\\\/\\ud83d\\ude00"}', { 'a\n': '"\\/😀' }],
  ['characters of two to four bytes', '{"é":"€😀"}', { é: '€😀' }],
  ['brackets in strings', '{"a":"}]{[\\"","b":["}]","\\"]"],"c":1}', { a: '}]{["', c: 1 }],
  ['backslashes before a quote', '{"a":["\\\\","\\\\\\"]"],"b":"\\\\"}', { b: '\\' }],
  ['no arrays', '{"a":[1,{"b":2},[[]]],"c":3}', { c: 3 }],
  ['a string of 1,024 bytes', `{"a":"${'x'.repeat(1_024)}"}`, { a: 'x'.repeat(1_024) }],
  ['no longer string', `{"a":"${long}","b":1}`, { b: 1 }],
  ['no longer string by its escapes', `{"a":"${'\\n'.repeat(513)}","b":1}`, { b: 1 }],
  ['no member with a longer key', `{"${long}":1,"${long}":{"a":2},"${long}":"b","b":3}`, { b: 3 }],
  ['no longer number', `{"a":${'1'.repeat(1_025)},"b":1}`, { b: 1 }],
  ['objects to the fifth level', nested(5, '1'), JSON.parse(nested(5, '1'))],
  ['none deeper', nested(6, '1'), JSON.parse(nested(4, '{}'))],
  ['the last of two members of a name', '{"a":1,"b":2,"a":"c"}', { a: 'c', b: 2 }],
  ['nothing where the last is left out', `{"a":1,"a":[],"b":1,"b":"${long}"}`, {}],
  ['a batch', '[{"id":1,"params":{"a":[]}},{"id":2}]', [{ id: 1, params: {} }, { id: 2 }]],
  ['scalars of a batch, but no arrays', '[1,[{}],"a",null]', [1, 'a', null]],
  [
    'what a message is known by',
    `{"jsonrpc":"2.0","method":"tools/call","params":{"name":"a","arguments":{"blob":"${long}"},` +
      '"_meta":{"progressToken":1,"io.modelcontextprotocol/clientInfo":{"name":"c","icons":[]}}},"id":7}',
    {
      jsonrpc: '2.0',
      method: 'tools/call',
      params: {
        name: 'a',
        arguments: {},
        _meta: { progressToken: 1, 'io.modelcontextprotocol/clientInfo': { name: 'c' } },
      },
      id: 7,
    },
  ],
])('%s', (_, text, expected) => {
  test.each(CHUNKS)('in chunks of %j bytes', (...sizes) => {
    expect(outline(text, sizes)).toEqual(expected);
  });
});

describe.each([
  ['nothing', ''],
  ['white space', ' \r\n'],
  ['half of a byte order mark', '\xEF'],
  ['words', 'listening on stdio'],
  ['a string', '"{}"'],
  ['a number', '1'],
  ['null', 'null'],
  ['an object that does not end', '{"a":1'],
  ['an array that does not end', '[{}'],
  ['a string that does not end', '{"a":"b}'],
  ['a string that an escaped quote ends', '{"a":"b\\"}'],
  ['a skipped part that does not end', '{"a":[{}}'],
  ['a bracket too many', '{}}'],
  ['more after it', '{} {}'],
  ['words after it', '{}x'],
  ['words before it', 'x{}'],
  ['brackets that do not match', '{"a":1]'],
  ['brackets that do not match around what is skipped', '{"a":[1,2}}'],
  ['no colon', '{"a" 1}'],
  ['no value', '{"a":}'],
  ['no comma', '{"a":1 "b":2}'],
  ['no comma in a batch', '[{}{}]'],
  ['a comma too many', '{"a":1,}'],
  ['a comma too many in a batch', '[1,]'],
  ['a comma first', '{,"a":1}'],
  ['a key that is no string', '{1:1}'],
  ['a word that is no value', '{"a":nil}'],
  ['a number that is none', '{"a":01}'],
  ['an escape that is none', '{"a":"\\x"}'],
])('undefined for what is no object or array: %s', (_, text) => {
  test.each(CHUNKS)('in chunks of %j bytes', (...sizes) => {
    expect(outline(text, sizes)).toBeUndefined();
  });
});

test('what comes after an end changes nothing', () => {
  const reader = new Outline();
  reader.push(Buffer.from('{"a":1}'));
  expect(reader.end()).toEqual({ a: 1 });
  expect(reader.end()).toEqual({ a: 1 });
});

describe('names with a meaning', () => {
  test.each([...CHUNKS])('in chunks of %j bytes', (...sizes) => {
    const text = '{"__proto__":{"a":1},"constructor":2,"b":{"__proto__":3,"__proto__":[]}}';
    const result = outline(text, sizes) as object;
    expect(Object.entries(result)).toEqual(
      Object.entries(JSON.parse('{"__proto__":{"a":1},"constructor":2,"b":{}}')),
    );
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
  });
});

describe('bounds', () => {
  const members = (count: number, value: string) =>
    Array.from({ length: count }, (_, i) => `"n${i}":${value}`).join(',');

  test('64 members of an object, and it goes on after it', () => {
    const text = `{"a":{${members(1_000, '{"b":[1]}')}},"id":1}`;
    const result = outline(text) as { a: object; id: number };
    expect(result.id).toBe(1);
    expect(Object.keys(result.a)).toEqual(Array.from({ length: 64 }, (_, i) => `n${i}`));
  });

  test('64 members of the message itself', () => {
    expect(outline(`{${members(65, '1')}}`)).toEqual(JSON.parse(`{${members(64, '1')}}`));
    expect(outline(`{${members(65, '1')}]`)).toBeUndefined();
  });

  test('10,000 members of a batch', () => {
    const text = (count: number) =>
      `[${Array.from({ length: count }, (_, i) => `{"id":${i}}`).join(',')}]`;
    expect(outline(text(10_000), [4_096])).toEqual(JSON.parse(text(10_000)));
    expect(outline(text(20_000), [4_096])).toEqual(JSON.parse(text(10_000)));
    expect(outline('['.concat('0,'.repeat(10_001), '{}}'))).toBeUndefined();
  });

  const kilobyte = 'y'.repeat(1_000);
  const fullObject = (levels: number): string =>
    levels === 0 ? `"${kilobyte}"` : `{${members(levels > 1 ? 5 : 64, fullObject(levels - 1))}}`;

  test.each<[string, string, number]>([
    ['a message of full objects', `{"params":${fullObject(4)},"id":1}`, 1.2 * MEGABYTE],
    ['a batch of full objects', `[${`${fullObject(2)},`.repeat(100)}{"id":1}]`, 17 * MEGABYTE],
  ])('what is kept in all: %s', (_, text, most) => {
    const result = outline(text, [65_536]) as { id?: number };
    expect(JSON.stringify(result).length).toBeLessThan(most);
    expect(JSON.stringify(result).length).toBeGreaterThan(MEGABYTE / 2);
    if (!Array.isArray(result)) expect(result.id).toBe(1);
  });

  /** Pieces until there are `count`, the text never being whole. */
  function feed(before: string, piece: string, count: number, after: string): unknown {
    const reader = new Outline();
    const bytes = Buffer.from(piece);
    reader.push(Buffer.from(before));
    for (let i = 0; i < count; i++) reader.push(bytes);
    reader.push(Buffer.from(after));
    return reader.end();
  }
  const megabyte = (piece: string) => piece.repeat(Math.ceil(MEGABYTE / piece.length));

  test.each<[number, string, string, string, string, unknown]>([
    [200, 'a string', '{"id":1,"a":"', 'x', '","b":2}', { id: 1, b: 2 }],
    [200, 'a key', '{"id":1,"', 'x', '":{"c":1},"b":2}', { id: 1, b: 2 }],
    [8, 'escapes', '{"id":1,"a":"', '\\"\\\\', '","b":2}', { id: 1, b: 2 }],
    [8, 'digits', '{"id":1,"a":', '1', ',"b":2}', { id: 1, b: 2 }],
    [8, 'an array', '{"id":1,"a":[', '{"a":[1]},', '0],"b":2}', { id: 1, b: 2 }],
    [8, 'one key', '{"id":1,"a":{', '"a":1,', '"a":1},"b":2}', { id: 1, a: { a: 1 }, b: 2 }],
    [8, 'white space', '{"id":1,', '   ', '"b":2}', { id: 1, b: 2 }],
  ])('%d MB of %s', (count, _, before, piece, after, expected) => {
    expect(feed(before, megabyte(piece), count, after)).toEqual(expected);
  });

  test.each(['[', '{"a":'])('a million levels of %s', (open) => {
    const close = open === '[' ? ']' : '}';
    const text = `{"id":1,"a":${open.repeat(1_000_000)}1${close.repeat(1_000_000)},"b":2}`;
    expect(outline(text, [65_536])).toMatchObject({ id: 1, b: 2 });
    expect(outline(text.slice(0, -1), [65_536])).toBeUndefined();
  });
});

const json = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 7, depthSize: 'large' },
    fc.constantFrom(null, true, false, '', '\\', '"', '{"a":["'),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('x', '\n', '€'), minLength: 500, maxLength: 1_100 }),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie('json'), { maxKeys: 4 }),
  ),
})).json;

const LEFT_OUT = Symbol('left out');

/** The outline of a parsed text, by its definition. */
function outlineOf(value: unknown, level: number): unknown {
  if (Array.isArray(value)) {
    return level > 1 ? LEFT_OUT : value.map((item) => outlineOf(item, 2)).filter(isKept);
  }
  if (typeof value === 'object' && value !== null) {
    if (level > 5) return LEFT_OUT;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => isShort(name))
        .map(([name, member]) => [name, outlineOf(member, level + 1)])
        .filter(([, member]) => isKept(member)),
    );
  }
  return typeof value !== 'string' || isShort(value) ? value : LEFT_OUT;
}

const isKept = (value: unknown) => value !== LEFT_OUT;
const isShort = (text: string) => Buffer.byteLength(JSON.stringify(text)) - 2 <= 1_024;

test('an outline is the parsed text without what is long or deep, in whatever chunks it comes', () => {
  const root = json.filter((value) => typeof value === 'object' && value !== null);
  const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(root.chain(spaced), sizes, (text, chunks) => {
      expect(outline(text, chunks)).toEqual(outlineOf(JSON.parse(text), 1));
    }),
    { numRuns: 2_000 },
  );
});

test('any bytes at all are taken without an error, and the chunks make no difference', () => {
  const part = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ':',
    '\\',
    '"a":',
    '1',
    'null',
    ' ',
    '\xEF',
  );
  const parts = fc.array(part, { maxLength: 20 });
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 3 }), (some, size) => {
      const bytes = Buffer.from(some.join(''), 'latin1');
      const whole = outline(bytes);
      expect(outline(bytes, [size])).toEqual(whole);
      expect(whole === undefined || typeof whole === 'object').toBe(true);
      if (isObjectText(bytes.toString())) expect(whole).toBeDefined();
    }),
    { numRuns: 5_000 },
  );
});

function isObjectText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
