import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import type { Operation } from '../tap/operation';
import type { LogEntry } from './log-entry';
import { createLogRecordFactory } from './log-records';
import type { Origin } from './otlp/request-packer';
import type { PipelineInit } from './pipeline';
import { createResource, currentProcessFacts } from './resource';
import { createSpanFactory } from './spans';
import type { ToolCatalogue } from './vocabularies/tool-catalogue';

/** From plain records to the objects that OpenTelemetry's exporters take: for the console. */
export interface RecordFactories {
  readonly span: (operation: Operation) => ReadableSpan;
  readonly logRecord: (entry: LogEntry) => ReadableLogRecord;
}

/** Whose telemetry it is: the same for all records and metrics. */
export function createOrigin(init: PipelineInit): Origin {
  const { settings, instanceId, protocolVersion, packageVersion, command } = init;
  return {
    resource: createResource({
      settings,
      instanceId,
      protocolVersion,
      process: { ...currentProcessFacts(), command },
    }),
    scope: { name: 'ts-calculator', version: packageVersion },
  };
}

/** What spans are made of, beside operations. */
export function spanOptions({ settings }: PipelineInit, tools: ToolCatalogue) {
  return {
    service: { name: settings.serviceName, version: settings.serviceVersion },
    vocabularies: settings.vocabularies,
    tools,
    limits: settings.spanLimits,
  };
}

export function createRecordFactories(
  init: PipelineInit,
  tools: ToolCatalogue,
  origin: Origin,
): RecordFactories {
  return {
    span: createSpanFactory({ ...spanOptions(init, tools), ...origin }),
    logRecord: createLogRecordFactory({ ...origin, limits: init.settings.logLimits }),
  };
}
