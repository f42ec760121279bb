// The official TypeScript client, version 2: node client-v2.mjs SESSION
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import process from 'node:process';
import { z } from 'zod';
import { CAPABILITIES, drive, REPLIES } from './drive.mjs';

const { command, args, env, negotiation } = JSON.parse(process.argv[2]);
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
