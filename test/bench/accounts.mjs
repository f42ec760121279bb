/** What so many JSON-RPC messages make of telemetry: a span each, and a log record a request. */
export const expected = (variant, { requests, notifications }) => ({
  spans: variant.spans === 'all' ? requests + notifications : 0,
  logs: variant.logs ? requests : 0,
});

/** What of that has not come; undefined of what the variant makes none of. */
export function missing(variant, made, { spans, logs }) {
  const due = expected(variant, made);
  return {
    spansLost: variant.spans === 'all' ? due.spans - spans : undefined,
    logsLost: variant.logs ? due.logs - logs : undefined,
  };
}

/**
 * What a session's telemetry should have been, and what of it arrived. What the session itself makes
 * (its handshake, its end) is known from one without calls behind a healthy receiver.
 *
 * @param idle that session
 */
export function account(variant, { calls, received }, idle) {
  const made = {
    all: () => calls + idle.received.spans,
    told: () => received.sums['otel.sdk.span.started'] ?? 0,
    none: () => 0,
  }[variant.spans]();
  const count = (name) => (received.sums[name] ?? 0) - (idle.received.sums[name] ?? 0);
  return {
    spans: received.spans,
    spansLost: variant.spans === 'none' ? undefined : made - received.distinct,
    logs: received.logs,
    logsLost: variant.logs ? calls + idle.received.logs - received.logs : undefined,
    counted: variant.counter && count(variant.counter),
  };
}

/** The microseconds of CPU that a call costs: a whole session's, less those of one without calls. */
export const cpuPerCall = (session, idle) => (session.cpu - idle.cpu) / session.calls;

/** Of it that of a wrapper alone, without the server behind it; undefined where there is none. */
export function wrapperCpuPerCall(session, idle) {
  if (session.cpuBehind === undefined) return undefined;
  return cpuPerCall(session, idle) - (session.cpuBehind - idle.cpuBehind) / session.calls;
}
