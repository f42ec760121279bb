// The official TypeScript client, version 2, over HTTP: node client-v2.mjs ADDRESS MODE
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import process from 'node:process';
import { URL } from 'node:url';
import { use } from './use.mjs';

const [address, mode] = process.argv.slice(2);
const client = new Client(
  { name: 'client-v2', version: '2.0.2' },
  { versionNegotiation: { mode } },
);
await use(client, new StreamableHTTPClientTransport(new URL(address)));
