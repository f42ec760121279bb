/**
 * What a session's telemetry should have been, and what of it arrived. What the session itself makes
 * (its handshake, its end) is known from one without calls behind a healthy receiver.
 *
 * @param idle that session
 */
export function account(variant, session, idle) {
  const { calls, received } = session;
  const made = {
    all: () => calls + idle.received.spans,
    told: () => received.sums['otel.sdk.span.started'] ?? 0,
    none: () => 0,
  }[variant.spans]();
  const count = (name) => (received.sums[name] ?? 0) - (idle.received.sums[name] ?? 0);
  return {
    spans: received.spans,
    spansLost: made - received.distinct,
    spansTwice: received.spans - received.distinct,
    logs: received.logs,
    logsLost: variant.logs ? calls + idle.received.logs - received.logs : 0,
    points: received.points,
    counted: variant.counter && count(variant.counter),
  };
}

/** What is wrong with the telemetry of a variant that may lose nothing. */
export function faults(variant, values) {
  const wrong = [];
  if (values.spansTwice !== 0) wrong.push(`${values.spansTwice} spans came twice`);
  if (!variant.lossless) return wrong;
  if (values.spansLost !== 0) wrong.push(`${values.spansLost} spans lost`);
  if (values.logsLost !== 0) wrong.push(`${values.logsLost} log records lost`);
  if (variant.counter && values.counted !== values.calls) {
    wrong.push(`${values.counted} of ${values.calls} calls counted`);
  }
  if (variant.spans === 'all' && values.spans === 0) wrong.push('no spans came');
  if (variant.spans === 'told' && !isTenth(values.spans, values.calls)) {
    wrong.push(`${values.spans} of ${values.calls} calls were sampled`);
  }
  if (variant.spans === 'none' && values.spans + values.logs + values.points > 0) {
    wrong.push('telemetry came where it is off');
  }
  return wrong;
}

/** Within five standard deviations of one in ten. */
const isTenth = (spans, calls) => Math.abs(spans - calls / 10) < 5 * Math.sqrt(calls * 0.09) + 2;
