// The official TypeScript client, version 1: node client-v1.mjs SESSION
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { args, CAPABILITIES, command, drive, env, REPLIES } from './drive.mjs';

const client = new Client({ name: 'client-v1', version: '1.0.1' }, { capabilities: CAPABILITIES });
for (const schema of [ListRootsRequestSchema, CreateMessageRequestSchema, ElicitRequestSchema])
  client.setRequestHandler(schema, ({ method }) => REPLIES[method]);

await drive(client, new StdioClientTransport({ command, args, env }), {
  callTool: (params, options) => client.callTool(params, undefined, options),
  request: (request) => client.request(request, z.any()),
});
