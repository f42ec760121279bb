// The stock server on the SDK's own stdio transport.
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { stock } from './stock.mjs';

await stock().connect(new StdioServerTransport());
