// The official TypeScript client, version 1, over HTTP: node client-v1.mjs ADDRESS
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import process from 'node:process';
import { URL } from 'node:url';
import { use } from './use.mjs';

const client = new Client({ name: 'client-v1', version: '1.0.1' });
await use(client, new StreamableHTTPClientTransport(new URL(process.argv[2])));
