import { join } from 'node:path';
import { npm } from '../support/installed';
import { call, OPENING, type ObservedSession } from './observed';

const FILES = join(__dirname, '..', 'files');

/** @modelcontextprotocol/server-filesystem, as published. */
export const filesystem = (): ObservedSession => ({
  server: [npm('mcp-server-filesystem'), FILES],
  client: 'client-v1',
  root: FILES,
  serverInfo: { name: 'secure-filesystem-server', version: '0.2.0' },
  protocol: '2025-11-25',
  steps: [
    { wait: 'roots/list' },
    { ask: 'tools/list' },
    call('list_allowed_directories', {}),
    call('list_directory', { path: FILES }),
    call('read_text_file', { path: join(FILES, 'hello.txt') }),
    call('read_text_file', { path: join(FILES, '..', 'python') }),
    call('read_text_file', {}),
    call('nope', {}),
    { ask: 'prompts/list' },
    { ask: 'no/method' },
    { ask: 'ping' },
  ],
  fromClient: [
    ...OPENING['2025-11-25'],
    'tools/call list_allowed_directories',
    'tools/call list_directory',
    'tools/call read_text_file',
    'tools/call read_text_file !tool_error',
    'tools/call read_text_file !tool_error',
    'tools/call !tool_error',
    'prompts/list #-32601',
    '_OTHER #-32601',
    'ping',
  ],
  fromServer: ['roots/list'],
});
