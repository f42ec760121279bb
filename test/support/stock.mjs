// The stock MCP server: the official SDK as its documentation has it, one tool, no telemetry. The
// baseline of benchmarks and the harness's own tests.
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

/** A server that waits for its transport. */
export function stock() {
  const server = new McpServer({ name: 'stock', version: '1.0.0' });
  server.registerTool(
    'add',
    {
      title: 'Add',
      description: 'Adds two numbers.',
      inputSchema: { a: z.number(), b: z.number() },
      outputSchema: { result: z.number() },
    },
    ({ a, b }) => {
      const structuredContent = { result: a + b };
      return { content: [{ type: 'text', text: String(a + b) }], structuredContent };
    },
  );
  return server;
}
