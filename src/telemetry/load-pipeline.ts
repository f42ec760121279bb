import { createLines } from './lines';
import { operationsOf } from './operation-columns';
import { Want, type Pipeline, type PipelineHost, type PipelineInit } from './pipeline';
import { requestLogEntry } from './request-log';

/**
 * The pipeline that the settings ask for. Without signals it writes log lines alone, and no
 * OpenTelemetry package is loaded.
 */
export async function loadPipeline(init: PipelineInit, host: PipelineHost): Promise<Pipeline> {
  const { settings } = init;
  const lines = createLines(settings, (text, count) => host.writeStderr(text, count));
  const silent = Object.values(settings.signals).every(({ exporters }) => exporters.length === 0);
  if (!settings.sdkDisabled && !silent) {
    const { createOtlpPipeline } = await import('./otlp-pipeline');
    return createOtlpPipeline(init, host, lines);
  }
  return {
    accept({ operations, wants, entries }) {
      operationsOf(operations).forEach((op, i) => {
        if (wants[i]! & Want.line) lines.log(requestLogEntry(op, settings.serviceName));
      });
      entries.forEach((entry) => lines.log(entry));
    },
    shutdown: async () => lines.flush(),
  };
}
