import fc from 'fast-check';
import { createRedaction } from '../../src/tap/redaction';

const hides = createRedaction([]);

test.each([
  ...['password', 'PASSWORD', 'db_password', 'passwordHash', 'mysql_pwd', 'passwd', 'passphrase'],
  ...['secret', 'clientSecret', 'AWS_SECRET_ACCESS_KEY', 'token', 'accessToken', 'GITHUB_TOKEN'],
  ...['authorization', 'Proxy-Authorization', 'apiKey', 'API-KEY', 'x_api_key', 'x-api-key'],
  ...['api key', 'api.key', 'apikey', 'OPENAIAPIKEY', 'cookie', 'Set-Cookie', 'credentials'],
  ...['aws.credential', 'privateKey', 'private_key', 'PRIVATE KEY', 'access_key', 'accessKeyId'],
  ...['sshKey', 'signing-key', 'connectionString', 'jwt', 'bearer', 'csrf', 'sessionId'],
  ...['auth', 'basicAuth', 'basic_auth', 'AUTH', 'oauth2', 'pass', 'dbPass', 'SMTP_PASS', 'pw'],
  ...['pin', 'userPin', 'otp', 'cvv', 'ssn', 'dsn', 'SENTRY_DSN'],
  ...[
    'creditCard',
    'card_number',
    'sécret',
    'ｐａｓｓｗｏｒｄ',
    'pass\u200bword',
    'pass\nword',
    '*auth*',
  ],
])('%s is secret', (key) => {
  expect(hides(key)).toBe(true);
  expect(hides(key)).toBe(true);
});

test.each([
  ...['a', 'name', 'path', 'key', 'keys', 'author', 'authors', 'authority', 'passed', 'compass'],
  ...['bypass', 'spin', 'pinned', 'mapping', 'shipping', 'monkey', 'keyword', 'primary_key', 'url'],
  ...['constructor', '__proto__', 'hasOwnProperty', '', ' ', '日本', '😀', 'x'.repeat(1_024)],
])('%s is none', (key) => {
  expect(hides(key)).toBe(false);
});

describe('patterns of the user', () => {
  test.each<[string, string, boolean]>([
    ['email', 'email', true],
    ['email', 'userEmail', true],
    ['email', 'E-Mail', true],
    ['e-mail', 'email_address', true],
    ['email', 'mail', false],
    ['größe', 'KLEIDER_GRÖßE', true],
    ['größe', 'grosse', false],
    ['user*name', 'user_full_name', true],
    ['user*name', 'username', true],
    ['user*name', 'xusername', false],
    ['user*name', 'usernames', false],
    ['*name', 'fullName', true],
    ['*name', 'names', false],
    ['name*', 'names', true],
    ['name*', 'fullName', false],
    ['*name*', 'fullNames', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'acb', false],
    ['ab*bc', 'abc', false],
    ['*', 'anything', true],
    ['*', '', true],
    ['', 'anything', false],
    [' ', 'anything', false],
    ['-', 'anything', false],
    ['a.c', 'abc', false],
    ['(', 'a(', false],
  ])('%s on %s: %s', (pattern, key, expected) => {
    expect(createRedaction([pattern])(key)).toBe(expected);
  });

  test('they add to the words that are there', () => {
    const more = createRedaction(['email', 'phone']);
    expect(['email', 'phone', 'token', 'name'].map(more)).toEqual([true, true, true, false]);
  });

  test('many stars on a long key take no time that grows by more than its length', () => {
    const pattern = `${'a*'.repeat(50)}b`;
    expect(createRedaction([pattern])('a'.repeat(1_024))).toBe(false);
  });
});

test('whatever stands between its letters and in whatever case, a word is found', () => {
  const between = fc.string({
    unit: fc.constantFrom('_', '-', '.', ' ', '/', '\u00ad'),
    maxLength: 2,
  });
  const word = fc.constantFrom('password', 'apikey', 'authorization', 'privatekey');
  const spelled = word.chain((letters) =>
    fc.tuple(
      ...[...letters].map((letter) =>
        fc.tuple(between, fc.constantFrom(letter, letter.toUpperCase())),
      ),
    ),
  );
  fc.assert(
    fc.property(fc.string(), spelled, fc.string(), (before, letters, after) => {
      expect(hides(before + letters.flat().join('') + after)).toBe(true);
    }),
  );
});

test('a longer key than anyone would give is secret without a look at it', () => {
  expect(hides('x'.repeat(1_025))).toBe(true);
  expect(hides('x'.repeat(100_000_000))).toBe(true);
});

test('however many keys come, each has its own answer', () => {
  for (let i = 0; i < 20_000; i++) {
    expect(hides(`key${i}`)).toBe(false);
    expect(hides(`token${i}`)).toBe(true);
  }
});
