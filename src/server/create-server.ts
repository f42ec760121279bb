import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { ErrorCode, RpcError, type Params } from '../json-rpc';
import type { Tool } from '../tools/define-tool';
import type { ToolRegistry } from '../tools/registry';
import { callTool, failure, findTool } from './call-tool';

export interface ServerOptions {
  readonly name: string;
  readonly version: string;
  /** Told to the model once, beside the tools' own descriptions. */
  readonly instructions?: string;
  /** Awaited before each tool call; what it throws is the call's failure. */
  readonly beforeCall?: (signal: AbortSignal, tool: Tool) => Promise<void>;
}

/** What a transport is to its server: any of the SDK's is one, of whichever version. */
export interface ServerTransport {
  start(): Promise<void>;
  send(message: object): Promise<void>;
  close(): Promise<void>;
}

/** The SDK's Server, as far as one needs it: the package's types want no other package. */
export interface ToolServer {
  connect(transport: ServerTransport): Promise<void>;
  close(): Promise<void>;
}

/**
 * The SDK's low-level Server over a registry of tools. The SDK keeps the lifecycle: `initialize` and
 * its revisions, `ping`, cancellation, answers. Lists and calls come as the wire has them, not as a
 * schema library would copy them: an argument named `__proto__` is an argument, to be refused.
 */
export function createServer(registry: ToolRegistry, options: ServerOptions): ToolServer {
  const { name, version, instructions, beforeCall } = options;
  const toolList = { tools: [...registry.values()].map(describeTool) };
  const server = new CalculatorServer(
    { name, version },
    { capabilities: { tools: {} }, ...(instructions === undefined ? {} : { instructions }) },
  );
  server.fallbackRequestHandler = async ({ method, params = {} }, { signal }) => {
    if (method === 'tools/call') {
      const tool = findTool(registry, params['name'] as string);
      try {
        await beforeCall?.(signal, tool);
      } catch (error) {
        return failure(tool, error);
      }
      return callTool(tool, (params['arguments'] as Params | undefined) ?? {});
    }
    if (method === 'tools/list') {
      if (params['cursor'] === undefined) return toolList;
      throw new RpcError(ErrorCode.invalidParams, 'Unknown cursor: the list of tools is one page');
    }
    throw new RpcError(ErrorCode.methodNotFound, `Method not found: ${method.slice(0, 128)}`);
  };
  return server;
}

class CalculatorServer extends Server {
  /** Tasks are not offered; a request that asks for one is then to be handled as if it did not. */
  protected override assertTaskHandlerCapability(): void {}
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
