import fc from 'fast-check';
import { boundedJson, MAX_CONTENT_CHARACTERS, redactText } from '../../src/tap/bounded-json';
import { createRedaction } from '../../src/tap/redaction';

const hides = createRedaction(['email']);
const redacted = (value: unknown, max?: number) => boundedJson(value, max, hides);
const SECRET = 'hunter2';

describe('the value under a hidden key is masked, whatever it is', () => {
  test.each<[string, unknown, string]>([
    ['a string', { a: 1, password: SECRET }, '{"a":1,"password":"***"}'],
    ['an empty string', { password: '' }, '{"password":"***"}'],
    ['a number', { pin: 1234 }, '{"pin":"***"}'],
    ['null', { token: null }, '{"token":"***"}'],
    ['an object', { credentials: { user: 'me' } }, '{"credentials":"***"}'],
    ['an array', { apiKeys: [SECRET] }, '{"apiKeys":"***"}'],
    ['deeper down', { a: [{ b: { secret: 1 } }] }, '{"a":[{"b":{"secret":"***"}}]}'],
    ['under a key of the user’s', { userEmail: 'a@b.c' }, '{"userEmail":"***"}'],
    ['and nothing where it is not there', { a: 1, token: undefined }, '{"a":1}'],
  ])('%s', (_, value, expected) => {
    expect(redacted(value)).toBe(expected);
  });
});

describe('a string that is JSON text is looked through', () => {
  const deep = (levels: number): string =>
    levels === 0 ? `{"password":"${SECRET}"}` : JSON.stringify([deep(levels - 1)]);
  test.each<[string, string, string]>([
    ['an object', ` {"a": 1, "password": "${SECRET}"}\n`, '{"a":1,"password":"***"}'],
    ['an array', `[{"token":"${SECRET}"}]`, '[{"token":"***"}]'],
    ['a key in escapes', `{"p\\u0061ssword":"${SECRET}"}`, '{"password":"***"}'],
    ['a key with a quote in it', `{"pass\\"word":"${SECRET}"}`, '{"pass\\"word":"***"}'],
    ['text in text', deep(1), '["{\\"password\\":\\"***\\"}"]'],
    [
      'text in text in text',
      deep(2),
      JSON.stringify([JSON.stringify([JSON.stringify({ password: '***' })])]),
    ],
    [
      'text in the middle of other text',
      JSON.stringify({ a: `is "token": ${SECRET}`, b: 1 }),
      '{"a":"***","b":1}',
    ],
    ['without a hidden key, it is as it was', ' {"a" : 1.0} ', ' {"a" : 1.0} '],
    ['an array without one', '[ 1e400, {"keys": []} ]', '[ 1e400, {"keys": []} ]'],
    ['a word that is no key', '{"a": "password"}', '{"a": "password"}'],
    ['a hidden key that a later one with its name hides', `{"a":{"pwd":"${SECRET}"},"a":1}`, '***'],
  ])('%s', (_, text, expected) => {
    expect(redactText(text, MAX_CONTENT_CHARACTERS, hides)).toBe(expected);
    const content = [{ type: 'text', text }];
    expect(redacted(content)).toBe(JSON.stringify([{ type: 'text', text: expected }]));
    expect(redacted(text)).toBe(JSON.stringify(expected));
  });

  test.each(Array.from({ length: 12 }, (_, levels) => levels))(
    'wrapped %d times, no secret is shown',
    (levels) => {
      const text = redacted(deep(levels), 1_000_000);
      expect(text.includes(SECRET)).toBe(false);
      expect(text.includes('***')).toBe(true);
    },
  );
});

