import type { Settings } from '../config/settings';
import type { Link } from './operation';
import type { OpenOperation } from './tap';

/**
 * The caller's trace context: from `params._meta` with unprefixed keys (MCP, SEP-414), or from the
 * headers of what carried the message. Values are as in W3C Trace Context and W3C Baggage.
 */
export interface TraceContext {
  readonly traceId?: string;
  readonly spanId?: string;
  readonly sampled?: boolean;
  /** The trace id is known to be random (W3C Trace Context, level 2): so it stays. */
  readonly isRandom?: boolean;
  readonly traceState?: string;
  /** As sent. */
  readonly baggage?: string;
}

const NONE: TraceContext = {};
// Version ff is forbidden; a higher one than 00 may carry more fields after the flags.
const TRACEPARENT =
  /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const SAMPLED = 1;
const RANDOM = 2;
const TRACESTATE_MEMBER = /^[a-z0-9][a-z0-9_\-*/@]{0,255}=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,256}$/;
const MAX_TRACESTATE = 512;
const MAX_BAGGAGE = 8192;

/** The context of an operation's span, as others are to continue it (W3C Trace Context, version 00). */
export function traceparentOf({
  operation,
  isRandom,
}: Pick<OpenOperation, 'operation' | 'isRandom'>): string {
  const { traceId, spanId, sampled } = operation;
  const flags = (sampled ? SAMPLED : 0) | (isRandom ? RANDOM : 0);
  return `00-${traceId}-${spanId}-0${flags}`;
}

/**
 * Reads what the propagators allow; a malformed value counts as absent, as W3C asks.
 *
 * @param carrier `params._meta`, or headers by their names in lower case; whatever else was sent has
 *   no context
 */
export function extractTraceContext(
  carrier: unknown,
  propagators: Settings['propagators'],
): TraceContext {
  if (typeof carrier !== 'object' || carrier === null) return NONE;
  const { traceparent, tracestate, baggage } = carrier as Record<string, unknown>;
  if (traceparent === undefined && baggage === undefined) return NONE;
  const parent = propagators.includes('tracecontext') ? readTraceparent(traceparent) : undefined;
  const state = parent && readTracestate(tracestate);
  const withBaggage =
    propagators.includes('baggage') && typeof baggage === 'string' && baggage.length <= MAX_BAGGAGE;
  return {
    ...parent,
    ...(state === undefined ? {} : { traceState: state }),
    ...(withBaggage ? { baggage } : {}),
  };
}

/**
 * The link of a span to the context of what carried its message. Who carries a message may well give
 * it the context that the message names itself: then there is nothing to link.
 */
export function linkTo(ambient: TraceContext, parent: TraceContext): Link | undefined {
  const { traceId, spanId, sampled = false, traceState } = ambient;
  if (traceId === undefined || spanId === undefined) return undefined;
  if (traceId === parent.traceId && spanId === parent.spanId) return undefined;
  return { traceId, spanId, sampled, traceState };
}

function readTraceparent(value: unknown) {
  const match = typeof value === 'string' ? TRACEPARENT.exec(value) : null;
  if (!match) return undefined;
  const [, version, traceId, spanId, flags, more] = match as unknown as string[];
  if (version === '00' && more !== undefined) return undefined;
  const bits = parseInt(flags!, 16);
  return {
    traceId: traceId!,
    spanId: spanId!,
    sampled: (bits & SAMPLED) !== 0,
    ...((bits & RANDOM) !== 0 && { isRandom: true }),
  };
}

function readTracestate(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_TRACESTATE) return undefined;
  const members = value
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
  if (members.length === 0 || members.length > 32) return undefined;
  return members.every((member) => TRACESTATE_MEMBER.test(member)) ? members.join(',') : undefined;
}
