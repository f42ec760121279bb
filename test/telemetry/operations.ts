import type { Operation, Session } from '../../src/tap/operation';

export const SESSION: Session = {
  id: 'session-1',
  transport: 'pipe',
  protocolVersion: '2025-11-25',
  clientName: 'a client',
  clientVersion: '3.1',
};

/** A good call of `add`, changed as the test needs. `undefined` takes a member away. */
export function operation(
  changes: { [K in keyof Operation]?: Operation[K] | undefined } = {},
): Operation {
  const whole = {
    kind: 'request',
    direction: 'received',
    method: 'tools/call',
    methodKnown: true,
    requestId: '7',
    tool: 'add',
    toolKnown: true,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    sampled: true,
    startTime: 1_700_000_000_000.25,
    duration: 0.12,
    session: SESSION,
    outcome: 'ok',
    ...changes,
  };
  const given = Object.entries(whole).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as unknown as Operation;
}

/** Of an observed server, which says who it is. */
export const OBSERVED_SESSION: Session = {
  ...SESSION,
  serverName: 'mcp-time',
  serverVersion: '2026.10.19',
};

/** Of a client over HTTP. */
export const HTTP_SESSION: Session = {
  ...SESSION,
  transport: 'tcp',
  httpVersion: '1.1',
  clientAddress: '127.0.0.1',
  clientPort: 50_123,
  serverAddress: '::1',
  serverPort: 8100,
};

/** One request over HTTP that belongs to no session. */
export const NO_SESSION: Session = { ...HTTP_SESSION, id: undefined };

const rpc = (code: number, message = 'no') => ({ rpcError: { code, message } });
const noTool = { tool: undefined, toolKnown: false };

/** One operation of each sort that the contract tells apart. */
export const SORTS = {
  call: operation({
    argumentsText: '{"a":1,"b":"2.5"}',
    resultText: '{"result":"3.5","exact":true}',
    numericArguments: { a: 1, b: 2.5 },
    numericResult: 3.5,
  }),
  toolError: operation({
    tool: 'divide',
    outcome: 'tool_error',
    toolError: { label: 'division_by_zero', message: 'Division by zero' },
  }),
  unknownTool: operation({
    tool: 'evil\nname',
    toolKnown: false,
    outcome: 'rejected',
    ...rpc(-32602),
  }),
  namelessTool: operation({ ...noTool, outcome: 'rejected', ...rpc(-32602) }),
  cancelled: operation({ outcome: 'cancelled', duration: 601.2 }),
  cutOff: operation({ outcome: 'error', cutOff: true }),
  internal: operation({ outcome: 'error', ...rpc(-32603, 'it broke') }),
  list: operation({ ...noTool, method: 'tools/list' }),
  notification: operation({
    ...noTool,
    kind: 'notification',
    method: 'notifications/initialized',
    requestId: undefined,
  }),
  unknownMethod: operation({
    ...noTool,
    method: 'evil/\u001b[31m',
    methodKnown: false,
    outcome: 'rejected',
    ...rpc(-32601),
  }),
  unparsable: operation({
    ...noTool,
    kind: 'invalid',
    method: 'invalid',
    methodKnown: false,
    requestId: undefined,
    outcome: 'rejected',
    duration: 0.02,
    ...rpc(-32700),
  }),
  notFound: operation({ ...noTool, method: 'resources/read', outcome: 'rejected', ...rpc(-32002) }),
  sent: operation({ ...noTool, direction: 'sent', method: 'roots/list' }),
  sentRefused: operation({
    ...noTool,
    direction: 'sent',
    method: 'sampling/createMessage',
    outcome: 'rejected',
    ...rpc(-32602),
  }),
  observed: operation({
    session: OBSERVED_SESSION,
    tool: 'get time',
    argumentsText: '{"zone":"Europe/Rome","n":1,"exact":true,"key":"***"}',
    scalarArguments: { zone: 'Europe/Rome', n: 1, exact: true, key: '***' },
    resultText: '[{"text":"noon"}]',
  }),
  prompt: operation({ ...noTool, method: 'prompts/get', prompt: 'greet' }),
  resource: operation({ ...noTool, method: 'resources/read', resource: 'file:///a%20b' }),
  overHttp: operation({ session: HTTP_SESSION }),
  oneShot: operation({ session: NO_SESSION }),
  linked: operation({
    session: HTTP_SESSION,
    link: {
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      spanId: '00f067aa0ba902b7',
      sampled: true,
    },
  }),
} satisfies Record<string, Operation>;
