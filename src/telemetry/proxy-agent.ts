import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { Agent } from 'node:http';
import type { SecureContextOptions } from 'node:tls';

/**
 * An agent whose requests go through an HTTP proxy: as they are for http://, in a tunnel (CONNECT) for
 * https://, so that the proxy reads nothing of them. A file of its own: few sessions have a proxy.
 *
 * @param tls of the connection to the receiver
 */
export function createProxyAgent(
  proxy: string,
  isHttps: boolean,
  tls: SecureContextOptions,
): Agent {
  const options = { keepAlive: true };
  return isHttps ? new TunnelAgent(proxy, options, tls) : new HttpProxyAgent(proxy, options);
}

/** The base class has its options for the connection to the proxy, and keeps none for the receiver's. */
class TunnelAgent extends HttpsProxyAgent<string> {
  constructor(
    proxy: string,
    options: { readonly keepAlive: boolean },
    private readonly tls: SecureContextOptions,
  ) {
    super(proxy, options);
  }

  override connect(...[request, options]: Parameters<HttpsProxyAgent<string>['connect']>) {
    return super.connect(request, { ...options, ...this.tls });
  }
}
