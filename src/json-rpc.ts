/** JSON-RPC 2.0, section 4: what a line of text is, by its shape alone. */

export type JsonRpcId = string | number;
export type Params = Readonly<Record<string, unknown>>;

export interface JsonRpcRequest {
  readonly kind: 'request';
  readonly id: JsonRpcId;
  readonly method: string;
  readonly params: Params | undefined;
}
export interface JsonRpcNotification {
  readonly kind: 'notification';
  readonly method: string;
  readonly params: Params | undefined;
}
/** An answer to a request of the other side's. */
export interface JsonRpcResponse {
  readonly kind: 'response';
  /** As sent: null, absent or of no valid form where nobody can tell what it answers. */
  readonly id: unknown;
  readonly answer: Answer;
}
export interface JsonRpcInvalid {
  readonly kind: 'invalid';
  readonly code: number;
  readonly reason: string;
  /** Where the line has a valid one, so that the caller can tell which request was refused. */
  readonly id?: JsonRpcId;
}
export interface JsonRpcBatch {
  readonly kind: 'batch';
  readonly members: readonly unknown[];
}
/** JSON-RPC 2.0, section 5.1. */
export interface RpcFault {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}
/** An answer to a request: one of the two. `json` is the result as text, where it is at hand. */
export type Answer =
  { readonly result: unknown; readonly json?: string } | { readonly error: RpcFault };

export type Single = JsonRpcRequest | JsonRpcNotification | JsonRpcResponse | JsonRpcInvalid;

export const ErrorCode = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
} as const;

/** What a fault of ours is answered with: it tells nothing. */
export const INTERNAL_FAULT: RpcFault = { code: ErrorCode.internal, message: 'Internal error' };

/** An error of JSON-RPC's own kind; the SDK answers with `code` and `message` of what is thrown. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** @returns undefined where it is no JSON, which no JSON text means */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** More messages than this in one array would keep all others waiting for seconds. */
export const MAX_BATCH = 10_000;

/** @returns why a batch of so many messages is none, where it is none (JSON-RPC 2.0, section 6) */
export function refuseBatchSize(size: number): string | undefined {
  if (size === 0) return 'an empty batch';
  return size > MAX_BATCH
    ? `a batch of ${size} messages; at most ${MAX_BATCH} are read`
    : undefined;
}

export function parseLine(text: string): Single | JsonRpcBatch {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: 'invalid', code: ErrorCode.parse, reason: `Parse error: ${shortly(error)}` };
  }
  return Array.isArray(value) ? { kind: 'batch', members: value } : parseMember(value);
}

/**
 * One message: a line, or a member of a batch.
 *
 * @param lenient of others' messages: `null` for params or error, which some write for none
 */
export function parseMember(value: unknown, lenient = false): Single {
  if (!isObject(value)) {
    return invalid('a message is a JSON object, with "jsonrpc", "method" and, for a request, "id"');
  }
  const hasId = Object.hasOwn(value, 'id');
  const id = value['id'];
  const method = value['method'];
  const params = lenient ? (value['params'] ?? undefined) : value['params'];
  // Before the id: JSON-RPC's own answer to a line that it could not read has a null one, and an
  // error in answer to an error might never end.
  if (isResponse(value)) return { kind: 'response', id, answer: readAnswer(value, lenient) };
  if (hasId && !isValidId(id)) {
    return invalid('"id" must be a string or an integer of at most 2^53 - 1');
  }
  const withId = hasId ? (id as JsonRpcId) : undefined;
  if (value['jsonrpc'] !== '2.0') return invalid('"jsonrpc" must be "2.0"', withId);
  if (typeof method !== 'string') return invalid('"method" must be a string', withId);
  if (params !== undefined && !isObject(params)) {
    return invalid('"params" must be an object, where it is given', withId);
  }
  return withId === undefined
    ? { kind: 'notification', method, params }
    : { kind: 'request', id: withId, method, params };
}

function isResponse(value: Readonly<Record<string, unknown>>): boolean {
  return (
    value['jsonrpc'] === '2.0' &&
    value['method'] === undefined &&
    (Object.hasOwn(value, 'result') || Object.hasOwn(value, 'error'))
  );
}

/** Of an error that is none by JSON-RPC's schema only what is of its form counts. */
function readAnswer(
  { error, result }: Readonly<Record<string, unknown>>,
  lenient: boolean,
): Answer {
  if (error === undefined || (lenient && error === null && result !== undefined)) return { result };
  const { code, message } = isObject(error) ? error : {};
  return {
    error: {
      code: Number.isSafeInteger(code) ? (code as number) : ErrorCode.internal,
      message: typeof message === 'string' ? message : '',
    },
  };
}

/** A message that is refused: -32600. */
export function invalid(reason: string, id?: JsonRpcId): JsonRpcInvalid {
  return {
    kind: 'invalid',
    code: ErrorCode.invalidRequest,
    reason: `Invalid request: ${reason}`,
    ...(id === undefined ? {} : { id }),
  };
}

/** MCP narrows JSON-RPC's ids: no null, no fractions; beyond 2^53 - 1 a number is already rounded. */
function isValidId(id: unknown): id is JsonRpcId {
  return typeof id === 'string' || Number.isSafeInteger(id);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** V8 quotes the text that it could not parse: bounded, and on one line. */
function shortly(error: unknown): string {
  return (error instanceof Error ? error.message : String(error))
    .replace(/\s+/g, ' ')
    .slice(0, 160);
}
