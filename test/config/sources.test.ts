import * as util from 'node:util';
import {
  ConfigError,
  describeSettings,
  describeSource,
  loadSettings,
  type LoadOptions,
  redact,
  redactSettings,
  redactUrls,
} from '../../src/config';
import { parseEnv } from '../../src/config/env-file';
import { load } from './support';

type Texts = Record<string, string>;

// Flags, environment, file → the level and where it came from.
test.each<[Texts, Texts, string, string, string]>([
  [
    { logLevel: 'error' },
    { TS_CALCULATOR_LOG_LEVEL: 'warn' },
    'TS_CALCULATOR_LOG_LEVEL=debug',
    'error',
    '--log-level',
  ],
  [
    {},
    { TS_CALCULATOR_LOG_LEVEL: 'warn' },
    'TS_CALCULATOR_LOG_LEVEL=debug',
    'warn',
    'TS_CALCULATOR_LOG_LEVEL',
  ],
  [{}, {}, 'TS_CALCULATOR_LOG_LEVEL=debug', 'debug', 'TS_CALCULATOR_LOG_LEVEL in my.env'],
  [
    { logLevel: '' },
    { TS_CALCULATOR_LOG_LEVEL: '' },
    'TS_CALCULATOR_LOG_LEVEL=debug',
    'debug',
    'TS_CALCULATOR_LOG_LEVEL in my.env',
  ],
  [{}, {}, 'TS_CALCULATOR_LOG_LEVEL=', 'info', 'default'],
])('flags %j, environment %j, file %j: %s', (flags, env, file, level, source) => {
  const loaded = load(env, { ...flags, envFile: 'my.env' }, { 'my.env': file });
  expect(loaded.settings.logLevel).toBe(level);
  expect(describeSource(loaded.sources.logLevel)).toBe(source);
});

test('a command can have defaults of its own, which everything else beats', () => {
  const observe = (env: Texts) =>
    loadSettings({ flags: {}, env, packageVersion: '1', defaults: { captureContent: 'off' } });
  expect(observe({}).settings.captureContent).toBe(false);
  expect(observe({}).sources.captureContent).toEqual({ kind: 'default' });
  expect(observe({ TS_CALCULATOR_CAPTURE_CONTENT: 'on' }).settings.captureContent).toBe(true);
});

// What takes the settings, and whether it heeds the calculator's, the server's and observe's own.
test.each<[NonNullable<LoadOptions['takers']>, boolean, boolean, boolean]>([
  [['calculator', 'serve'], true, true, false],
  [['calculator'], true, false, false],
  [['observe'], false, false, true],
  [['calculator', 'serve', 'observe'], true, true, true],
])('%j take what applies to them, and do not mind the rest', (takers, ...expected) => {
  const heeds = (env: Texts) => {
    try {
      loadSettings({ flags: {}, env, packageVersion: '1', takers });
      return false;
    } catch (error) {
      if (error instanceof ConfigError) return true;
      throw error;
    }
  };
  expect([
    heeds({ TS_CALCULATOR_FAULT: 'nonsense' }),
    heeds({ TS_CALCULATOR_TRANSPORT: 'http', TS_CALCULATOR_HOST: '0.0.0.0' }),
    heeds({ TS_CALCULATOR_PROPAGATE: 'nonsense' }),
  ]).toEqual(expected);
  expect(heeds({ TS_CALCULATOR_LOG_LEVEL: 'nonsense' })).toBe(true);
});

test('no file is read unasked', () => {
  const readFile = jest.fn(() => '');
  loadSettings({ flags: {}, env: {}, packageVersion: '1', readFile });
  expect(readFile).not.toHaveBeenCalled();
});

