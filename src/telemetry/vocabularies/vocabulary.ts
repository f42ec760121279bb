import type { VocabularyName } from '../../config/settings';
import type { Operation, Session } from '../../tap/operation';

export type AttributeValue = string | number | boolean;

/** What a vocabulary needs to know beside the operation; the same for all of a process. */
export interface VocabularyContext {
  readonly service: { readonly name: string; readonly version: string };
  /** The known tools by name. */
  readonly tools: ReadonlyMap<string, ToolFacts>;
  /** Characters after which every value is cut; Infinity: none. */
  readonly valueLength: number;
}

export interface ToolFacts {
  readonly description: string;
  /** The input schema as JSON text. */
  readonly parameters: string;
}

interface AttributeHead {
  readonly key: string;
  readonly type: 'string' | 'number' | 'boolean';
  /** What it says, and when it is there: the words of docs/telemetry.md. */
  readonly meaning: string;
  readonly when: string;
}

/** One row of a vocabulary. `undefined` leaves the attribute out. */
export interface OperationAttribute extends AttributeHead {
  value(op: Operation, context: VocabularyContext): AttributeValue | undefined;
}

/** A row that the connection alone decides: computed once a session, not once a span. */
export interface SessionAttribute extends AttributeHead {
  value(session: Session, context: VocabularyContext): AttributeValue | undefined;
}

/** A way to name what an operation says: a table, from which the spans and the docs are made. */
export interface Vocabulary {
  readonly name: VocabularyName;
  /** Who speaks it. */
  readonly title: string;
  readonly operation: readonly OperationAttribute[];
  readonly session: readonly SessionAttribute[];
}
