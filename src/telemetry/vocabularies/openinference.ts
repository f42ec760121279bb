import type { Session } from '../../tap/operation';
import { boundedName, TOOLS_CALL } from './names';
import type { Asked, Vocabulary, VocabularyContext } from './vocabulary';

/** OpenInference: what Phoenix displays (its source: openinference-semantic-conventions). */
export const openinference: Vocabulary = {
  name: 'openinference',
  title: "OpenInference, Phoenix's names",
  asked: [
    {
      key: 'openinference.span.kind',
      type: 'string',
      meaning: '`TOOL` on `tools/call`, `CHAIN` on all others',
      when: 'always',
      value: (op) => (op.method === TOOLS_CALL ? 'TOOL' : 'CHAIN'),
    },
    {
      key: 'tool.name',
      type: 'string',
      meaning: 'the tool',
      when: '`tools/call` of a known tool',
      value: (op) => (op.toolKnown ? op.tool : undefined),
    },
    {
      key: 'tool.description',
      type: 'string',
      meaning: "the tool's description",
      when: '`tools/call` of a known tool',
      value: (op, context) => toolFacts(op, context)?.description,
    },
    {
      key: 'tool.parameters',
      type: 'string',
      meaning: "the tool's input schema as JSON text",
      when: '`tools/call` of a known tool',
      value: (op, context) => toolFacts(op, context)?.parameters,
    },
  ],
  operation: [
    {
      key: 'input.value',
      type: 'string',
      meaning: 'the arguments as JSON text',
      when: '`tools/call`; content on',
      value: (op) => op.argumentsText,
    },
    {
      key: 'input.mime_type',
      type: 'string',
      meaning: '`application/json`, or `text/plain` where the text was cut',
      when: 'with `input.value`',
      value: (op, context) => mimeType(op.argumentsText, context),
    },
    {
      key: 'output.value',
      type: 'string',
      meaning: 'the result as JSON text',
      when: '`tools/call`; content on',
      value: (op) => op.resultText,
    },
    {
      key: 'output.mime_type',
      type: 'string',
      meaning: '`application/json`, or `text/plain` where the text was cut',
      when: 'with `output.value`',
      value: (op, context) => mimeType(op.resultText, context),
    },
  ],
  session: [
    {
      key: 'session.id',
      type: 'string',
      meaning: "the session; feeds Phoenix's Sessions tab",
      when: 'always on stdio; over HTTP within a session',
      value: (session) => session.id,
    },
    {
      key: 'metadata',
      type: 'string',
      meaning: 'JSON text: `service`, `client`, `server` (observed), `protocol`, as far as known',
      when: 'always',
      value: metadata,
    },
  ],
};

/** JSON text ends in a bracket, a quote, a digit or a letter, never in an ellipsis unless cut. */
function mimeType(text: string | undefined, { valueLength }: VocabularyContext) {
  if (text === undefined) return undefined;
  return text.endsWith('…') || text.length > valueLength ? 'text/plain' : 'application/json';
}

function toolFacts(op: Asked, { tools }: VocabularyContext) {
  return op.toolKnown && op.tool !== undefined ? tools.get(op.tool) : undefined;
}

function metadata(session: Session, { service }: VocabularyContext): string {
  // JSON.stringify leaves out what is undefined.
  return JSON.stringify({
    service,
    client: party(session.clientName, session.clientVersion),
    server: party(session.serverName, session.serverVersion),
    protocol: session.protocolVersion,
  });
}

function party(name: string | undefined, version: string | undefined) {
  if (name === undefined) return undefined;
  return { name: boundedName(name), version: boundedName(version) };
}
