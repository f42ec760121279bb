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

/** What was asked for: the same for every call of one tool. */
export type Asked = Pick<Operation, 'kind' | 'method' | 'methodKnown' | 'tool' | 'toolKnown'>;

/** One row of a vocabulary, as `Subject` decides it. */
export interface Attribute<Subject> {
  readonly key: string;
  readonly type: 'string' | 'number' | 'boolean';
  /** What it says, and when it is there: the words of docs/telemetry.md. */
  readonly meaning: string;
  readonly when: string;
  /** `undefined` leaves the attribute out. */
  value(subject: Subject, context: VocabularyContext): AttributeValue | undefined;
}

/**
 * A way to name what an operation says: a table, from which the spans and the docs are made. Each row
 * is in the list of what decides it, so that what is the same for many spans is written once.
 */
export interface Vocabulary {
  readonly name: VocabularyName;
  /** Who speaks it. */
  readonly title: string;
  /** Decided by what was asked for alone. */
  readonly asked: readonly Attribute<Asked>[];
  /** Each operation's own. */
  readonly operation: readonly Attribute<Operation>[];
  /** Decided by the connection alone. */
  readonly session: readonly Attribute<Session>[];
}

/** Every row, in the order in which spans carry them. */
export function rowsOf({ asked, operation, session }: Vocabulary) {
  return [...asked, ...operation, ...session];
}
