import { ERROR_LABEL_KEY } from '../error-label';
import { ErrorCode, RpcError, type Params } from '../json-rpc';
import { nearest } from '../nearest';
import { isToolError, type Tool } from '../tools/define-tool';
import type { ToolRegistry } from '../tools/registry';

/** MCP's CallToolResult, as far as this server makes it. */
export interface CallToolResult {
  [key: string]: unknown;
  readonly content: readonly { readonly type: 'text'; readonly text: string }[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
  readonly isError?: true;
}

/** @throws {RpcError} -32602, with the nearest name (MCP: an unknown tool is a protocol error) */
export function findTool(tools: ToolRegistry, name: string): Tool {
  const tool = tools.get(name);
  if (tool) return tool;
  const shown = JSON.stringify(name.length > 64 ? `${name.slice(0, 63)}…` : name);
  const guess = nearest(name, tools.keys());
  const hint =
    guess === undefined ? `one of: ${[...tools.keys()].join(', ')}` : `did you mean "${guess}"?`;
  throw new RpcError(ErrorCode.invalidParams, `Unknown tool ${shown} (${hint})`);
}

/** Runs a tool; whatever it throws becomes a result that a model can act on. */
export function callTool(tool: Tool, args: Params): CallToolResult {
  try {
    const { text, structured } = tool.run(args);
    return {
      // First the bare number, for clients that read text as a number; then what MCP asks for
      // beside structured content: the same, serialised.
      content: [textContent(text), textContent(JSON.stringify(structured))],
      structuredContent: structured,
    };
  } catch (error) {
    return failure(tool, error);
  }
}

/** An `isError` result: its text stands alone, since clients drop the rest of a failed result. */
export function failure(tool: Tool, error: unknown): CallToolResult {
  const { label, message } = isToolError(error)
    ? error
    : { label: 'internal', message: `${tool.title} failed on an internal error` };
  return { content: [textContent(message)], isError: true, _meta: { [ERROR_LABEL_KEY]: label } };
}

/** A result as JSON text: JSON.stringify's, in a third of the time. */
export function resultJson(result: CallToolResult): string {
  if (!result.structuredContent) return JSON.stringify(result);
  const [bare, serialised] = result.content;
  // The structured content's own text is at hand.
  return `{"content":[${textJson(bare!.text)},${textJson(serialised!.text)}],"structuredContent":${serialised!.text}}`;
}

function textJson(text: string): string {
  return `{"type":"text","text":${JSON.stringify(text)}}`;
}

function textContent(text: string) {
  return { type: 'text', text } as const;
}
