import * as fc from 'fast-check';
import { describeForClient } from '../../src/clients';
import { ConfigError, describeSettings, givenSettings } from '../../src/config';
import { load } from './support';

// Whatever characters a password in a URL has, and whether the URL can be used or not: no part of it
// is in what is said of the settings.

const SECRET = 's3cr3t';
const around = fc.string({ unit: fc.constantFrom(...'#?/\\@ %:&=+.,;[]ab1'), maxLength: 6 });
const password = fc.tuple(around, around).map(([before, after]) => before + SECRET + after);
const place = fc.constantFrom(
  'host.test',
  'host.test:6006',
  'host.test:6006/v1/traces',
  'h/?key=x',
);

const NAMES = [
  'PHOENIX_ENDPOINT',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'HTTPS_PROXY',
] as const;

const PROGRAM = { platform: 'linux', execPath: '/node', path: '/program.js', cwd: '/' } as const;

test.each(NAMES)('%s', (name) => {
  fc.assert(
    fc.property(password, place, (password, place) => {
      const loaded = load({ [name]: `http://user:${password}@${place}` });
      const entry = describeForClient('claude-desktop', givenSettings(loaded), PROGRAM, {
        withSecrets: false,
      });
      expect(JSON.stringify([describeSettings(loaded), loaded.warnings, entry])).not.toContain(
        SECRET,
      );
    }),
    { numRuns: 500 },
  );
});

test('--phoenix-endpoint, where it is no URL', () => {
  fc.assert(
    fc.property(password, (password) => {
      try {
        load({}, { phoenixEndpoint: `http://user:${password}@host.test` });
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
        expect((error as Error).message).not.toContain(SECRET);
      }
    }),
  );
});

test.each([
  'http://user:12#34@host.test',
  'http://user:12?34@host.test',
  'http://user:12/34@host.test',
])('%s has a password that was cut: it is told how to write it', (url) => {
  const { warnings, settings } = load({ PHOENIX_ENDPOINT: url });
  expect(warnings).toEqual([
    "PHOENIX_ENDPOINT: 'http://***@host.test' is no http:// or https:// URL: percent-encode what is special in its password; it is ignored",
  ]);
  expect(settings.signals.traces.configured).toBe(false);
});

test('a key that was not filled in is told', () => {
  const { warnings } = load({ PHOENIX_API_KEY: '<PHOENIX_API_KEY>' });
  expect(warnings).toEqual([
    'PHOENIX_API_KEY: its value is still what a key was to be put in place of; it is ignored',
  ]);
});
