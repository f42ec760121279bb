import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { AttributeMap } from '../attributes';
import type { Packed, Packer } from '../export-queue';
import { OtlpWriter } from './otlp-writer';
import { varint } from './protobuf-writer';

// Traces and logs have the same frame: the request has resources, a resource scopes, a scope records.
/** ExportTraceServiceRequest.resource_spans, ExportLogsServiceRequest.resource_logs */
const RESOURCE_RECORDS = (1 << 3) | 2;
const RESOURCE = (1 << 3) | 2;
const RESOURCE_FIELD = { attribute: (1 << 3) | 2, droppedAttributes: (2 << 3) | 0 };
/** ResourceSpans.scope_spans, ResourceLogs.scope_logs */
const SCOPE_RECORDS = (2 << 3) | 2;
const SCOPE = (1 << 3) | 2;
/** Of the two messages around the records, a tag and a length each. */
const MOST_FRAME_BYTES = 2 * (1 + 5);
const SCOPE_FIELD = { name: (1 << 3) | 2, version: (2 << 3) | 2 };

/** Memory of sent requests that is kept for the next ones: fresh memory costs more than what is written. */
const KEPT_MEMORIES = 4;
/** Memory that content has made larger than this is not kept. */
const MOST_KEPT_BYTES = 4 * 1024 * 1024;

/** An export's whole body, encoded, and how many records it holds. */
export interface ExportRequest extends Packed {
  readonly body: Uint8Array;
  /** Where the body is, where that may be used again. */
  readonly memory?: Buffer;
}

/** Whose records they are. */
export interface Origin {
  readonly resource: Resource;
  readonly scope: InstrumentationScope;
}

/** Gathers records, encoded as they come, and makes requests of them. */
export class RequestPacker<T> implements Packer<T, ExportRequest> {
  count = 0;
  private readonly writer = new OtlpWriter();
  private readonly resource: Uint8Array;
  private readonly scope: Uint8Array;
  /** Before the records: for the head, which their length decides. */
  private readonly room: number;
  private readonly free: Buffer[] = [];

  constructor(
    { resource, scope }: Origin,
    private readonly encode: (writer: OtlpWriter, item: T) => void,
  ) {
    const { writer } = this;
    const resourceAt = writer.begin(RESOURCE);
    writer.attributes(RESOURCE_FIELD.attribute, resource.attributes as AttributeMap);
    writer.uint(RESOURCE_FIELD.droppedAttributes, 0);
    writer.end(resourceAt);
    this.resource = writer.take();
    const scopeAt = writer.begin(SCOPE, 1);
    writer.string(SCOPE_FIELD.name, scope.name);
    if (scope.version) writer.string(SCOPE_FIELD.version, scope.version);
    writer.end(scopeAt, 1);
    this.scope = writer.take();
    this.room = this.resource.length + this.scope.length + MOST_FRAME_BYTES;
    writer.restart(this.room);
  }

  get size(): number {
    return this.writer.length;
  }

  /** Throws what the encoder throws; then the record is not in. */
  add(item: T): void {
    const before = this.writer.length;
    try {
      this.encode(this.writer, item);
    } catch (error) {
      this.writer.rewind(before);
      throw error;
    }
    this.count++;
  }

  /** The request of all that was added; the next one starts anew. */
  pack(): ExportRequest {
    const { count, resource, scope, writer, room } = this;
    const end = writer.length;
    const scopeSize = scope.length + end - room;
    const scopeHead = Buffer.from([SCOPE_RECORDS, ...varint(scopeSize)]);
    const resourceSize = resource.length + scopeHead.length + scopeSize;
    const resourceHead = Buffer.from([RESOURCE_RECORDS, ...varint(resourceSize)]);
    const head = Buffer.concat([resourceHead, resource, scopeHead, scope]);
    const memory = writer.restart(room, this.free.pop());
    memory.set(head, room - head.length);
    const body = memory.subarray(room - head.length, end);
    this.count = 0;
    if (body.length >= memory.length / 2) return { body, memory, count, size: memory.length };
    // A small request must not hold much memory while it waits.
    this.keep(memory);
    return { body: Uint8Array.prototype.slice.call(body), count, size: body.length };
  }

  /** The request was sent: its memory may be written to again. */
  release({ memory }: ExportRequest): void {
    if (memory) this.keep(memory);
  }

  private keep(memory: Buffer): void {
    if (this.free.length < KEPT_MEMORIES && memory.length <= MOST_KEPT_BYTES) {
      this.free.push(memory);
    }
  }
}
