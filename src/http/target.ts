import type { IncomingMessage } from 'node:http';

/**
 * Takes a whole URL in the request's line apart: its host counts then, and not that of the header (RFC
 * 9112, section 3.2.2).
 */
export function resolveTarget(request: IncomingMessage): void {
  const [, authority, rest = ''] = /^https?:\/\/([^/?]*)(.*)$/i.exec(request.url ?? '') ?? [];
  if (authority === undefined) return;
  request.headers.host = authority;
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
}

/** The path that is asked for, without the query, which may hold what is nobody's business. */
export const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?')[0]!;
