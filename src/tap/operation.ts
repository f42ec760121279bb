import type { ToolErrorLabel } from '../error-label';
import type { Scalar } from './scalar-arguments';

export { TOOL_ERROR_LABELS, type ToolErrorLabel } from '../error-label';

/** What became of an operation. The contract's `outcome` label. */
export type Outcome = 'ok' | 'tool_error' | 'rejected' | 'error' | 'cancelled';

/**
 * What is known of the connection that an operation belongs to. A new object is made whenever
 * something becomes known, so an operation keeps what was true when it ended.
 */
export interface Session {
  /**
   * Random: stdio has no session id of its own, so there is one per connection; over HTTP it is told
   * to the client. Absent: a single request over HTTP that belongs to no session.
   */
  readonly id?: string | undefined;
  readonly transport: 'pipe' | 'tcp';
  /** Over HTTP: `1.1`. */
  readonly httpVersion?: string | undefined;
  /** The two ends of a connection over HTTP: IP addresses, as the socket tells them, and ports. */
  readonly clientAddress?: string | undefined;
  readonly clientPort?: number | undefined;
  readonly serverAddress?: string | undefined;
  readonly serverPort?: number | undefined;
  /** The revision that `initialize` agreed on, or that a request names (MCP 2026-07-28). */
  readonly protocolVersion?: string;
  readonly clientName?: string;
  readonly clientVersion?: string;
  /** What an observed server calls itself; absent for our own. */
  readonly serverName?: string;
  readonly serverVersion?: string;
}

/** Another span that an operation belongs with, beside its parent: a link of OpenTelemetry's. */
export interface Link {
  /** 32 and 16 hex digits. */
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
  readonly traceState?: string | undefined;
}

/**
 * One request, notification or refused line, from its arrival to its end: plain data that survives
 * `structuredClone`, and the only thing from which telemetry is made.
 */
export interface Operation {
  readonly kind: 'request' | 'notification' | 'invalid';
  /** Who asked: `received` makes SERVER spans, `sent` (an observed server's own requests) CLIENT. */
  readonly direction: 'received' | 'sent';
  /** As sent; empty for an invalid line. */
  readonly method: string;
  readonly methodKnown: boolean;
  /** The JSON-RPC id as a string; requests only. */
  readonly requestId?: string | undefined;
  /** `tools/call` only: the tool's name as sent, at most 128 characters. */
  readonly tool?: string | undefined;
  /** Listed, or shown to be there by a success. */
  toolKnown: boolean;
  /** `prompts/get` only: the prompt's name as sent, at most 128 characters. */
  readonly prompt?: string | undefined;
  /** Where the message is about one resource: its URI as sent, at most 1,024 characters. */
  readonly resource?: string | undefined;

  /** 32 and 16 hex digits. */
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  readonly traceState?: string | undefined;
  /** What carried the message has a span too, which is not the parent. */
  readonly link?: Link | undefined;
  /** The sampler's decision: a span is made only where this is true. */
  readonly sampled: boolean;

  /** Milliseconds since the epoch, with a fraction. */
  readonly startTime: number;
  /** Milliseconds, from a monotonic clock: never negative. */
  duration: number;

  /** Set when the operation ends. */
  session: Session;
  outcome: Outcome;
  /** The connection ended before the answer. Outcome `error`. */
  cutOff?: boolean;
  /** The answer was a JSON-RPC error. */
  rpcError?: { readonly code: number; readonly message: string };
  /** The answer was a result with `isError`. `message` is empty where content is not captured. */
  toolError?: { readonly label: ToolErrorLabel; readonly message: string };

  /** Content, where it is captured: JSON text of at most 4,096 characters, `…` at the end if cut. */
  readonly argumentsText?: string | undefined;
  resultText?: string | undefined;
  /** Arguments and result that read as finite doubles, where content is captured. */
  readonly numericArguments?: Readonly<Record<string, number>> | undefined;
  numericResult?: number | undefined;
  /** Of an observed server's tools: what of the arguments is no object or array, secrets masked. */
  readonly scalarArguments?: Readonly<Record<string, Scalar>> | undefined;
}

/** The label that stands for every method or tool that is not known: labels must stay few. */
export const OTHER = '_OTHER';
/** The method of a line that is no request. */
export const INVALID = 'invalid';
