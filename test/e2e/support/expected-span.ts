import type { RpcMessage } from '../../support/cli';
import type { Attributes, Span, StatusCode } from '../../support/otlp-types';

// What contract.md says of a span, written without looking at the product's own tables.

/** What the connection has said of itself when the operation ended. */
export interface Connected {
  sessionId: string;
  /** Absent before `initialize`. */
  protocol?: string;
  client?: { name: string; version: string };
}

export const SERVICE = { name: 'ts-calculator', version: '0.1.0' };
export const CLIENT = { name: 'test-client', version: '1.2.3' };

export interface ToolFacts {
  description: string;
  inputSchema: unknown;
}
/** The tools by name, as `tools/list` answers. */
export const toolsIn = (answer: RpcMessage): Map<string, ToolFacts> =>
  new Map(answer.result.tools.map((tool: ToolFacts & { name: string }) => [tool.name, tool]));

/** What every span says. `metadata` is given parsed: see `comparable`. */
export function ofConnection({ sessionId, protocol, client }: Connected): Attributes {
  return {
    'mcp.session_id': sessionId,
    'mcp.session.id': sessionId,
    'session.id': sessionId,
    'network.transport': 'pipe',
    'service.name': SERVICE.name,
    'service.version': SERVICE.version,
    ...(protocol && { 'mcp.protocol_version': protocol, 'mcp.protocol.version': protocol }),
    ...(client && { 'mcp.client.name': client.name, 'mcp.client.version': client.version }),
    metadata: { service: SERVICE, ...(client && { client }), ...(protocol && { protocol }) },
  };
}

export interface Said {
  method: string;
  id?: string | undefined;
  /** `tools/call`: the name as sent. */
  tool?: string | undefined;
  facts?: ToolFacts | undefined;
  args?: object | undefined;
  /** The operands as doubles, where a double holds their size. */
  numbers?: { a?: number; b?: number } | undefined;
  /** Structured content, or the content of a failure. */
  output?: unknown;
  result?: number | undefined;
  label?: string | undefined;
  /** The JSON-RPC error code. */
  code?: number | undefined;
  errorType?: string | undefined;
}

/** What the operation itself says, in all three vocabularies. */
export function ofOperation(said: Said): Attributes {
  const isCall = said.method === 'tools/call';
  const values: Record<string, unknown> = {
    'mcp.method': said.method,
    'mcp.method.name': said.method,
    'openinference.span.kind': isCall ? 'TOOL' : 'CHAIN',
    'jsonrpc.request.id': said.id,
    'rpc.response.status_code': said.code === undefined ? undefined : String(said.code),
    'error.type': said.errorType,
    ...(isCall && {
      'mcp.tool.error': said.label !== undefined,
      'gen_ai.operation.name': 'execute_tool',
    }),
    'mcp.tool.name': said.tool,
    'gen_ai.tool.name': said.tool,
    'tool.name': said.facts && said.tool,
    'tool.description': said.facts?.description,
    'tool.parameters': json(said.facts?.inputSchema),
    'mcp.tool.arg.a': said.numbers?.a,
    'mcp.tool.arg.b': said.numbers?.b,
    'mcp.tool.result': said.result,
    'mcp.tool.error_label': said.label,
    ...content('gen_ai.tool.call.arguments', 'input', json(said.args)),
    ...content('gen_ai.tool.call.result', 'output', json(said.output)),
  };
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as Attributes;
}

const json = (value: unknown): string | undefined =>
  value === undefined ? undefined : JSON.stringify(value);

const content = (semconv: string, openinference: string, text: string | undefined) =>
  text !== undefined && {
    [semconv]: text,
    [`${openinference}.value`]: text,
    [`${openinference}.mime_type`]: 'application/json',
  };

/** The parts of a span that a table row decides, and `metadata` unfolded: its order is free. */
export function comparable(span: Span) {
  const { name, kind, status, parentSpanId, traceState, links, droppedAttributes } = span;
  const metadata = JSON.parse(String(span.attributes['metadata']));
  return {
    ...{ name, kind, status, parentSpanId, traceState, links, droppedAttributes },
    attributes: { ...span.attributes, metadata },
    events: span.events.map((event) => ({ name: event.name, attributes: event.attributes })),
  };
}

export function expectedSpan(name: string, attributes: Attributes, failure?: SpanFailure) {
  const code: StatusCode = failure ? 'ERROR' : 'UNSET';
  return {
    name,
    kind: 'SERVER',
    status: { code, message: failure?.message ?? '' },
    parentSpanId: '',
    traceState: '',
    links: [],
    droppedAttributes: 0,
    attributes,
    events: failure?.exception
      ? [
          {
            name: 'exception',
            attributes: {
              'exception.type': failure.exception,
              'exception.message': failure.message,
            },
          },
        ]
      : [],
  };
}

export interface SpanFailure {
  message: string;
  /** A tool's error label. */
  exception?: string | undefined;
}
