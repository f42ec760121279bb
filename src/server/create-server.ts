import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { InitializeRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { ErrorCode, RpcError, type Params } from '../json-rpc';
import type { ToolRegistry } from '../tools/registry';
import { callTool, failure, findTool } from './call-tool';
import type { ServerOptions } from './options';
import { invalidParams } from './params';
import { createToolList, refuseCursor } from './tool-list';

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
  const toolList = createToolList(registry);
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
      refuseCursor(params);
      return toolList;
    }
    throw new RpcError(ErrorCode.methodNotFound, `Method not found: ${method.slice(0, 128)}`);
  };
  return server;
}

class CalculatorServer extends Server {
  /** Tasks are not offered; a request that asks for one is then to be handled as if it did not. */
  protected override assertTaskHandlerCapability(): void {}

  /** Params of `initialize` are refused in words, where the SDK would answer with its schema's JSON. */
  override async connect(transport: Transport): Promise<void> {
    await super.connect(transport);
    const { onmessage } = transport;
    transport.onmessage = (message, extra) => {
      const refusal = 'method' in message && refuseInitialize(message);
      if (!refusal || !('id' in message)) return onmessage?.(message, extra);
      const { code, message: text } = refusal;
      void transport.send({ jsonrpc: '2.0', id: message.id, error: { code, message: text } });
    };
  }
}

function refuseInitialize(request: { method: string; params?: unknown }): RpcError | undefined {
  const { method, params = {} } = request;
  if (method !== 'initialize') return undefined;
  const issue = InitializeRequestSchema.safeParse({ method, params }).error?.issues[0];
  if (!issue) return undefined;
  const path = issue.path.slice(1).join('.') || 'params';
  return invalidParams(method, `"${path}": ${issue.message.replace(/^Invalid input: /, '')}`);
}
