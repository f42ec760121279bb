// A server on version 1 of the TypeScript SDK, with two lines more than it needs: the import of
// `observe`, and `observe(...)` around the transport.
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import process from 'node:process';
import { observe, shutdown } from 'ts-calculator';
import { z } from 'zod';
import { lookUp, questionAbout } from './dictionary.mjs';

const server = new McpServer({ name: 'dictionary', version: '1.0.0' });
const text = (value) => ({ content: [{ type: 'text', text: value }] });
const inputSchema = { word: z.string() };

server.registerTool(
  'look_up',
  { description: 'Tells what a word means.', inputSchema },
  async ({ word }) => text(await lookUp(word)),
);
server.registerTool(
  'exemplify',
  { description: "Asks the user's model for a sentence with a word.", inputSchema },
  async ({ word }) => {
    const { content } = await server.server.createMessage(questionAbout(word));
    return text(content.text);
  },
);

await server.connect(observe(new StdioServerTransport()));

// Where stdin ends, what is left of telemetry is sent by itself; a signal is the server's own business.
process.on('SIGTERM', async () => {
  await shutdown();
  process.exit(0);
});
