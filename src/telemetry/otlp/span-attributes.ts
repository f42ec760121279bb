import type { AttributeLimits } from '../../config/settings';
import type { Operation, Session } from '../../tap/operation';
import { MAX_SCALAR_ARGUMENTS } from '../../tap/scalar-arguments';
import { limitAttributes } from '../attributes';
import { selectRows } from '../vocabularies';
import { TOOLS_CALL } from '../vocabularies/names';
import type { ToolCatalogue } from '../vocabularies/tool-catalogue';
import type { Asked, Attribute } from '../vocabularies/vocabulary';
import {
  createAttributeWriter,
  vocabularyContext,
  type AttributeWriterOptions,
} from '../vocabularies/writer';
import { attributeKey, OtlpWriter } from './otlp-writer';

export interface SpanAttributesOptions extends Omit<AttributeWriterOptions, 'valueLength'> {
  readonly tools: ToolCatalogue;
  readonly limits: AttributeLimits;
}

/** Writes an operation's attributes. @returns how many the limits left out */
type WriteAttributes = (writer: OtlpWriter, op: Operation) => number;

/** Span.attributes */
const ATTRIBUTE = (9 << 3) | 2;

/**
 * Writes attributes row by row. What the request or the connection alone decides, two thirds of a
 * span's bytes, is encoded once and copied from then on.
 */
export function createSpanAttributes({
  limits,
  ...options
}: SpanAttributesOptions): WriteAttributes {
  const { valueLength, count } = limits;
  const rows = selectRows(options.vocabularies);
  const most =
    rows.asked.length +
    rows.operation.length +
    rows.families.length * MAX_SCALAR_ARGUMENTS +
    rows.session.length;
  if (valueLength !== Infinity || most > count) return limited({ limits, ...options });

  const context = vocabularyContext({ ...options, valueLength });
  const encoded = <Subject>(list: readonly Attribute<Subject>[]) => {
    const keyed = list.map((row) => ({ row, key: attributeKey(row.key) }));
    return (writer: OtlpWriter, subject: Subject): void => {
      for (const { row, key } of keyed) {
        const value = row.value(subject, context);
        if (value !== undefined) writer.attribute(ATTRIBUTE, key, value);
      }
    };
  };
  const writeAsked = encoded(rows.asked);
  const writeOperation = encoded(rows.operation);
  const writeSession = encoded(rows.session);

  const scratch = new OtlpWriter();
  const ofMethods = new Map<string, Uint8Array>();
  const ofTools = new Map<string, Uint8Array>();
  let revision = options.tools.revision;
  const ofSessions = new WeakMap<Session, Uint8Array>();

  return (writer, op) => {
    if (revision !== options.tools.revision) {
      revision = options.tools.revision;
      ofTools.clear();
    }
    if (isKnown(op)) {
      const kept = op.tool === undefined ? ofMethods : ofTools;
      const name = op.tool ?? op.method;
      let fields = kept.get(name);
      if (!fields) {
        writeAsked(scratch, op);
        kept.set(name, (fields = scratch.take()));
      }
      writer.raw(fields);
    } else writeAsked(writer, op);

    writeOperation(writer, op);
    for (const { prefix, values } of rows.families) {
      const named = values(op);
      for (const name in named) {
        writer.attribute(ATTRIBUTE, attributeKey(prefix + name), named[name]!);
      }
    }

    let fields = ofSessions.get(op.session);
    if (!fields) {
      writeSession(scratch, op.session);
      ofSessions.set(op.session, (fields = scratch.take()));
    }
    writer.raw(fields);
    return 0;
  };
}

/** Known methods and tools are few: what was asked of them may be kept. */
function isKnown({ kind, method, methodKnown, tool, toolKnown }: Asked): boolean {
  if (kind === 'invalid' || !methodKnown) return false;
  return tool === undefined || (toolKnown && method === TOOLS_CALL);
}

/** Under a limit nothing is the same for long: the attributes are gathered first, and then cut. */
function limited({ limits, ...options }: SpanAttributesOptions): WriteAttributes {
  const attributesOf = createAttributeWriter({ ...options, valueLength: limits.valueLength });
  return (writer, op) => {
    const { attributes, dropped } = limitAttributes(attributesOf(op), limits);
    writer.attributes(ATTRIBUTE, attributes);
    return dropped;
  };
}
