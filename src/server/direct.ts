import { INTERNAL_FAULT, RpcError, type Answer, type Params } from '../json-rpc';
import type { ToolRegistry } from '../tools/registry';
import { callTool, findTool, resultJson } from './call-tool';
import { isPlainInitialize } from './initialize-params';
import type { ServerOptions } from './options';
import { RELATED_TASK_META_KEY } from './params';
import { negotiate } from './protocol-versions';
import { createToolList, refuseCursor } from './tool-list';

/**
 * Answers a request at once; undefined where it leaves the request to the SDK.
 *
 * @param params have passed `checkParams`
 */
export type Direct = (method: string, params: Params) => Answer | undefined;

/**
 * The short way for what nearly every request is. The SDK's way takes a promise or five, an
 * AbortController and a schema's copy a request, more than all the rest together (docs/performance.md),
 * and its module takes longer to load than this whole server. What is not plain is left to it, and what
 * is answered here is answered as it would be there: a test replays sessions through both.
 */
export function createDirect(registry: ToolRegistry, options: ServerOptions): Direct {
  const { name, version, instructions, beforeCall } = options;
  const toolList = withJson(createToolList(registry));
  const pong = withJson({});
  const about = {
    capabilities: { tools: {} },
    serverInfo: { name, version },
    ...(instructions === undefined ? {} : { instructions }),
  };
  const handlers = new Map<string, (params: Params) => Answer | undefined>([
    ['tools/call', call],
    ['tools/list', list],
    ['ping', () => pong],
    ['initialize', initialize],
  ]);

  return (method, params) => {
    const handler = handlers.get(method);
    const meta = params['_meta'] as Params | undefined;
    if (!handler || meta?.[RELATED_TASK_META_KEY] !== undefined) return undefined;
    try {
      return handler(params);
    } catch (error) {
      return { error: error instanceof RpcError ? error : INTERNAL_FAULT };
    }
  };

  function call(params: Params): Answer | undefined {
    // A call that may have to wait can be cancelled meanwhile: the SDK's affair.
    if (beforeCall || params['task'] !== undefined) return undefined;
    const tool = findTool(registry, params['name'] as string);
    const result = callTool(tool, (params['arguments'] as Params | undefined) ?? {});
    return { result, json: resultJson(result) };
  }

  function list(params: Params): Answer {
    refuseCursor(params);
    return toolList;
  }

  function initialize(params: Params): Answer | undefined {
    if (!isPlainInitialize(params)) return undefined;
    const protocolVersion = negotiate(params['protocolVersion'] as string);
    return { result: { protocolVersion, ...about } };
  }
}

function withJson(result: object): Answer {
  return { result, json: JSON.stringify(result) };
}
