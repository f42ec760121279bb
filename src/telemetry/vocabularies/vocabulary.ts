import type { VocabularyName } from '../../config/settings';
import type { ToolFacts } from '../../tap/known-tools';
import type { Operation, Session } from '../../tap/operation';

export type AttributeValue = string | number | boolean;

/** What a vocabulary needs to know beside the operation; the same for all of a process. */
export interface VocabularyContext {
  readonly service: { readonly name: string; readonly version?: string | undefined };
  /** The known tools by name. */
  readonly tools: Pick<ReadonlyMap<string, ToolFacts>, 'get'>;
  /** Characters after which every value is cut; Infinity: none. */
  readonly valueLength: number;
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

/** Attributes of an operation whose names are in part the peer's. */
export interface AttributeFamily {
  /** What their keys begin with. */
  readonly prefix: string;
  /** Stands for the rest of the key: `<name>`. */
  readonly placeholder: `<${string}>`;
  readonly meaning: string;
  readonly when: string;
  /** By the rest of the key; few. */
  values(op: Operation): Readonly<Record<string, AttributeValue>> | undefined;
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
  /** Each operation's own, and as many as it has. */
  readonly families?: readonly AttributeFamily[];
  /** Decided by the connection alone. */
  readonly session: readonly Attribute<Session>[];
}

/** What documents tell of an attribute. */
export type DescribedAttribute = Pick<Attribute<never>, 'key' | 'meaning' | 'when'> & {
  readonly type: string;
};

/** Every row, in the order in which spans carry them. */
export function rowsOf({
  asked,
  operation,
  families = [],
  session,
}: Vocabulary): readonly DescribedAttribute[] {
  const open = families.map((family) => ({
    ...family,
    key: family.prefix + family.placeholder,
    type: 'string, number or boolean',
  }));
  return [...asked, ...operation, ...open, ...session];
}
