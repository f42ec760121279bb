import { errorType, statusCode } from './failure';
import { boundedName, methodAsSent, TOOLS_CALL } from './names';
import type { Vocabulary } from './vocabulary';

/** OpenTelemetry's semantic conventions for MCP (docs/gen-ai/mcp.md; Development). */
export const semconv: Vocabulary = {
  name: 'semconv',
  title: "OpenTelemetry's MCP convention",
  asked: [
    {
      key: 'mcp.method.name',
      type: 'string',
      meaning:
        'the method as sent (at most 128 characters); `invalid` for a line that is no request',
      when: 'always',
      value: methodAsSent,
    },
    {
      key: 'gen_ai.tool.name',
      type: 'string',
      meaning: 'the tool as sent (at most 128 characters)',
      when: '`tools/call`',
      value: (op) => boundedName(op.tool),
    },
    {
      key: 'gen_ai.operation.name',
      type: 'string',
      meaning: '`execute_tool`',
      when: '`tools/call`',
      value: (op) => (op.method === TOOLS_CALL ? 'execute_tool' : undefined),
    },
  ],
  operation: [
    {
      key: 'jsonrpc.request.id',
      type: 'string',
      meaning: "the request's id as a string (at most 128 characters)",
      when: 'the message has an id',
      value: (op) => boundedName(op.requestId),
    },
    {
      key: 'gen_ai.prompt.name',
      type: 'string',
      meaning: 'the prompt as sent (at most 128 characters)',
      when: '`prompts/get`',
      value: (op) => op.prompt,
    },
    {
      key: 'mcp.resource.uri',
      type: 'string',
      meaning: 'the resource as sent (at most 1,024 characters)',
      when: '`resources/read`, `resources/subscribe`, `resources/unsubscribe`, `notifications/resources/updated`',
      value: (op) => op.resource,
    },
    {
      key: 'rpc.response.status_code',
      type: 'string',
      meaning: 'the JSON-RPC error code',
      when: 'the answer is a JSON-RPC error',
      value: statusCode,
    },
    {
      key: 'error.type',
      type: 'string',
      meaning: '`tool_error`; `cancelled`; `_OTHER` where cut off; else the JSON-RPC error code',
      when: "the operation failed, and not by the caller's fault",
      value: errorType,
    },
    {
      key: 'gen_ai.tool.call.arguments',
      type: 'string',
      meaning: 'the arguments as JSON text',
      when: '`tools/call`; content on',
      value: (op) => (op.method === TOOLS_CALL ? op.argumentsText : undefined),
    },
    {
      key: 'gen_ai.tool.call.result',
      type: 'string',
      meaning: 'the result as JSON text',
      when: '`tools/call`; content on',
      value: (op) => (op.method === TOOLS_CALL ? op.resultText : undefined),
    },
  ],
  session: [
    {
      key: 'mcp.session.id',
      type: 'string',
      meaning: 'the session; never a label of a metric',
      when: 'always on stdio; over HTTP within a session',
      value: (session) => session.id,
    },
    {
      key: 'mcp.protocol.version',
      type: 'string',
      meaning: 'the revision that `initialize` agreed on, or that a request names (MCP 2026-07-28)',
      when: 'once it is known',
      value: (session) => boundedName(session.protocolVersion),
    },
    {
      key: 'network.transport',
      type: 'string',
      meaning: '`pipe` on stdio, `tcp` on HTTP',
      when: 'always',
      value: (session) => session.transport,
    },
    {
      key: 'network.protocol.name',
      type: 'string',
      meaning: '`http`',
      when: 'served over HTTP',
      value: (session) => (session.httpVersion === undefined ? undefined : 'http'),
    },
    {
      key: 'network.protocol.version',
      type: 'string',
      meaning: "HTTP's version, such as `1.1`",
      when: 'served over HTTP',
      value: (session) => session.httpVersion,
    },
    {
      key: 'client.address',
      type: 'string',
      meaning: 'the IP address that the client has its connection from',
      when: 'served over HTTP',
      value: (session) => session.clientAddress,
    },
    {
      key: 'client.port',
      type: 'number',
      meaning: 'its port there',
      when: 'served over HTTP',
      value: (session) => session.clientPort,
    },
    {
      key: 'server.address',
      type: 'string',
      meaning: 'the IP address that the client has its connection to',
      when: 'served over HTTP',
      value: (session) => session.serverAddress,
    },
    {
      key: 'server.port',
      type: 'number',
      meaning: 'its port there',
      when: 'served over HTTP',
      value: (session) => session.serverPort,
    },
  ],
};
