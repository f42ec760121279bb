import type { Settings, SignalName } from '../config/settings';

/** Whether a signal goes anywhere. */
export function isExported({ sdkDisabled, signals }: Settings, signal: SignalName): boolean {
  return !sdkDisabled && signals[signal].exporters.length > 0;
}
