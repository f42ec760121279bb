// The official TypeScript client, version 2: node client-v2.mjs SESSION
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { z } from 'zod';
import { args, CAPABILITIES, command, drive, env, negotiation, REPLIES } from './drive.mjs';

const client = new Client(
  { name: 'client-v2', version: '2.0.2' },
  { capabilities: CAPABILITIES, versionNegotiation: { mode: negotiation } },
);
for (const [method, reply] of Object.entries(REPLIES))
  client.setRequestHandler(method, () => reply);

await drive(client, new StdioClientTransport({ command, args, env }), {
  callTool: (params, options) => client.callTool(params, options),
  request: (request) => client.request(request, z.any()),
});
