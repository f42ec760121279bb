import type { VocabularyName } from '../../config/settings';
import type { Operation } from '../../tap/operation';
import type { AttributeMap } from '../attributes';
import { selectRows } from '.';
import type { Attribute, ToolFacts, VocabularyContext } from './vocabulary';

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

/** What the rows of vocabularies need to know beside their subject. */
export function vocabularyContext({
  service,
  tools,
  valueLength,
}: AttributeWriterOptions): VocabularyContext {
  return {
    service: { name: service.name, version: service.version },
    tools: new Map(Object.entries(tools).map(([name, tool]) => [name, toolFacts(tool)])),
    valueLength,
  };
}

/** Writes an operation in the chosen vocabularies. */
export function createAttributeWriter(
  options: AttributeWriterOptions,
): (op: Operation) => AttributeMap {
  const context = vocabularyContext(options);
  const rows = selectRows(options.vocabularies);
  return (op) => {
    const attributes: AttributeMap = {};
    evaluate(attributes, rows.asked, op, context);
    evaluate(attributes, rows.operation, op, context);
    evaluate(attributes, rows.session, op.session, context);
    return attributes;
  };
}

function evaluate<Subject>(
  attributes: AttributeMap,
  rows: readonly Attribute<Subject>[],
  subject: Subject,
  context: VocabularyContext,
): void {
  for (const row of rows) {
    const value = row.value(subject, context);
    if (value !== undefined) attributes[row.key] = value;
  }
}

function toolFacts(tool: DescribedTool): ToolFacts {
  return { description: tool.description, parameters: JSON.stringify(tool.inputSchema) };
}
