import { program } from '../support/installed';
import { call, OPENING, type ObservedSession } from './observed';

/**
 * A server of ours on version 2 of the TypeScript SDK, in MCP 2026-07-28. Its client starts the command
 * twice: once to ask what is spoken there, and ends that process at once.
 */
export const typescriptV2 = (): ObservedSession => ({
  server: [process.execPath, program('server.mjs')],
  client: 'client-v2',
  negotiation: { pin: '2026-07-28' },
  serverInfo: { name: 'typescript-v2', version: '2.4.0' },
  protocol: '2026-07-28',
  steps: [
    { ask: 'tools/list' },
    call('add', { a: 0.1, b: 1e21 }),
    call('add', { a: 'x' }),
    call('fail', {}),
    call('ask', {}),
    call('slow', {}),
    { ...call('slow', {}), cancel: true },
    { wait: 'notifications/progress', times: 4 },
    call('nope', {}),
    { ask: 'no/method' },
  ],
  fromClient: [
    ...OPENING['2026-07-28'],
    'tools/call add',
    'tools/call add !tool_error',
    'tools/call fail !tool_error',
    // It answers that it needs a name, and is called again with one.
    'tools/call ask',
    'tools/call ask',
    'tools/call slow',
    'tools/call slow !cancelled',
    'notifications/cancelled',
    'tools/call #-32602',
    '_OTHER #-32601',
  ],
  fromServer: [
    ...Array<string>(3).fill('notifications/progress < tools/call slow'),
    'notifications/progress',
  ],
});
