export interface RpcMessage {
  jsonrpc: '2.0';
  id?: string | number;
  method?: string;
  params?: Record<string, unknown>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  result?: any;
  error?: { code: number; message: string; data?: unknown };
}

/** Throws on anything on stdout that is no JSON-RPC 2.0 message (or batch), one on each line. */
export function onlyJsonRpc(stdout: string): void {
  if (stdout !== '' && !stdout.endsWith('\n'))
    throw new Error('the last line of stdout is cut off');
  for (const line of stdout.split('\n').slice(0, -1)) {
    const problem = problemOf(line);
    if (problem) throw new Error(`stdout holds a line that is ${problem}: ${line.slice(0, 300)}`);
  }
}

function problemOf(line: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return 'no JSON';
  }
  const messages = Array.isArray(parsed) ? parsed : [parsed];
  return messages.length > 0 && messages.every(isMessage) ? undefined : 'no JSON-RPC';
}

function isMessage(value: unknown): value is RpcMessage {
  if (typeof value !== 'object' || value === null) return false;
  const message = value as RpcMessage;
  const kinds = [message.method, message.result, message.error].filter((x) => x !== undefined);
  return (
    message.jsonrpc === '2.0' &&
    kinds.length === 1 &&
    (message.id === undefined ||
      typeof message.id === 'string' ||
      Number.isSafeInteger(message.id)) &&
    // Only the answer to a request whose id could not be read has none.
    (message.result === undefined || message.id !== undefined)
  );
}
