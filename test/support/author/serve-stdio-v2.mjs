// A server on version 2 of the SDK as `serveStdio` runs it: of MCP 2026-07-28, or older where a client
// is older.
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { observe } from 'ts-calculator';
import { z } from 'zod';
import { lookUp } from './dictionary.mjs';

serveStdio(() => {
  const server = new McpServer({ name: 'dictionary', version: '2.0.0' });
  server.registerTool(
    'look_up',
    { inputSchema: z.object({ word: z.string() }) },
    async ({ word }) => ({ content: [{ type: 'text', text: await lookUp(word) }] }),
  );
  return observe(server);
});
