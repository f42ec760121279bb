import { pieces, proxyUrl } from '../readers';
import { optionalSetting } from '../setting';

/** The way to receivers that are not on this machine. The names that most programs know. */
export const proxy = {
  httpsProxy: optionalSetting(proxyUrl, {
    env: ['HTTPS_PROXY', 'https_proxy'],
    description: 'HTTP proxy to receivers at https:// addresses: a URL or host:port',
  }),
  httpProxy: optionalSetting(proxyUrl, {
    env: ['HTTP_PROXY', 'http_proxy'],
    description: 'HTTP proxy to receivers at http:// addresses: a URL or host:port',
  }),
  noProxy: optionalSetting(pieces, {
    env: ['NO_PROXY', 'no_proxy'],
    description:
      'Hosts that are reached without a proxy: names (with all below them), addresses, networks, or *',
    otherwise: 'this machine',
  }),
};
