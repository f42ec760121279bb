/** Where the answer to one message goes. Each message calls exactly one of the two, once. */
export interface Reply {
  send(message: object): void;
  /** A notification, or a request that was cancelled: nothing is answered. */
  nothing(): void;
}

/** An answer on a line of its own. */
export function lineReply(write: (line: string) => void): Reply {
  return { send: (message) => write(JSON.stringify(message)), nothing: () => undefined };
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
  const answers: object[] = [];
  let missing = members;
  const settle = () => {
    if (--missing > 0) return;
    if (answers.length > 0) write(JSON.stringify(answers));
    done();
  };
  return {
    send: (message) => {
      answers.push(message);
      settle();
    },
    nothing: settle,
  };
}
