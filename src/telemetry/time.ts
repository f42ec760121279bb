import type { HrTime } from '@opentelemetry/api';

const NANOS = 1_000_000_000;

/**
 * Milliseconds as OpenTelemetry's [seconds, nanoseconds].
 *
 * @param millis since the epoch, or a duration; with a fraction
 */
export function toHrTime(millis: number): HrTime {
  const seconds = Math.floor(millis / 1000);
  const nanos = Math.round((millis - seconds * 1000) * 1e6);
  return nanos === NANOS ? [seconds + 1, 0] : [seconds, nanos];
}

export function addHrTime(a: HrTime, b: HrTime): HrTime {
  const seconds = a[0] + b[0];
  const nanos = a[1] + b[1];
  return nanos >= NANOS ? [seconds + 1, nanos - NANOS] : [seconds, nanos];
}
