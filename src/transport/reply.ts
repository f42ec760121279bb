import type { Answer, JsonRpcId, RpcFault } from '../json-rpc';

/** Where the answer to one message goes. Each message calls exactly one of the two, once. */
export interface Reply {
  /**
   * @param text one message as JSON
   * @param isRefusal it says that there was no message that could be answered
   */
  send(text: string, isRefusal: boolean): void;
  /** A notification, or a request that was cancelled: nothing is answered. */
  nothing(): void;
}

/** Where the answers go to what came at once: one message, or a batch of so many. */
export interface Outlet {
  readonly single: Reply;
  batch(members: number): Reply;
}

/** Answers on lines of their own; a batch's are one line. */
export function lineOutlet(write: (line: string) => void): Outlet {
  return {
    single: { send: write, nothing: () => undefined },
    batch: (members) =>
      gather(members, (answers) => {
        if (answers.length > 0) write(`[${answers.join(',')}]`);
      }),
  };
}

/** Waits for the answers of so many messages, and has them taken together (JSON-RPC 2.0, section 6). */
export function gather(members: number, take: (answers: readonly string[]) => void): Reply {
  const answers: string[] = [];
  let missing = members;
  const settle = () => {
    if (--missing === 0) take(answers);
  };
  return {
    send: (text) => {
      answers.push(text);
      settle();
    },
    nothing: settle,
  };
}

/** An answer as JSON text. */
export function answerText(id: JsonRpcId, answer: Answer): string {
  if ('error' in answer) return errorText(id, answer.error);
  // Written by hand: of most results the text is there already.
  return `{"jsonrpc":"2.0","id":${typeof id === 'number' ? id : JSON.stringify(id)},"result":${answer.json ?? JSON.stringify(answer.result)}}`;
}

/** Without an id where the request's is not known: MCP's schema has it optional and refuses null. */
export function errorText(id: JsonRpcId | undefined, { code, message, data }: RpcFault): string {
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message, data } });
}
