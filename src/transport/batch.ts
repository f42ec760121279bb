import { refuseBatchSize } from '../json-rpc';

/** The one revision of MCP in which a line may be an array of messages. */
const BATCH_REVISION = '2025-03-26';

/** @returns why a batch is not taken, where it is not */
export function refuseBatch(size: number, protocolVersion: string | undefined): string | undefined {
  if (protocolVersion !== BATCH_REVISION) {
    return `batches belong to MCP ${BATCH_REVISION}, which was not negotiated`;
  }
  return refuseBatchSize(size);
}
