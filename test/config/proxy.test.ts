import { isExempt } from '../../src/config/resolve/proxy';
import { describeSource } from '../../src/config';
import { load, onlyWarning } from './support';

const PROXY = 'http://proxy.example:3128';
const proxyOf = (endpoint: string, env: Record<string, string>): string | undefined =>
  load({ PHOENIX_ENDPOINT: endpoint, ...env }).settings.signals.traces.proxy;

test.each<[endpoint: string, env: Record<string, string>, proxy: string | undefined]>([
  ['https://phoenix.example', { HTTPS_PROXY: PROXY }, PROXY],
  ['https://phoenix.example', { https_proxy: PROXY }, PROXY],
  ['https://phoenix.example', { HTTPS_PROXY: 'proxy.example:3128' }, PROXY],
  ['https://phoenix.example', { HTTPS_PROXY: '', https_proxy: PROXY }, PROXY],
  ['https://phoenix.example', { HTTP_PROXY: PROXY }, undefined],
  ['http://phoenix.example', { HTTP_PROXY: PROXY }, PROXY],
  ['http://phoenix.example', { HTTPS_PROXY: PROXY }, undefined],
  ['http://phoenix.example', { HTTP_PROXY: PROXY, NO_PROXY: 'example' }, undefined],
  ['http://phoenix.example', { HTTP_PROXY: PROXY, no_proxy: 'a, *' }, undefined],
  ['http://localhost:6006', { HTTP_PROXY: PROXY }, undefined],
  ['http://phoenix.localhost:6006', { HTTP_PROXY: PROXY }, undefined],
  ['http://127.0.0.9:6006', { HTTP_PROXY: PROXY }, undefined],
  ['http://[::1]:6006', { HTTP_PROXY: PROXY }, undefined],
  ['http://10.0.0.1:6006', { HTTP_PROXY: PROXY }, PROXY],
])('to %s with %j: %s', (endpoint, env, proxy) => {
  expect(proxyOf(endpoint, env)).toBe(proxy);
});

test.each<[url: string, entry: string, isExempt: boolean]>([
  ['http://a.example', 'a.example', true],
  ['http://A.example', 'a.EXAMPLE', true],
  ['http://b.a.example', 'a.example', true],
  ['http://b.a.example', '.a.example', true],
  ['http://b.a.example', '*.a.example', true],
  ['http://a.example', '.a.example', true],
  ['http://ba.example', 'a.example', false],
  ['http://a.example:6006', 'a.example:6006', true],
  ['http://a.example:6007', 'a.example:6006', false],
  ['http://a.example', 'a.example:80', true],
  ['https://a.example', 'a.example:443', true],
  ['http://10.1.2.3', '10.1.2.3', true],
  ['http://10.1.2.3', '2.3', false],
  ['http://10.1.2.3', '10.0.0.0/8', true],
  ['http://11.1.2.3', '10.0.0.0/8', false],
  ['http://10.1.2.3', '10.0.0.0/99', false],
  ['http://10.1.2.3', 'x/8', false],
  ['http://a.example', '10.0.0.0/8', false],
  ['http://[fd00::1]:6006', 'fd00::1', true],
  ['http://[fd00::1]:6006', '[fd00::1]:6006', true],
  ['http://[fd00::1]', 'fd00::/8', true],
  ['http://[fe00::1]', 'fd00::/8', false],
])('%s is exempt by NO_PROXY=%s: %s', (url, entry, expected) => {
  expect(isExempt(new URL(url), [entry])).toBe(expected);
});

test('each signal has its own way, and it is known who said so', () => {
  const { settings, endpoints } = load({
    PHOENIX_ENDPOINT: 'https://phoenix.example',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318',
    HTTPS_PROXY: PROXY,
  });
  const { traces, metrics, logs } = settings.signals;
  expect([traces, metrics, logs].map(({ proxy }) => proxy)).toEqual([PROXY, undefined, undefined]);
  expect(describeSource(endpoints.traces.proxy!.source)).toBe('HTTPS_PROXY');
});

test.each(['socks5://me:s3cr3t@proxy.example:1080', 'http://', 'a b'])(
  'HTTPS_PROXY=%s is told, without a secret, and not used',
  (value) => {
    const loaded = load({ PHOENIX_ENDPOINT: 'https://phoenix.example', HTTPS_PROXY: value });
    expect(loaded.settings.signals.traces.proxy).toBeUndefined();
    expect(onlyWarning(loaded)).toMatch(/^HTTPS_PROXY: .* is no HTTP proxy .*; it is ignored$/);
    expect(onlyWarning(loaded)).not.toContain('s3cr3t');
  },
);
