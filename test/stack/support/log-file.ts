import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A log record as the collector writes it: OTLP as JSON. */
export interface WrittenRecord {
  readonly severityText: string;
  readonly body: { readonly stringValue: string };
  readonly attributes?: readonly KeyValue[];
  readonly traceId?: string;
  readonly spanId?: string;
}
interface KeyValue {
  readonly key: string;
  readonly value: { readonly stringValue?: string };
}
interface Line {
  readonly resourceLogs: {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeLogs: { readonly logRecords: readonly WrittenRecord[] }[];
  }[];
}

/**
 * The log records of a service that the collector has written.
 *
 * @param folder the collector's (COLLECTOR_DATA)
 */
export const writtenLogs = (folder: string, service: string): WrittenRecord[] =>
  lines(join(folder, 'logs', 'logs.jsonl'))
    .flatMap(({ resourceLogs }) => resourceLogs)
    .filter(({ resource }) => valueOf(resource.attributes, 'service.name') === service)
    .flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords));

const lines = (file: string): Line[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Line)
    : [];

const valueOf = (attributes: readonly KeyValue[], name: string): string | undefined =>
  attributes.find(({ key }) => key === name)?.value.stringValue;
