/** Where a connection goes. */
export interface Place {
  /** In lower case; an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number;
}

/** Where a URL leads to. */
export function placeOf(url: URL): Place {
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  return { host: url.hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1'), port };
}
