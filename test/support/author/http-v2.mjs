// A server over HTTP on version 2 of the SDK, which makes a server and a transport for each request:
// tells its port on stdout, ends with its stdin.
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import console from 'node:console';
import { createServer } from 'node:http';
import process from 'node:process';
import { buffer } from 'node:stream/consumers';
import { observe } from 'ts-calculator';
import { z } from 'zod';
import { lookUp } from './dictionary.mjs';

const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'dictionary-http', version: '2.0.0' });
  server.registerTool(
    'look_up',
    { inputSchema: z.object({ word: z.string() }) },
    async ({ word }) => ({ content: [{ type: 'text', text: await lookUp(word) }] }),
  );
  return observe(server);
});

const http = createServer(async (request, response) => {
  const { method, headers, url } = request;
  const body = await buffer(request);
  const answer = await handler.fetch(
    new globalThis.Request(`http://localhost${url}`, { method, headers, body }),
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
});
http.listen(0, '127.0.0.1', () => console.log(http.address().port));
process.stdin.resume().on('end', () => {
  http.close();
  http.closeAllConnections();
});