const WELL_FORMED: readonly (readonly [string, Texts])[] = [
  ['A=1\nB=2', { A: '1', B: '2' }],
  ['A=1\r\nB=2\r\n', { A: '1', B: '2' }],
  ['  A = 1  ', { A: '1' }],
  ['A=', { A: '' }],
  ['A=1 # comment', { A: '1' }],
  ['A="x # y" # comment', { A: 'x # y' }],
  ['A=\'it "is"\'', { A: 'it "is"' }],
  ['A=`b "c" \'d\'`', { A: 'b "c" \'d\'' }],
  ['A="x\\ny"', { A: 'x\ny' }],
  ["A='x\\ny'", { A: 'x\\ny' }],
  ['A="x\ny"\nB=1', { A: 'x\ny', B: '1' }],
  ['export A=1', { A: '1' }],
  ['A=b=c', { A: 'b=c' }],
  ['A=http://x/y?z=1', { A: 'http://x/y?z=1' }],
  ['A=1\nA=2', { A: '2' }],
];

test.each<readonly [string, Texts]>([
  ...WELL_FORMED,
  ['# A=1\n\n#B=2', {}],
  ['no assignment\nA=1', { A: '1' }],
  ['A="open\nB=1', { A: '"open', B: '1' }],
  ['=1', {}],
])('the env file %j', (content, expected) => {
  expect(parseEnv(content)).toEqual(expected);
});

test.each(WELL_FORMED)('Node reads the env file %j alike', (content, expected) => {
  const { parseEnv: byNode } = util as { parseEnv?: typeof parseEnv };
  expect({ ...(byNode ?? parseEnv)(content) }).toEqual(expected);
});

test('a long secret in a bad URL is masked before the text is cut', () => {
  const { warnings } = load({ PHOENIX_ENDPOINT: `htps://user:${'s3cret'.repeat(20)}@host` });
  expect(warnings.join()).toContain('htps://***@host');
  expect(warnings.join()).not.toContain('s3cret');
});

test('a byte order mark does not count', () => {
  const { settings } = load({}, { envFile: 'f' }, { f: '\uFEFFOTEL_SERVICE_NAME=x' });
  expect(settings.serviceName).toBe('x');
});

test.each([
  ['http://h/p', 'http://h/p'],
  ['http://me:pw@h/p', 'http://***@h/p'],
  ['http://me:p/w@h/p', 'http://***@h/p'],
  ['https://h/p?key=k&x=y#z', 'https://h/p?key=***&x=***#***'],
  ['https://h/p?k&x=y', 'https://h/p?***&x=***'],
  ['http://me:p#w@h/p', 'http://***@h/p'],
  ['http://me:p?w@h', 'http://***@h'],
  ['http://me:p w@h', 'http://***@h'],
  ['http://me:p@w@h', 'http://***@h'],
  ['me:p#w@h', '***@h'],
  ['a=1', 'a=1'],
  ['me:pw@h:6006', '***@h:6006'],
  ['mailto me@h', 'mailto me@h'],
])('redactUrls(%s)', (url, expected) => {
  expect(redactUrls(url)).toBe(expected);
});

test('redact tells nothing of a secret, not even its length', () => {
  expect(redact('s3cr3t')).toBe(redact('another s3cr3t'));
  expect(redact('')).toBe('');
});

const SECRETS = {
  PHOENIX_API_KEY: 's3cr3t',
  PHOENIX_CLIENT_HEADERS: 'x=s3cr3t',
  OTEL_EXPORTER_OTLP_HEADERS: 'y=s3cr3t',
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'z=s3cr3t',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://u:s3cr3t@h?token=s3cr3t',
  OTEL_EXPORTER_OTLP_CLIENT_KEY: 'key.pem',
};

test('what is printed of the settings holds no secret', () => {
  const loaded = load(SECRETS, {}, { 'key.pem': '-----BEGIN s3cr3t' });
  expect(JSON.stringify(loaded.settings)).toContain('s3cr3t');
  expect(JSON.stringify(redactSettings(loaded.settings))).not.toContain('s3cr3t');
  expect(JSON.stringify(describeSettings(loaded))).not.toContain('s3cr3t');
});
