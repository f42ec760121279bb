// The official TypeScript client, version 1: node client-v1.mjs SESSION
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import process from 'node:process';
import { z } from 'zod';
import { CAPABILITIES, drive, REPLIES } from './drive.mjs';

const { command, args, env } = JSON.parse(process.argv[2]);
const client = new Client({ name: 'client-v1', version: '1.0.1' }, { capabilities: CAPABILITIES });
for (const schema of [ListRootsRequestSchema, CreateMessageRequestSchema, ElicitRequestSchema])
  client.setRequestHandler(schema, ({ method }) => REPLIES[method]);

await drive(client, new StdioClientTransport({ command, args, env }), {
  callTool: (params, options) => client.callTool(params, undefined, options),
  request: (request) => client.request(request, z.any()),
});
