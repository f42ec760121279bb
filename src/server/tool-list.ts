import { ErrorCode, RpcError, type Params } from '../json-rpc';
import type { Tool } from '../tools/define-tool';
import type { ToolRegistry } from '../tools/registry';

/** The answer to `tools/list`: all tools, on one page. */
export function createToolList(registry: ToolRegistry) {
  return { tools: [...registry.values()].map(describeTool) };
}

/** @throws {RpcError} -32602: there is no second page */
export function refuseCursor({ cursor }: Params): void {
  if (cursor === undefined) return;
  throw new RpcError(ErrorCode.invalidParams, 'Unknown cursor: the list of tools is one page');
}

/** A tool as `tools/list` shows it. */
export function describeTool({
  name,
  title,
  description,
  inputSchema,
  outputSchema,
  annotations,
}: Tool) {
  return {
    name,
    title,
    description,
    inputSchema,
    outputSchema,
    annotations: { title, ...annotations },
  };
}
