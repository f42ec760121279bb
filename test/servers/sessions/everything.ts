import { npm } from '../support/installed';
import { call, OPENING, type ObservedSession } from './observed';

const LONG = 'trigger-long-running-operation';
const long = call(LONG, { duration: 0.4, steps: 2 });

/** @modelcontextprotocol/server-everything, as published. */
export const everything = (): ObservedSession => ({
  server: [npm('mcp-server-everything')],
  client: 'client-v1',
  serverInfo: { name: 'mcp-servers/everything', version: '2.0.0' },
  protocol: '2025-11-25',
  steps: [
    // It asks for roots a while after the handshake, and tells that it has them.
    { wait: 'notifications/message' },
    { ask: 'tools/list' },
    { ask: 'prompts/list' },
    { ask: 'prompts/get', params: { name: 'args-prompt', arguments: { city: 'Paris' } } },
    { ask: 'resources/list' },
    { ask: 'resources/templates/list' },
    {
      ask: 'resources/read',
      params: { uri: 'demo://resource/static/document/architecture.md' },
    },
    {
      ask: 'completion/complete',
      params: {
        ref: { type: 'ref/prompt', name: 'completable-prompt' },
        argument: { name: 'department', value: 'E' },
      },
    },
    call('echo', { message: 'Grüße, 世界 😀 \u2028 "1e5"' }),
    call('echo', {}),
    call('get-sum', { a: 0.1, b: 1e21 }),
    call('nope', {}),
    call('get-roots-list', {}),
    call('trigger-sampling-request', { prompt: 'Hello', maxTokens: 5 }),
    call('trigger-elicitation-request', {}),
    long,
    { ...long, cancel: true },
    // It goes on after it was told to stop.
    { wait: 'notifications/progress', times: 4 },
    { ask: 'no/method' },
    { ask: 'ping' },
  ],
  fromClient: [
    ...OPENING['2025-11-25'],
    'prompts/list',
    'prompts/get',
    'resources/list',
    'resources/templates/list',
    'resources/read',
    'completion/complete',
    'tools/call echo',
    'tools/call echo !tool_error',
    'tools/call get-sum',
    'tools/call !tool_error',
    'tools/call get-roots-list',
    'tools/call trigger-sampling-request',
    'tools/call trigger-elicitation-request',
    `tools/call ${LONG}`,
    `tools/call ${LONG} !cancelled`,
    'notifications/cancelled',
    '_OTHER #-32601',
    'ping',
  ],
  fromServer: [
    ...Array<string>(4).fill('notifications/tools/list_changed'),
    'roots/list',
    'notifications/message',
    'sampling/createMessage < tools/call trigger-sampling-request',
    'elicitation/create < tools/call trigger-elicitation-request',
    ...Array<string>(3).fill(`notifications/progress < tools/call ${LONG}`),
    'notifications/progress',
  ],
});
