import { flagDefinitions } from '../../src/config';
import { GROUPS, metaOf, SETTING_KEYS } from '../../src/config/schema';

const SIGNALS = ['TRACES', 'METRICS', 'LOGS'];
const OTLP_SUFFIXES =
  'ENDPOINT HEADERS TIMEOUT COMPRESSION PROTOCOL CERTIFICATE CLIENT_CERTIFICATE CLIENT_KEY';
const BATCH_SUFFIXES = 'SCHEDULE_DELAY MAX_QUEUE_SIZE MAX_EXPORT_BATCH_SIZE EXPORT_TIMEOUT';

/** Every variable of the contract's Settings section, written out from its text, and the proxies'. */
const CONTRACT = [
  'OTEL_SERVICE_NAME SERVICE_VERSION OTEL_RESOURCE_ATTRIBUTES OTEL_SDK_DISABLED OTEL_LOG_LEVEL',
  'PHOENIX_ENDPOINT PHOENIX_COLLECTOR_ENDPOINT PHOENIX_PROJECT_NAME PHOENIX_PROJECT',
  'PHOENIX_API_KEY PHOENIX_CLIENT_HEADERS PHOENIX_METRICS_ENDPOINT',
  'TS_CALCULATOR_VOCABULARY TS_CALCULATOR_CAPTURE_CONTENT TS_CALCULATOR_LOG_LEVEL',
  'TS_CALCULATOR_LOG_FORMAT TS_CALCULATOR_FAULT TS_CALCULATOR_PROPAGATE TS_CALCULATOR_REDACT',
  'TS_CALCULATOR_TRANSPORT TS_CALCULATOR_HOST TS_CALCULATOR_PORT TS_CALCULATOR_PATH',
  'TS_CALCULATOR_SESSION_IDLE TS_CALCULATOR_AUTH_TOKEN_FILE TS_CALCULATOR_INSECURE',
  'TS_CALCULATOR_ALLOWED_ORIGIN TS_CALCULATOR_ALLOWED_HOST',
  'HTTPS_PROXY https_proxy HTTP_PROXY http_proxy NO_PROXY no_proxy',
  'OTEL_PROPAGATORS OTEL_TRACES_SAMPLER OTEL_TRACES_SAMPLER_ARG',
  'OTEL_METRIC_EXPORT_INTERVAL OTEL_METRIC_EXPORT_TIMEOUT',
  'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE',
  'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT OTEL_ATTRIBUTE_COUNT_LIMIT',
  'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT',
  ...SIGNALS.map((signal) => `OTEL_${signal}_EXPORTER`),
  ...BATCH_SUFFIXES.split(' ').flatMap((suffix) => [`OTEL_BSP_${suffix}`, `OTEL_BLRP_${suffix}`]),
  ...OTLP_SUFFIXES.split(' ').flatMap((suffix) =>
    ['', ...SIGNALS.map((signal) => `${signal}_`)].map(
      (infix) => `OTEL_EXPORTER_OTLP_${infix}${suffix}`,
    ),
  ),
].flatMap((names) => names.split(' '));

test('the schema has the contract’s variables, each once, and no other', () => {
  const variables = SETTING_KEYS.flatMap((key) => metaOf(key).env);
  expect([...variables].sort()).toEqual([...CONTRACT].sort());
});

test('the flags are the contract’s', () => {
  expect(flagDefinitions().map(({ flags }) => flags.split(' ')[0])).toEqual([
    '--service-name',
    '--service-version',
    '--traces',
    '--metrics',
    '--logs',
    '--otlp-endpoint',
    '--phoenix-endpoint',
    '--phoenix-project',
    '--vocabulary',
    '--capture-content',
    '--log-level',
    '--log-format',
    '--fault',
    '--env-file',
    '--transport',
    '--host',
    '--port',
    '--path',
    '--session-idle',
    '--auth-token-file',
    '--insecure',
    '--allowed-origin',
    '--allowed-host',
    '--propagate',
    '--redact',
  ]);
});

test('a flag’s key is what commander makes of the flag', () => {
  for (const { key, flags } of flagDefinitions()) {
    const [, name] = /^--(\S+)(?: <\S+>)?$/.exec(flags)!;
    expect(name!.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())).toBe(key);
  }
});

test('the help names variables and defaults', () => {
  const descriptions = Object.fromEntries(
    flagDefinitions().map(({ key, description }) => [key, description]),
  );
  expect(descriptions.logLevel).toBe(
    'The least that is logged: error, warn, info, debug (TS_CALCULATOR_LOG_LEVEL; default: info)',
  );
  expect(descriptions.envFile).toBe(
    'A file of NAME=VALUE lines that lies beneath the real environment',
  );
});

test('every setting stands in one group', () => {
  expect(GROUPS.flatMap(({ keys }) => keys)).toEqual(SETTING_KEYS);
});

test('descriptions are one line that a Markdown table can hold', () => {
  for (const key of SETTING_KEYS) expect(metaOf(key).description).toMatch(/^[^<>|`\n]+[^.\n]$/);
});
