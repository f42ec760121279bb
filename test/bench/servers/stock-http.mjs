// The stock server over HTTP, as the SDK's examples have it: its Express application, and a transport a
// session; with `stateless` as argument a server and a transport a request.
import { randomUUID } from 'node:crypto';
import console from 'node:console';
import process from 'node:process';
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import { stock } from '../../support/stock.mjs';

const transports = new Map();

async function withSession(request, response) {
  const id = request.headers['mcp-session-id'];
  if (id === undefined && isInitializeRequest(request.body)) {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => transports.set(id, transport),
    });
    transport.onclose = () => transports.delete(transport.sessionId);
    await stock().connect(transport);
    await transport.handleRequest(request, response, request.body);
  } else if (transports.has(id)) {
    await transports.get(id).handleRequest(request, response, request.body);
  } else {
    const error = { code: -32000, message: 'Session not found' };
    response.status(id === undefined ? 400 : 404).json({ jsonrpc: '2.0', error, id: null });
  }
}

async function stateless(request, response) {
  const server = stock();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on('close', () => {
    transport.close();
    server.close();
  });
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
}

const app = createMcpExpressApp();
app.all('/mcp', process.argv[2] === 'stateless' ? stateless : withSession);
const listener = app.listen(0, '127.0.0.1', () => {
  console.error(`listening on http://127.0.0.1:${listener.address().port}/mcp`);
});
process.on('SIGTERM', () => process.exit(0));
