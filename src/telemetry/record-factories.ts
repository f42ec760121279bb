import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import type { Operation } from '../tap/operation';
import type { LogEntry } from './log-entry';
import { createLogRecordFactory } from './log-records';
import type { PipelineInit } from './pipeline';
import { createResource, currentProcessFacts } from './resource';
import { createSpanFactory } from './spans';

/** From plain records to what OpenTelemetry's exporters take. */
export interface RecordFactories {
  readonly resource: Resource;
  readonly scope: InstrumentationScope;
  readonly span: (operation: Operation) => ReadableSpan;
  readonly logRecord: (entry: LogEntry) => ReadableLogRecord;
}

export function createRecordFactories(init: PipelineInit): RecordFactories {
  const { settings, instanceId, protocolVersion, tools, packageVersion, command } = init;
  const scope = { name: 'ts-calculator', version: packageVersion };
  const resource = createResource({
    settings,
    instanceId,
    protocolVersion,
    process: { ...currentProcessFacts(), command },
  });
  return {
    resource,
    scope,
    span: createSpanFactory({
      service: { name: settings.serviceName, version: settings.serviceVersion },
      vocabularies: settings.vocabularies,
      tools,
      limits: settings.spanLimits,
      resource,
      scope,
    }),
    logRecord: createLogRecordFactory({ resource, scope, limits: settings.logLimits }),
  };
}
