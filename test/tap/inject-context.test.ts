import fc from 'fast-check';
import { injectContext } from '../../src/tap/inject-context';
import { spaced } from './spaced-json';

const T = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
const TEXT = `"traceparent":"${T.traceparent}"`;

/** `<>` marks where the piece comes to be; what stands between the two is what it replaces. */
function row(marked: string, piece: string): [line: string, expected: string] {
  return [marked.replace(/<(.*)>/, '$1'), marked.replace(/<.*>/, () => piece)];
}

describe('the piece is put in, and nothing else changes', () => {
  test.each([
    ['_meta has members', '{"method":"a","params":{"_meta":{<>"b":1}}}', `${TEXT},`],
    ['_meta is empty', '{"method":"a","params":{"_meta":{<>}}}', TEXT],
    ['_meta holds white space alone', '{"method":"a","params":{"_meta":{<> \t}}}', TEXT],
    ['params without _meta', '{"method":"a","params":{<>"b":1}}', `"_meta":{${TEXT}},`],
    ['params is empty', '{"method":"a","params":{<>}}', `"_meta":{${TEXT}}`],
    ['no params', '{"method":"a"<>,"id":1}', `,"params":{"_meta":{${TEXT}}}`],
    ['no params, white space around', ' { "method" : "a"<> } \r', `,"params":{"_meta":{${TEXT}}}`],
    ['a byte order mark', '\uFEFF{"method":"a","params":{<>}}', `"_meta":{${TEXT}}`],
    ['params before method', '{"params":{<>},"method":"a"}', `"_meta":{${TEXT}}`],
    ['keys in escapes', '{"m\\u0065thod":"a","\\u0070arams":{"\\u005fmeta":{<>}}}', TEXT],
    ['an empty key', '{"":1,"method":"a","params":{<>}}', `"_meta":{${TEXT}}`],
    ['the last params counts', '{"params":{},"method":"a","params":{<>}}', `"_meta":{${TEXT}}`],
    ['the last _meta counts', '{"method":"a","params":{"_meta":1,"_meta":{<>}}}', TEXT],
    [
      'spellings of numbers',
      '{"id":12345678901234567890,"method":"a","params":{<>"b":[1.0,1e400,-0]}}',
      `"_meta":{${TEXT}},`,
    ],
    [
      'strings with braces, quotes and backslashes',
      '{"a":"}{\\"\\\\","method":"\\"{","params":{<>"b":"{\\"_meta\\":{}}\\\\"}}',
      `"_meta":{${TEXT}},`,
    ],
    ['names deeper down', '{"method":"a","x":{"params":{}},"params":{<>}}', `"_meta":{${TEXT}}`],
  ])('%s', (_, marked, piece) => {
    const [line, expected] = row(marked, piece);
    expect(injectContext(line, T)).toBe(expected);
  });

  test.each([
    ['a string', '"old"'],
    ['a string with an escaped quote', '"o\\"ld"'],
    ['a number', '1.50'],
    ['null', 'null'],
    ['an object', '{"traceparent":"{"}'],
    ['an array', '[[1],"]"]'],
  ])('a value of that key is replaced: %s', (_, value) => {
    const [line, expected] = row(
      `{"method":"a","params":{"_meta":{"b":1, "traceparent" : <${value}> ,"c":2}}}`,
      JSON.stringify(T.traceparent),
    );
    expect(injectContext(line, T)).toBe(expected);
  });

  test('the last value of a key is the one that counts', () => {
    const [line, expected] = row(
      '{"method":"a","params":{"_meta":{"traceparent":1,"trace\\u0070arent":<2>}}}',
      JSON.stringify(T.traceparent),
    );
    expect(injectContext(line, T)).toBe(expected);
  });

  test('some keys are there and some are not', () => {
    const line = '{"method":"a","params":{"_meta":{"baggage":"x","b":1,"traceparent":2}}}';
    const entries = { traceparent: 't', tracestate: 's"', baggage: 'b' };
    expect(injectContext(line, entries)).toBe(
      '{"method":"a","params":{"_meta":{"tracestate":"s\\"","baggage":"b","b":1,"traceparent":"t"}}}',
    );
  });

  test('200,000 levels on either side', () => {
    const deep = '{"a":['.repeat(100_000) + ']}'.repeat(100_000);
    const [line, expected] = row(
      `{"x":${deep},"method":"a","params":{"y":${deep},"_meta":{<>"z":${deep}}}}`,
      `${TEXT},`,
    );
    expect(injectContext(line, T)).toBe(expected);
  });

  test.each([
    ['quotes', '\\"'],
    ['backslashes', '\\\\'],
  ])('a string of a million escaped %s', (_, escape) => {
    const [line, expected] = row(
      `{"method":"${escape.repeat(1_000_000)}","params":{"_meta":{<>}}}`,
      TEXT,
    );
    expect(injectContext(line, T)).toBe(expected);
  });
});

