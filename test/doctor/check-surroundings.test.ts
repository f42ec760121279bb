import { checkSurroundings } from '../../src/doctor/check-surroundings';
import { load } from '../config/support';

type Env = Record<string, string>;

const check = (env: Env, execPath = '/usr/bin/node', flags = {}, files = {}) =>
  checkSurroundings(load(env, flags, files), { nodeVersion: 'v20.20.2', execPath, env });

test.each<[string, string | undefined]>([
  ['/usr/bin/node', undefined],
  ['C:\\Program Files\\nodejs\\node.exe', undefined],
  ['/home/me/.nvm/versions/node/v20.20.2/bin/node', 'nvm'],
  ['/home/me/.local/share/fnm/node-versions/v20/installation/bin/node', 'fnm'],
  ['C:\\Users\\me\\AppData\\Local\\fnm_multishells\\1\\node.exe', 'fnm_multishells'],
  ['/home/me/.volta/tools/image/node/20/bin/node', 'volta'],
  ['/home/me/.asdf/installs/nodejs/20/bin/node', 'asdf'],
])('Node at %s: %s', (execPath, manager) => {
  const node = check({}, execPath).find(({ subject }) => subject === 'node')!;
  expect(node).toMatchObject({ state: manager ? 'note' : 'ok' });
  expect(node.detail).toContain(`v20.20.2 at ${execPath}`);
  if (manager) expect(node.detail).toMatch(new RegExp(` by ${manager}$`));
  expect(node.remedy).toEqual(manager && expect.stringContaining('by its full path'));
});

const ofClient = (...args: Parameters<typeof check>) =>
  check(...args).filter(({ subject }) => subject === 'client');

test('variables of this environment that count are named: a desktop client does not pass them on', () => {
  const env = { PHOENIX_ENDPOINT: 'http://localhost:6006', PHOENIX_API_KEY: 's3cr3t', HOME: '/me' };
  const [variables, ...more] = ofClient(env);
  expect(more).toEqual([]);
  expect(variables).toMatchObject({
    state: 'note',
    detail: 'a desktop client does not pass on PHOENIX_ENDPOINT, PHOENIX_API_KEY',
    remedy: expect.stringContaining('config --client claude-desktop'),
  });
});

test('what a flag or a file says is passed on, or told by what has it', () => {
  const files = { 'my.env': 'OTEL_SERVICE_NAME=x' };
  const flags = { envFile: 'my.env', phoenixEndpoint: 'http://localhost:6006' };
  const env = { PHOENIX_ENDPOINT: 'http://localhost:7007' };
  expect(ofClient(env, undefined, flags, files)).toMatchObject([{ state: 'ok' }]);
});

test.each<[string, number]>([
  ['http://localhost:6006', 1],
  ['https://phoenix.test', 2],
])('NODE_EXTRA_CA_CERTS matters to %s: %i findings', (url, count) => {
  const env = { PHOENIX_ENDPOINT: url, NODE_EXTRA_CA_CERTS: '/ca.pem' };
  const known = { ...env, OTEL_EXPORTER_OTLP_CERTIFICATE: 'ca.pem' };
  expect(ofClient(known, undefined, {}, { 'ca.pem': '-----BEGIN CERTIFICATE-----' })).toHaveLength(
    1,
  );
  const findings = ofClient(env);
  expect(findings).toHaveLength(count);
  if (count === 2) expect(findings[1]!.remedy).toContain('OTEL_EXPORTER_OTLP_CERTIFICATE');
});
