import type { VocabularyName } from '../../config/settings';
import type { Operation } from '../../tap/operation';
import type { AttributeMap } from '../attributes';
import { selectRows } from '.';
import type { Attribute, VocabularyContext } from './vocabulary';

export interface AttributeWriterOptions {
  readonly service: { readonly name: string; readonly version: string };
  readonly vocabularies: readonly VocabularyName[];
  /** The known tools by name. */
  readonly tools: VocabularyContext['tools'];
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
    service: { name: service.name, version: service.version || undefined },
    tools,
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
    for (const { prefix, values } of rows.families) {
      const named = values(op);
      for (const name in named) attributes[prefix + name] = named[name]!;
    }
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
