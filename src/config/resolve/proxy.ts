import { BlockList, isIP } from 'node:net';
import { isLoopback } from '../loopback';
import { placeOf } from '../place';
import type { Source } from '../source';
import type { Resolving } from './context';

/** The HTTP proxy that a URL is reached through, and who said so. */
export interface Proxy {
  readonly url: string;
  readonly source: Source;
}

/**
 * HTTPS_PROXY or HTTP_PROXY by the URL's scheme, unless NO_PROXY has its host. This machine itself is
 * never reached through a proxy (as in Go): most receivers are there.
 */
export function resolveProxy(target: string, { values, sources }: Resolving): Proxy | undefined {
  const key = /^https:/i.test(target) ? 'httpsProxy' : 'httpProxy';
  const proxy = values[key];
  if (proxy === undefined) return undefined;
  const url = new URL(target);
  if (isLoopback(placeOf(url).host) || isExempt(url, values.noProxy ?? [])) return undefined;
  return { url: proxy, source: sources[key] };
}

/**
 * Whether an entry of NO_PROXY has the URL's host. An entry is `*`, a name (for it and all below it,
 * with or without `.` or `*.` before it), an address or a network; with `:port` it is for that port.
 */
export function isExempt(url: URL, entries: readonly string[]): boolean {
  const { host, port } = placeOf(url);
  return entries.some((entry) => {
    if (entry === '*') return true;
    if (isIP(host) !== 0 && entry.includes('/')) return isWithin(host, entry);
    const [, name, onlyPort] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(isIP(entry) ? `[${entry}]` : entry)!;
    if (onlyPort !== undefined && Number(onlyPort) !== port) return false;
    const domain = name!.toLowerCase().replace(/^\*?\./, '');
    return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`));
  });
}

function isWithin(host: string, network: string): boolean {
  const [address = '', prefix = ''] = network.split('/');
  const list = new BlockList();
  try {
    list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  } catch {
    return false; // No network: it exempts nothing, as in other programs.
  }
  return list.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
}
