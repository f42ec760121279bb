import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { HttpSettings } from '../config/settings';
import { Refusal } from './refusal';

export type Guard = (request: IncomingMessage) => void;

/**
 * Lets in whom the settings let in: `host` and `origin` keep web pages out that reach for this machine
 * (DNS rebinding), `token` keeps out who has none.
 *
 * @throws {Refusal} from each of them
 */
export function createGuards(
  settings: Pick<HttpSettings, 'host' | 'allowedHosts' | 'allowedOrigins' | 'tokenDigests'>,
): Readonly<Record<'host' | 'origin' | 'token', Guard>> {
  const { host, allowedHosts, allowedOrigins, tokenDigests } = settings;
  const hosts = new Set([
    ...[host, 'localhost', ...allowedHosts],
    ...allowedOrigins.map((origin) => hostOf(new URL(origin).host)),
  ]);
  const origins = new Set(allowedOrigins);
  const digests = tokenDigests.map((digest) => Buffer.from(digest, 'hex'));

  return {
    host({ headers }) {
      if (!headers.host)
        throw new Refusal('malformed_http', 'Bad request: the header Host is missing');
      const name = hostOf(headers.host);
      // Who asks by an address was not led here by a name.
      if (hosts.has(name) || isIP(name) !== 0) return;
      throw new Refusal(
        'host_not_allowed',
        `Forbidden: the server is not known as ${shown(name)} (--allowed-host adds a name)`,
      );
    },
    origin({ headers }) {
      const { origin, host: asked } = headers;
      if (origin === undefined || origins.has(origin) || isOwn(origin, asked)) return;
      throw new Refusal(
        'origin_not_allowed',
        `Forbidden: pages of ${shown(origin)} may not ask (--allowed-origin adds an origin)`,
      );
    },
    token({ headers }) {
      if (digests.length === 0) return;
      const [, token] = /^bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
      if (token !== undefined && isKnown(token, digests)) return;
      throw new Refusal(
        'unauthorized',
        token === undefined
          ? 'Unauthorized: a bearer token is wanted (Authorization: Bearer …)'
          : 'Unauthorized: the bearer token is not one of those in --auth-token-file',
        {
          'WWW-Authenticate': `Bearer realm="ts-calculator"${token ? ', error="invalid_token"' : ''}`,
        },
      );
    },
  };
}

/** A page of this server itself: there is none, but tools of this machine say so. */
function isOwn(origin: string, asked: string | undefined): boolean {
  return asked !== undefined && /^https?:\/\/(.*)$/.exec(origin)?.[1] === asked;
}

/** All are compared, each in constant time: how long it takes tells nothing of a token. */
function isKnown(token: string, digests: readonly Buffer[]): boolean {
  const digest = createHash('sha256').update(token).digest();
  return digests.map((known) => timingSafeEqual(known, digest)).includes(true);
}

/** `[::1]:8100` → `::1` */
function hostOf(header: string): string {
  return header
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1');
}

const shown = (text: string): string => JSON.stringify(text.slice(0, 80));
