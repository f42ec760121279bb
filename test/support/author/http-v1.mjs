// A server over HTTP on version 1 of the SDK, a transport a session: tells its port on stdout, ends
// with its stdin.
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import console from 'node:console';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import process from 'node:process';
import { observe } from 'ts-calculator';
import { z } from 'zod';
import { lookUp } from './dictionary.mjs';

const transports = new Map();

async function open() {
  const server = new McpServer({ name: 'dictionary-http', version: '1.0.0' });
  server.registerTool('look_up', { inputSchema: { word: z.string() } }, async ({ word }) => ({
    content: [{ type: 'text', text: await lookUp(word) }],
  }));
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => transports.set(id, transport),
  });
  await server.connect(observe(transport));
  return transport;
}

const http = createServer(async (request, response) => {
  const transport = transports.get(request.headers['mcp-session-id']) ?? (await open());
  await transport.handleRequest(request, response);
});
http.listen(0, '127.0.0.1', () => console.log(http.address().port));
process.stdin.resume().on('end', () => {
  http.close();
  http.closeAllConnections();
});
