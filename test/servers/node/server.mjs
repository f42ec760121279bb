// A server on version 2 of the TypeScript SDK: it speaks MCP 2026-07-28, and 2025-11-25 to who asks.
import { acceptedContent, inputRequired, McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const text = (value) => ({ content: [{ type: 'text', text: JSON.stringify(value) }] });

serveStdio(() => {
  const server = new McpServer({ name: 'typescript-v2', version: '2.4.0' });
  const sum = {
    description: 'Adds two numbers.',
    inputSchema: z.object({ a: z.number(), b: z.number() }),
    outputSchema: z.object({ sum: z.number() }),
  };
  server.registerTool('add', sum, ({ a, b }) => ({
    ...text(a + b),
    structuredContent: { sum: a + b },
  }));
  server.registerTool('fail', { description: 'Always fails.' }, () => {
    throw new Error('failed on purpose');
  });
  server.registerTool('meta', { description: 'The _meta it was sent.' }, ({ mcpReq }) =>
    text(mcpReq._meta),
  );
  server.registerTool('slow', { description: 'Takes its time.' }, async ({ mcpReq }) => {
    const { progressToken } = mcpReq._meta;
    for (const progress of [1, 2]) {
      await pause(200);
      const params = { progressToken, progress, total: 2 };
      await mcpReq.notify({ method: 'notifications/progress', params });
    }
    return text('done');
  });
  server.registerTool('ask', { description: 'Asks for a name.' }, ({ mcpReq }) => {
    const content = acceptedContent(mcpReq.inputResponses, 'who');
    if (content) return text(content);
    const requestedSchema = { type: 'object', properties: { name: { type: 'string' } } };
    const who = inputRequired.elicit({ message: 'Your name?', requestedSchema });
    return inputRequired({ inputRequests: { who } });
  });
  return server;
});