describe('a text that cannot be looked through is masked where a hidden key shows in it', () => {
  const filler = 'x'.repeat(65_536);
  test.each<[string, string]>([
    ['over 64 Ki characters', JSON.stringify({ a: 1, password: SECRET, filler })],
    ['over 64 Ki characters, with white space', `{"password"\n : "${SECRET}","b":"${filler}"}`],
    ['over 64 Ki characters, a key in escapes', `{"p\\u0061ssword":"${SECRET}","b":"${filler}"}`],
    ['JSON that is cut off', `{"a":{"password":"${SECRET}`],
    ['JSON a line', `{"a":1}\n{"password":"${SECRET}"}`],
    ['JSON in words', `Here it is: {"password":"${SECRET}"}.`],
    ['JSON after a quote of its own', `5" wide: {"password":"${SECRET}"}`],
    ['JSON text in JSON that is cut off', `["{\\"password\\":\\"${SECRET}\\"}"`],
    ['text in text that is cut off', `["[\\"{\\\\\\"password\\\\\\":\\\\\\"${SECRET}"`],
    ['how Python prints it', `{'password': '${SECRET}', 'a': None}`],
    ['what is broken deep down', `${'['.repeat(60_000)}{"password":"${SECRET}"}`],
  ])('%s', (_, text) => {
    expect(redactText(text, 100_000, hides)).toBe('***');
    expect(redacted({ text }, 100_000)).toBe('{"text":"***"}');
  });

  test.each<[string, string]>([
    ['a long text without one', JSON.stringify({ a: 1, filler })],
    ['words', 'the password: is it "secret"?'],
    ['an object’s name in words', 'say "name": me'],
    ['quotes alone', '"\'"\':"\':'],
  ])('but not %s', (_, text) => {
    expect(redactText(text, 100_000, hides)).toBe(text);
    expect(JSON.parse(redacted({ text }, 200_000))).toEqual({ text });
  });

  test('what is cut off needs no mask', () => {
    const text = `{"a":"${'x'.repeat(70_000)}","password":"${SECRET}"}`;
    expect(redactText(text, 10, hides)).toBe('{"a":"xxx…');
  });
});

describe('what is hostile', () => {
  test.each<[string, unknown]>([
    ['arrays 200,000 deep', JSON.parse('['.repeat(200_000) + ']'.repeat(200_000))],
    ['text of arrays 30,000 deep', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['text of 10 MB of quotes', '"'.repeat(10_000_000)],
    ['text of 10 MB of open keys', `{${'"a" '.repeat(2_500_000)}`],
    ['a name of 10 MB', { ['x'.repeat(10_000_000)]: 1 }],
    ['a thousand texts', Array.from({ length: 1_000 }, () => `{"token":"${'x'.repeat(60_000)}"}`)],
  ])('%s', (_, value) => {
    const text = redacted(value);
    expect(text.length).toBeLessThanOrEqual(MAX_CONTENT_CHARACTERS);
  });
});

const key = fc.oneof(fc.string(), fc.constantFrom('token', 'password', 'apiKey', 'a'));
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 1, ''),
    fc.string(),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(key, tie('json'), { maxKeys: 4 }),
    tie('json').map((value) => JSON.stringify([value])),
    tie('json').map((value) => JSON.stringify({ a: value })),
  ),
}));

/** The value with each secret in it masked, its text in text too. */
function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, hides(name) ? '***' : masked(member)]),
    );
  }
  return typeof value === 'string' && /^[{[]/.test(value) ? maskedText(value) : value;
}

function maskedText(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    const after = JSON.stringify(masked(value));
    return after === JSON.stringify(value) ? text : after;
  } catch {
    return text;
  }
}

test('it is what is left when the secrets are masked one by one', () => {
  fc.assert(
    fc.property(json, (value) => {
      const parsed = JSON.parse(JSON.stringify(value)) as unknown;
      expect(redacted(parsed, 1_000_000)).toBe(JSON.stringify(masked(parsed)));
    }),
    { numRuns: 2_000 },
  );
});

test('where no key is hidden it is what is written without', () => {
  fc.assert(
    fc.property(json, fc.integer({ min: 2, max: 60 }), (value, max) => {
      const parsed = JSON.parse(JSON.stringify(value)) as unknown;
      expect(boundedJson(parsed, max, () => false)).toBe(boundedJson(parsed, max));
    }),
    { numRuns: 2_000 },
  );
});
