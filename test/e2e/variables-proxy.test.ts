import { stopAll } from '../support/cli';
import { createCertificates, FAR_HOST, type Certificates } from '../support/certificates';
import { startProxy, type Proxy, type ProxyOptions } from '../support/proxy';
import { startReceiver, type Receiver } from '../support/receiver';
import { said } from './support/answers';
import { run } from './support/run';
import { complaints } from './support/stderr-lines';

// HTTPS_PROXY, HTTP_PROXY, NO_PROXY: the way to a Phoenix on another host, which only the proxy knows.

let certificates: Certificates;
beforeAll(() => void (certificates = createCertificates()));
afterAll(() => certificates.remove());
afterEach(stopAll);

const KEY = 'phoenix-key-4711';
const TRACES_ALONE = { OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' };
const SPACE = `https://${FAR_HOST}/s/my-space`;

/** A Phoenix far away, over TLS or not, and the proxy that leads to it. */
async function behindProxy(
  { tls = true, ...options }: ProxyOptions & { tls?: boolean },
  use: (proxy: Proxy, phoenix: Receiver) => Promise<void>,
): Promise<void> {
  const phoenix = await startReceiver(tls ? { tls: certificates } : {});
  const proxy = await startProxy(phoenix.url, options);
  try {
    await use(proxy, phoenix);
  } finally {
    await proxy.close();
    await phoenix.close();
  }
}

const talk = (env: Record<string, string>) =>
  run({
    endpoints: () => ({
      ...TRACES_ALONE,
      OTEL_EXPORTER_OTLP_CERTIFICATE: certificates.files.ca,
      PHOENIX_COLLECTOR_ENDPOINT: SPACE,
      PHOENIX_API_KEY: KEY,
      ...env,
    }),
  });

test.each(['HTTPS_PROXY', 'https_proxy'])(
  "%s: a tunnel to a cloud's space, in which the proxy reads no key",
  (name) =>
    behindProxy({ authorization: 'Basic bWU6czNjcjN0' }, async (proxy, phoenix) => {
      const { cli, exit } = await talk({ [name]: proxy.url.replace('//', '//me:s3cr3t@') });
      expect(exit.code).toBe(0);
      expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${FAR_HOST}:443`]));
      expect(phoenix.spans.map((span) => span.name)).toContain('tools/call add');
      for (const { path, headers } of phoenix.requests) {
        expect(path).toBe('/s/my-space/v1/traces');
        expect(headers).toMatchObject({ authorization: `Bearer ${KEY}`, host: FAR_HOST });
        expect(headers).not.toHaveProperty('proxy-authorization');
      }
      expect(proxy.read).not.toContain(KEY);
      expect(cli.stderr).not.toMatch(/s3cr3t|phoenix-key/);
      expect(complaints(cli.stderr)).toEqual([]);
    }),
);

test('HTTP_PROXY: what is asked of a receiver that speaks no TLS', () =>
  behindProxy({ tls: false }, async (proxy, phoenix) => {
    const { cli } = await talk({
      PHOENIX_COLLECTOR_ENDPOINT: `http://${FAR_HOST}:6006`,
      HTTP_PROXY: proxy.url,
    });
    expect(new Set(proxy.asked)).toEqual(new Set([`POST http://${FAR_HOST}:6006/v1/traces`]));
    expect(phoenix.spans.map((span) => span.name)).toContain('tools/call add');
    expect(complaints(cli.stderr)).toEqual([]);
  }));

test('this machine is reached without a proxy', () =>
  behindProxy({ tls: false }, async (proxy, phoenix) => {
    await talk({ PHOENIX_COLLECTOR_ENDPOINT: phoenix.url, HTTP_PROXY: proxy.url });
    expect(phoenix.spans.map((span) => span.name)).toContain('tools/call add');
    expect(proxy.asked).toEqual([]);
  }));

test('NO_PROXY: the name is looked up here, where nobody knows it', () =>
  behindProxy({}, async (proxy) => {
    const { cli } = await talk({ HTTPS_PROXY: proxy.url, NO_PROXY: 'other.test,.test' });
    expect(proxy.asked).toEqual([]);
    expect(said(cli)[0]).toMatch(
      new RegExp(`^WARN telemetry: nothing answers at https://${FAR_HOST} \\(traces; E\\w+\\)`),
    );
  }));

test('a proxy that is not there is told as one', () =>
  behindProxy({}, async (proxy) => {
    const { url } = proxy;
    await proxy.close();
    const { cli, exit } = await talk({ HTTPS_PROXY: url.replace('//', '//me:s3cr3t@') });
    expect(exit.code).toBe(0);
    expect(said(cli)[0]).toBe(
      `WARN telemetry: nothing answers at the proxy ${url} (traces; ECONNREFUSED): check host and port; ` +
        'what is made is kept for a while and it is tried again',
    );
    expect(cli.stderr).not.toContain('s3cr3t');
  }));

test.each([
  ['https', SPACE],
  ['http', `http://${FAR_HOST}`],
])('a proxy that wants a password, before %s', (scheme, endpoint) =>
  behindProxy({ authorization: 'Basic bWU6czNjcjN0', tls: scheme === 'https' }, async (proxy) => {
    const { cli } = await talk({
      PHOENIX_COLLECTOR_ENDPOINT: endpoint,
      [`${scheme.toUpperCase()}_PROXY`]: proxy.url,
    });
    expect(said(cli)[0]).toMatch(
      /answered 407: the proxy wants a name and a password, or others: put them into its URL\. Tried again every 5 minutes$/,
    );
    expect(proxy.read).not.toMatch(scheme === 'https' ? KEY : /^$/);
  }),
);

test('a proxy that is none for HTTP is told and left out', async () => {
  const { cli, receiver } = await run({
    env: { HTTPS_PROXY: 'socks5://me:s3cr3t@127.0.0.1:1080' },
  });
  expect(complaints(cli.stderr)).toEqual([
    expect.stringMatching(
      /WARN.*HTTPS_PROXY: 'socks5:\/\/\*\*\*@127\.0\.0\.1:1080' is no HTTP proxy/,
    ),
  ]);
  expect(receiver.spans.length).toBeGreaterThan(0);
});
