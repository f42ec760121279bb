import { OTHER, type Operation, type Outcome } from '../../tap/operation';

/** Every outcome and what it means: the label's values, in the order in which docs list them. */
export const OUTCOME_MEANINGS: Readonly<Record<Outcome, string>> = {
  ok: 'answered, or taken note of',
  tool_error: 'the tool answered with `isError`',
  rejected: "a JSON-RPC error that is the caller's fault: -32700, -32600, -32601, -32602, -32002",
  error: "a JSON-RPC error that is the server's fault, or cut off before the answer",
  cancelled: 'the caller took the request back while it ran',
};
export const OUTCOMES = Object.keys(OUTCOME_MEANINGS) as Outcome[];

/**
 * OpenTelemetry's `error.type`, by its MCP convention; absent where nothing failed. A caller's
 * fault is no failure of the server that says so, but every error code is one for who asked.
 */
export function errorType(op: Operation): string | undefined {
  switch (op.outcome) {
    case 'ok':
      return undefined;
    case 'tool_error':
      return 'tool_error';
    case 'cancelled':
      return 'cancelled';
    case 'rejected':
      return op.direction === 'sent' ? statusCode(op) : undefined;
    case 'error':
      return op.cutOff ? OTHER : (statusCode(op) ?? OTHER);
  }
}

/** `rpc.response.status_code`: the JSON-RPC error code as a string, whosever fault it was. */
export function statusCode(op: Operation): string | undefined {
  return op.rpcError && String(op.rpcError.code);
}

/** The message of an ERROR status; absent where the status stays unset. */
export function failureMessage(op: Operation): string | undefined {
  const type = errorType(op);
  if (type === undefined || type === 'cancelled') return undefined;
  if (op.outcome === 'tool_error') return op.toolError?.message || op.toolError?.label || type;
  if (op.cutOff) return 'the connection ended before the answer';
  return op.rpcError?.message || type;
}
