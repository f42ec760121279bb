import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { SignalSettings } from '../config/settings';

export type Target = Pick<SignalSettings, 'url' | 'tls' | 'proxy'>;

/** How a signal's requests reach its receiver: TLS as it was set, through the proxy where there is one. */
export async function createAgent({ url, tls, proxy }: Target): Promise<HttpAgent> {
  const isHttps = url.startsWith('https:');
  if (proxy !== undefined) {
    const { createProxyAgent } = await import('./proxy-agent');
    return createProxyAgent(proxy, isHttps, tls);
  }
  const options = { keepAlive: true };
  return isHttps ? new HttpsAgent({ ...options, ...tls }) : new HttpAgent(options);
}
