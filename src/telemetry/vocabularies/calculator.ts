import { boundedName, methodAsSent, TOOLS_CALL } from './names';
import type { Vocabulary } from './vocabulary';

/** The names that py-, go- and ts-calculator share. */
export const calculator: Vocabulary = {
  name: 'calculator',
  title: "the calculators' own names",
  asked: [
    {
      key: 'mcp.method',
      type: 'string',
      meaning:
        'the method as sent (at most 128 characters); `invalid` for a line that is no request',
      when: 'always',
      value: methodAsSent,
    },
    {
      key: 'mcp.tool.name',
      type: 'string',
      meaning: 'the tool as sent (at most 128 characters)',
      when: '`tools/call`',
      value: (op) => boundedName(op.tool),
    },
  ],
  operation: [
    {
      key: 'mcp.tool.arg.a',
      type: 'number',
      meaning: 'the operand `a` as the nearest double',
      when: 'content on; a double can hold its size',
      value: (op) => op.numericArguments?.['a'],
    },
    {
      key: 'mcp.tool.arg.b',
      type: 'number',
      meaning: 'the operand `b` as the nearest double',
      when: 'content on; a double can hold its size',
      value: (op) => op.numericArguments?.['b'],
    },
    {
      key: 'mcp.tool.result',
      type: 'number',
      meaning: 'the result as the nearest double',
      when: 'content on; a double can hold its size',
      value: (op) => op.numericResult,
    },
    {
      key: 'mcp.tool.error',
      type: 'boolean',
      meaning: 'the tool answered with `isError`',
      when: '`tools/call`',
      value: (op) => (op.method === TOOLS_CALL ? op.outcome === 'tool_error' : undefined),
    },
    {
      key: 'mcp.tool.error_label',
      type: 'string',
      meaning: 'which error it was: one of the error labels',
      when: 'the tool failed',
      value: (op) => (op.outcome === 'tool_error' ? op.toolError?.label : undefined),
    },
  ],
  families: [
    {
      prefix: 'mcp.tool.arg.',
      placeholder: '<name>',
      meaning:
        'an argument that is no object or array (at most 16, and 256 characters each); `***` under a key that names a secret',
      when: '`observe`; content on',
      values: (op) => op.scalarArguments,
    },
  ],
  session: [
    {
      key: 'mcp.session_id',
      type: 'string',
      meaning: 'the session: on stdio the connection',
      when: 'always on stdio; over HTTP within a session',
      value: (session) => session.id,
    },
    {
      key: 'mcp.protocol_version',
      type: 'string',
      meaning: 'the revision that `initialize` agreed on, or that a request names (MCP 2026-07-28)',
      when: 'once it is known',
      value: (session) => boundedName(session.protocolVersion),
    },
    {
      key: 'mcp.client.name',
      type: 'string',
      meaning: 'what the client calls itself (at most 128 characters)',
      when: 'once it is known',
      value: (session) => boundedName(session.clientName),
    },
    {
      key: 'mcp.client.version',
      type: 'string',
      meaning: "the client's version",
      when: 'once it is known',
      value: (session) => boundedName(session.clientVersion),
    },
    {
      key: 'mcp.server.name',
      type: 'string',
      meaning: 'what the observed server calls itself',
      when: '`observe`, once it is known',
      value: (session) => boundedName(session.serverName),
    },
    {
      key: 'mcp.server.version',
      type: 'string',
      meaning: "the observed server's version",
      when: '`observe`, once it is known',
      value: (session) => boundedName(session.serverVersion),
    },
    {
      key: 'service.name',
      type: 'string',
      meaning: 'as in the resource, which Phoenix does not store',
      when: 'always',
      value: (_session, { service }) => service.name,
    },
    {
      key: 'service.version',
      type: 'string',
      meaning: 'as in the resource',
      when: 'always',
      value: (_session, { service }) => service.version,
    },
  ],
};
