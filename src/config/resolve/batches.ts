import type { BatchSettings, Settings } from '../settings';
import { isGiven, nameOf, type Resolving } from './context';

/** A batch is never larger than its queue: one that was asked for is told, the default is not. */
export function resolveBatch(prefix: 'span' | 'log', resolving: Resolving): BatchSettings {
  const { values, warn } = resolving;
  const maxQueueSize = values[`${prefix}MaxQueueSize`];
  const batchKey = `${prefix}MaxExportBatchSize` as const;
  const batch = values[batchKey];
  if (batch > maxQueueSize && isGiven(resolving, batchKey)) {
    warn(
      `${nameOf(resolving, batchKey)}: '${batch}' is more than the queue holds; ${maxQueueSize} is used`,
    );
  }
  return {
    scheduleDelayMillis: values[`${prefix}ScheduleDelay`],
    maxQueueSize,
    maxExportBatchSize: Math.min(batch, maxQueueSize),
    exportTimeoutMillis: values[`${prefix}ExportTimeout`],
  };
}

const DEFAULT_METRIC_TIMEOUT = 30_000;

/** The timeout is never above the interval: told only where both were asked for. */
export function resolveMetricExport(resolving: Resolving): Settings['metricExport'] {
  const { values, warn } = resolving;
  const intervalMillis = values.metricInterval;
  const asked = values.metricTimeout ?? DEFAULT_METRIC_TIMEOUT;
  if (
    asked > intervalMillis &&
    isGiven(resolving, 'metricTimeout') &&
    isGiven(resolving, 'metricInterval')
  ) {
    const [name, interval] = [
      nameOf(resolving, 'metricTimeout'),
      nameOf(resolving, 'metricInterval'),
    ];
    warn(`${name}: '${asked}' is more than ${interval}; ${intervalMillis} is used`);
  }
  return {
    intervalMillis,
    timeoutMillis: Math.min(asked, intervalMillis),
    temporality: values.temporality,
  };
}
