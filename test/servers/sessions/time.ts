import { python } from '../support/installed';
import { call, OPENING, type ObservedSession } from './observed';

const CALLS = [
  call('get_current_time', { timezone: 'UTC' }),
  call('convert_time', { source_timezone: 'UTC', time: '12:30', target_timezone: 'Asia/Tokyo' }),
  call('get_current_time', { timezone: 'Nowhere' }),
  call('get_current_time', {}),
  call('nope', {}),
];

/** mcp-server-time, as published: on version 1 of the Python SDK, which knows sessions only. */
export const timeV1 = (): ObservedSession => ({
  server: [python('mcp-server-time', 'python-v1')],
  client: 'client-v1',
  serverInfo: { name: 'mcp-time', version: '2026.10.10' },
  protocol: '2025-11-25',
  steps: [
    { ask: 'tools/list' },
    ...CALLS,
    { ask: 'prompts/list' },
    { ask: 'no/method' },
    { ask: 'ping' },
  ],
  fromClient: [
    ...OPENING['2025-11-25'],
    'tools/call get_current_time',
    'tools/call convert_time',
    'tools/call get_current_time !tool_error',
    'tools/call get_current_time !tool_error',
    'tools/call !tool_error',
    'prompts/list #-32601',
    '_OTHER #-32602',
    'ping',
  ],
  fromServer: [],
});

/** Its next release, on version 2: the client finds out by itself that MCP 2026-07-28 is spoken. */
export const timeV2 = (): ObservedSession => ({
  server: [python('mcp-server-time')],
  client: 'client-python',
  negotiation: 'auto',
  serverInfo: { name: 'mcp-time', version: '2026.10.19' },
  protocol: '2026-07-28',
  steps: [{ ask: 'tools/list' }, ...CALLS, { ask: 'prompts/list' }, { ask: 'no/method' }],
  fromClient: [
    ...OPENING['2026-07-28'],
    'tools/call get_current_time',
    'tools/call convert_time',
    'tools/call get_current_time !tool_error',
    'tools/call get_current_time !tool_error',
    'tools/call #-32602',
    'prompts/list',
    '_OTHER #-32601',
  ],
  fromServer: [],
});
