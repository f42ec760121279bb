import { refuseBatchSize } from '../json-rpc';
import type { Reply } from './reply';

/** The one revision of MCP in which a line may be an array of messages. */
const BATCH_REVISION = '2025-03-26';

/** @returns why a batch is not taken, where it is not */
export function refuseBatch(size: number, protocolVersion: string | undefined): string | undefined {
  if (protocolVersion !== BATCH_REVISION) {
    return `batches belong to MCP ${BATCH_REVISION}, which was not negotiated`;
  }
  return refuseBatchSize(size);
}

/**
 * Gathers the answers to a batch's members and sends them as one array when the last is in; a batch
 * that asks for no answer gets none (JSON-RPC 2.0, section 6).
 */
export function batchReply(
  members: number,
  write: (line: string) => void,
  done: () => void,
): Reply {
  const answers: string[] = [];
  let missing = members;
  const settle = () => {
    if (--missing > 0) return;
    if (answers.length > 0) write(`[${answers.join(',')}]`);
    done();
  };
  return {
    send: (text) => {
      answers.push(text);
      settle();
    },
    nothing: settle,
  };
}
