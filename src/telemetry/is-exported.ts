import type { Settings, SignalName } from '../config/settings';

/** Whether a signal goes anywhere. */
export function isExported({ sdkDisabled, signals }: Settings, signal: SignalName): boolean {
  return !sdkDisabled && signals[signal].exporters.length > 0;
}

/** Whether a signal goes anywhere that was named, and not only to the default receiver, in case there is one. */
export function isAsked({ signals }: Settings, signal: SignalName): boolean {
  const { exporters, configured } = signals[signal];
  return configured || exporters.some((exporter) => exporter !== 'otlp');
}
