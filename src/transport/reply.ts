import type { Answer, JsonRpcId, RpcFault } from '../json-rpc';

/** Where the answer to one message goes. Each message calls exactly one of the two, once. */
export interface Reply {
  /** @param text one message as JSON */
  send(text: string): void;
  /** A notification, or a request that was cancelled: nothing is answered. */
  nothing(): void;
}

/** An answer on a line of its own. */
export function lineReply(write: (line: string) => void): Reply {
  return { send: write, nothing: () => undefined };
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
