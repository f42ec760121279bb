import { isIP } from 'node:net';

/** Whether a host (in lower case, an IPv6 address without brackets) is this machine alone. */
export const isLoopback = (host: string): boolean =>
  /(^|\.)localhost$/.test(host) || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