test.each([
  ['an answer', '{"jsonrpc":"2.0","id":1,"result":{"params":{}}}'],
  ['a method that is no string', '{"method":1,"params":{}}'],
  ['_meta is null', '{"method":"a","params":{"_meta":null}}'],
  ['_meta is a string', '{"method":"a","params":{"_meta":"{}"}}'],
  ['_meta is an array', '{"method":"a","params":{"_meta":[]}}'],
  ['the last _meta is no object', '{"method":"a","params":{"_meta":{},"_meta":1}}'],
  ['params is null', '{"method":"a","params":null}'],
  ['params is an array', '{"method":"a","params":[{"_meta":{}}]}'],
  ['params is a string', '{"method":"a","params":"{}"}'],
  ['the last params is no object', '{"method":"a","params":{},"params":0}'],
  ['a batch', '[{"method":"a","params":{}}]'],
  ['a string', '"method"'],
  ['nothing', ''],
  ['white space', ' \r'],
  ['words', 'method'],
  ['an empty object', '{}'],
  ['an object that does not end', '{"method":"a","params":{}'],
  ['a string that does not end', '{"method":"a","params":{},"b":"\\"}'],
  ['more after the object', '{"method":"a","params":{}} x'],
  ['no colon', '{"method" "a","params":{}}'],
  ['no comma', '{"method":"a" "params":{}}'],
  ['no value', '{"method":"a","params":}'],
  ['a comma too many', '{"method":"a","params":{},}'],
  ['a key without quotes', '{method:"a","params":{}}'],
  ['a key with an escape that is none', '{"method":"a","param\\x":1,"params":{"_meta":1}}'],
])('what it cannot be put into is left as it is: %s', (_, line) => {
  expect(injectContext(line, T)).toBe(line);
});

test('without entries nothing is put in', () => {
  expect(injectContext('{"method":"a","params":{}}', {})).toBe('{"method":"a","params":{}}');
});

const json = fc.jsonValue({ maxDepth: 3 });
const anyKey = fc.oneof(fc.string(), fc.constantFrom('_meta', 'params', 'method', 'traceparent'));
const object = fc.dictionary(anyKey, json);
const withKey = (key: string, value: fc.Arbitrary<unknown>) =>
  fc.oneof(
    object,
    fc
      .tuple(object, value, object)
      .map(([before, it, after]) => ({ ...before, [key]: it, ...after })),
  );
const message = withKey('params', withKey('_meta', object)).chain((rest) =>
  fc.string().map((method) => ({ ...rest, method })),
);
const entries = fc.dictionary(fc.constantFrom('traceparent', 'tracestate', 'baggage'), fc.string());

type Members = Record<string, unknown>;
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What JSON.parse is to give afterwards. */
function merged(before: Members, more: Members): Members {
  const params = before['params'] === undefined ? {} : before['params'];
  if (!isObject(params) || Object.keys(more).length === 0) return before;
  const meta = params['_meta'] === undefined ? {} : params['_meta'];
  if (!isObject(meta)) return before;
  return { ...before, params: { ...params, _meta: { ...meta, ...more } } };
}

test('the text parses as the message with the entries in it, whatever its white space', () => {
  fc.assert(
    fc.property(message.chain(spaced), entries, (text, more) => {
      expect(JSON.parse(injectContext(text, more))).toEqual(merged(JSON.parse(text), more));
    }),
    { numRuns: 2_000 },
  );
});

test('where the key is new, the text without the piece is the text that was', () => {
  fc.assert(
    fc.property(message.chain(spaced), (text) => {
      const key = 'a key that is new';
      const injected = injectContext(text, { [key]: '' });
      const pieces = [
        `,"params":{"_meta":{"${key}":""}}`,
        `"_meta":{"${key}":""},`,
        `"_meta":{"${key}":""}`,
        `"${key}":"",`,
        `"${key}":""`,
      ];
      const without = pieces.map((piece) => injected.replace(piece, ''));
      expect([injected, ...without]).toContain(text);
    }),
    { numRuns: 1_000 },
  );
});

test('any text at all is taken without an error', () => {
  const pieces = fc.constantFrom(...'{}[]",:\\ 1a', '"method":"a"', '"params":', '"_meta":{');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const line = parts.join('');
      const after = injectContext(line, { k: 'v' });
      expect(after.length).toBeGreaterThanOrEqual(line.length);
      if (parses(line)) expect(parses(after)).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
