import { pythonProgram } from '../support/installed';
import { call, OPENING, type ObservedSession } from './observed';

/** A server of ours on version 2 of the Python SDK, in a session with `initialize`. */
export const pythonServer = (): ObservedSession => ({
  server: pythonProgram('server.py'),
  client: 'client-python',
  serverInfo: { name: 'python-v2', version: '2.3.0' },
  protocol: '2025-11-25',
  steps: [
    { ask: 'tools/list' },
    call('echo', { text: 'Grüße, 世界 😀 \u2028 1e5' }),
    call('fail', {}),
    call('ask', {}),
    call('slow', {}),
    { ...call('slow', {}), cancel: true },
    call('nope', {}),
    { ask: 'no/method' },
    { ask: 'ping' },
  ],
  fromClient: [
    ...OPENING['2025-11-25'],
    'tools/call echo',
    'tools/call fail !tool_error',
    'tools/call ask',
    'tools/call slow',
    'tools/call slow !cancelled',
    'notifications/cancelled',
    'tools/call !tool_error',
    '_OTHER #-32601',
    'ping',
  ],
  fromServer: [
    'elicitation/create < tools/call ask',
    'roots/list < tools/call ask',
    ...Array<string>(3).fill('notifications/progress < tools/call slow'),
  ],
});
