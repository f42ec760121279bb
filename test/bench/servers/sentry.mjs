// The stock server with Sentry, as its documentation has it for MCP: every request traced, and a
// flush at the end within what a client leaves a server.
import process from 'node:process';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import * as Sentry from '@sentry/node';
import { z } from 'zod';

const FLUSH_MS = 1_500;

Sentry.init({ dsn: process.env.SENTRY_DSN, tracesSampleRate: 1.0, sendDefaultPii: true });

const server = Sentry.wrapMcpServerWithSentry(
  new McpServer({ name: 'stock-sentry', version: '1.0.0' }),
);
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
process.stdin.on('end', async () => {
  await Sentry.close(FLUSH_MS);
  process.exit(0);
});
await server.connect(new StdioServerTransport());
