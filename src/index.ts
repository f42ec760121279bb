/** The eyes for an MCP server of one's own: `server.connect(observe(transport))`. */
export { observe, shutdown, type ObservableServer, type ObservableTransport } from './library';

/** The calculator as a library: its server, its tools and what a tool is. */
export { createServer, type ServerTransport, type ToolServer } from './server/create-server';
export type { ServerOptions } from './server/options';
export {
  ToolError,
  type JsonSchema,
  type Tool,
  type ToolAnnotations,
  type ToolAnswer,
} from './tools/define-tool';
export { createRegistry, registry, type ToolRegistry } from './tools/registry';
