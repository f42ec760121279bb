import type { VocabularyName } from '../../config/settings';
import type { Operation, Session } from '../../tap/operation';
import type { AttributeMap } from '../attributes';
import { selectVocabularies } from '.';
import type { ToolFacts, VocabularyContext } from './vocabulary';

/** A tool as `Tool` of src/tools has it, as far as telemetry tells of it. */
export interface DescribedTool {
  readonly description: string;
  readonly inputSchema: unknown;
}

export interface AttributeWriterOptions {
  readonly service: { readonly name: string; readonly version: string };
  readonly vocabularies: readonly VocabularyName[];
  /** The known tools by name. */
  readonly tools: Readonly<Record<string, DescribedTool>>;
  /** Characters after which every value is cut; Infinity: none. */
  readonly valueLength: number;
}

/**
 * Writes an operation in the chosen vocabularies. What the connection decides is computed once for
 * each Session object; it comes last, so that a count limit spares what differs.
 */
export function createAttributeWriter({
  service,
  tools,
  vocabularies,
  valueLength,
}: AttributeWriterOptions): (op: Operation) => AttributeMap {
  const context: VocabularyContext = {
    service: { name: service.name, version: service.version },
    tools: new Map(Object.entries(tools).map(([name, tool]) => [name, toolFacts(tool)])),
    valueLength,
  };
  const tables = selectVocabularies(vocabularies);
  const operationRows = tables.flatMap((table) => table.operation);
  const sessionRows = tables.flatMap((table) => table.session);
  const ofSession = new WeakMap<Session, AttributeMap>();

  return (op: Operation): AttributeMap => {
    let constant = ofSession.get(op.session);
    if (!constant) {
      constant = evaluate(sessionRows, op.session, context);
      ofSession.set(op.session, constant);
    }
    return Object.assign(evaluate(operationRows, op, context), constant);
  };
}

interface Row<T> {
  readonly key: string;
  value(subject: T, context: VocabularyContext): AttributeMap[string] | undefined;
}

function evaluate<T>(
  rows: readonly Row<T>[],
  subject: T,
  context: VocabularyContext,
): AttributeMap {
  const attributes: AttributeMap = {};
  for (const row of rows) {
    const value = row.value(subject, context);
    if (value !== undefined) attributes[row.key] = value;
  }
  return attributes;
}

function toolFacts(tool: DescribedTool): ToolFacts {
  return { description: tool.description, parameters: JSON.stringify(tool.inputSchema) };
}
