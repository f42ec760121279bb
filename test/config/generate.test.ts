import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { envExample } from '../../docs/generate/env-example';
import { generate, type Target } from '../../docs/generate/generate';
import { replaceRegion } from '../../docs/generate/regions';
import { settingsTable } from '../../docs/generate/settings-table';
import { metaOf, SETTING_KEYS } from '../../src/config/schema';
import { at, load } from './support';

const SIGNALS = ['traces', 'metrics', 'logs'];

test('.env.example is up to date', () => {
  expect(readFileSync(resolve(__dirname, '../../.env.example'), 'utf8')).toBe(envExample());
});

test('.env.example names each variable, and as it stands changes nothing', () => {
  for (const key of SETTING_KEYS) {
    for (const name of metaOf(key).env) expect(envExample()).toMatch(new RegExp(`\\b${name}\\b`));
  }
  const { settings, sources, warnings } = load({}, { envFile: 'e' }, { e: envExample() });
  expect(settings).toEqual(load().settings);
  expect(warnings).toEqual([]);
  const { envFile, ...others } = sources;
  expect(envFile.kind).toBe('flag');
  expect(Object.values(others).every(({ kind }) => kind === 'default')).toBe(true);
});

const uncommented = (text: string): string => text.replace(/^# ([A-Z_]+=)/gm, '$1');
const CLOUD = /^# ---- Phoenix Cloud[^]*?(?=^# ---- )/m;

test('the section on Phoenix Cloud sends traces there, with the key', () => {
  const e = uncommented(CLOUD.exec(envExample())![0]).replace(/<your-(\w+)>/g, 'my-$1');
  const { settings, warnings } = load({}, { envFile: 'e' }, { e });
  expect(settings.signals.traces).toMatchObject({
    url: 'https://app.phoenix.arize.com/s/my-space/v1/traces',
    headers: { authorization: 'Bearer my-key' },
  });
  expect(warnings).toEqual([]);
  // Metrics do not go there.
  expect(settings.signals.metrics).toEqual(load().settings.signals.metrics);
});

test('with all other comment signs taken away, .env.example says exactly the defaults', () => {
  const e = uncommented(envExample().replace(CLOUD, ''));
  const { settings, warnings } = load({}, { envFile: 'e' }, { e });
  const defaults = structuredClone(load().settings);
  // An endpoint that somebody wrote down is configured, be it the default one.
  for (const signal of SIGNALS)
    Object.assign(at(defaults, `signals.${signal}`) as object, { configured: true });
  expect(settings).toEqual(defaults);
  expect(warnings).toEqual([]);
});

test.each([
  ...['PHOENIX_ENDPOINT', 'PHOENIX_METRICS_ENDPOINT', 'PHOENIX_PROJECT_NAME', 'PHOENIX_API_KEY'],
  ...['OTEL_SERVICE_NAME', 'OTEL_TRACES_SAMPLER', 'OTEL_METRICS_EXPORTER', 'OTEL_LOGS_EXPORTER'],
])('.env.example explains %s in the line above it', (name) => {
  expect(envExample()).toMatch(new RegExp(`\\n\\n# [A-Z][^\\n]{20,}\\n# ${name}=`));
});

test('the settings table has every flag and general variable, and the short form for signals', () => {
  const table = settingsTable();
  expect(table).toContain('| `--log-level <level>`');
  expect(table).toContain('`OTEL_EXPORTER_OTLP_{TRACES,METRICS,LOGS}_TIMEOUT`');
  for (const key of SETTING_KEYS) {
    const { env, isSignalForm } = metaOf(key);
    for (const name of env) expect(table.includes(`\`${name}\``)).toBe(!isSignalForm);
  }
});

const MARKED = 'a\n<!-- generated:x -->\nold\n<!-- /generated:x -->\nb\n';

test('a region is replaced and nothing else', () => {
  expect(replaceRegion(MARKED, 'x', 'new\n')).toBe(
    'a\n<!-- generated:x -->\n\nnew\n\n<!-- /generated:x -->\nb\n',
  );
});

test.each([
  '',
  '<!-- generated:x -->',
  '<!-- /generated:x --><!-- generated:x -->',
  MARKED + MARKED,
])('marks that are missing or wrong are an error: %j', (document) => {
  expect(() => replaceRegion(document, 'x', 'new')).toThrow('needs <!-- generated:x -->');
});

describe('generate', () => {
  const targets: Target[] = [
    { file: 'whole', render: () => 'W' },
    { file: 'doc', region: 'x', render: () => 'X' },
  ];
  const disk = (content: Record<string, string>) => ({
    content,
    read: (file: string) => content[file],
    write: (file: string, text: string) => void (content[file] = text),
  });

  test('writes what is stale and names it, once', () => {
    const files = disk({ doc: MARKED });
    expect(generate(targets, files, false)).toEqual(['whole', 'doc (x)']);
    expect(files.content.whole).toBe('W');
    expect(generate(targets, files, false)).toEqual([]);
    expect(generate(targets, files, true)).toEqual([]);
  });

  test('checks without writing', () => {
    const files = disk({ doc: MARKED });
    expect(generate(targets, files, true)).toEqual(['whole', 'doc (x)']);
    expect(files.content).toEqual({ doc: MARKED });
  });

  test('passes over a region whose document is not there yet, and insists on it afterwards', () => {
    expect(generate(targets, disk({ whole: 'W' }), true)).toEqual([]);
    expect(() => generate(targets, disk({ doc: 'unmarked' }), true)).toThrow('doc (x): needs');
  });
});
