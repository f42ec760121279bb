import type { ServerResponse } from 'node:http';
import { ErrorCode } from '../json-rpc';
import { errorText } from '../transport/reply';
import { JSON_HEADERS, respond } from './respond';

/**
 * Why a request over HTTP is not taken, and the status that says so. The reasons are a label of
 * `mcp.http.refused`.
 */
export const REFUSALS = {
  malformed_http: 400,
  session_required: 400,
  session_exists: 400,
  unsupported_protocol_version: 400,
  unauthorized: 401,
  host_not_allowed: 403,
  origin_not_allowed: 403,
  not_found: 404,
  session_not_found: 404,
  method_not_allowed: 405,
  not_acceptable: 406,
  timeout: 408,
  body_too_large: 413,
  unsupported_media_type: 415,
  headers_too_large: 431,
  too_many_sessions: 503,
} as const;

export type RefusalReason = keyof typeof REFUSALS;

// The codes that the SDK's transport has for them, of those that JSON-RPC leaves to servers.
const CODES: Partial<Record<RefusalReason, number>> = {
  session_not_found: -32001,
  session_exists: ErrorCode.invalidRequest,
};
const OTHER_CODE = -32000;

/** Thrown where a request is not taken. The message says what was wrong and what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly reason: RefusalReason,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  get status(): number {
    return REFUSALS[this.reason];
  }

  /** The body: a JSON-RPC error that has no id, since no message was read. */
  get body(): string {
    const code = CODES[this.reason] ?? OTHER_CODE;
    return errorText(undefined, { code, message: this.message });
  }
}

export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  const { status, headers, body } = refusal;
  respond(response, status, { ...headers, ...JSON_HEADERS }, body);
}
