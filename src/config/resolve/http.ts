import { createHash } from 'node:crypto';
import { ConfigError, quote, reasonOf } from '../errors';
import { isLoopback } from '../loopback';
import { http as schema } from '../schema/http';
import type { HttpSettings } from '../settings';
import { nameOf, type Resolving } from './context';

/** What there is beside MCP's endpoint. */
const BESIDE: readonly string[] = ['/health', '/metrics'];

type HttpKey = keyof typeof schema;

/**
 * The HTTP door, where it is asked for.
 *
 * @throws {ConfigError} a flag that means nothing on stdio; a file of tokens that is none; a door that
 *   would be open to other machines
 */
export function resolveHttp(resolving: Resolving): HttpSettings | undefined {
  const { values } = resolving;
  if (values.transport !== 'http') {
    refuseFlags(resolving);
    return undefined;
  }
  if (BESIDE.includes(values.path)) {
    throw new ConfigError(`${nameOf(resolving, 'path')}: ${quote(values.path)} is taken already`);
  }
  const tokenDigests = readTokens(resolving);
  if (!isLoopback(values.host) && tokenDigests.length === 0 && !values.insecure) {
    throw new ConfigError(
      `${nameOf(resolving, 'host')}: ${quote(values.host)} lets other machines in; ` +
        'ask them for a token with --auth-token-file, or say --insecure',
    );
  }
  return {
    host: values.host,
    port: values.port,
    path: values.path,
    sessionIdleMillis: values.sessionIdle,
    tokenDigests,
    allowedOrigins: values.allowedOrigin ?? [],
    allowedHosts: values.allowedHost ?? [],
  };
}

/** Variables may be set for all kinds of sessions; a flag is meant for this one. */
function refuseFlags({ sources, values }: Resolving): void {
  for (const key of Object.keys(schema) as HttpKey[]) {
    const source = sources[key];
    if (key === 'transport' || source.kind !== 'flag') continue;
    throw new ConfigError(
      `${source.name}: goes with --transport http; the transport is ${values.transport}`,
    );
  }
}

/** Only what a token is compared with is kept: its digest. */
function readTokens(resolving: Resolving): string[] {
  const path = resolving.values.authTokenFile;
  if (path === undefined) return [];
  const fail = (why: string): never => {
    throw new ConfigError(`${nameOf(resolving, 'authTokenFile')}: ${quote(path)} ${why}`);
  };
  const text = read(resolving, path, fail);
  const tokens = tokensIn(text);
  if (tokens.length === 0) fail('holds no token: one a line is wanted');
  // RFC 6750, section 2.1; whatever else stands there could never be sent.
  const bad = tokens.find((token) => !/^[\w.~+/-]+=*$/.test(token));
  if (bad !== undefined) {
    const line = 1 + text.split('\n').findIndex((one) => one.trim() === bad);
    fail(
      `has a line that is no bearer token (line ${line}): letters, digits and - . _ ~ + / = are`,
    );
  }
  return tokens.map((token) => createHash('sha256').update(token).digest('hex'));
}

/** One a line. */
export const tokensIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function read({ readFile }: Resolving, path: string, fail: (why: string) => never): string {
  try {
    return readFile(path);
  } catch (error) {
    return fail(`cannot be read: ${reasonOf(error)}`);
  }
}
