import type { Operation, Session } from '../tap/operation';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Texts = (string | undefined)[];

/** What many operations have in common: kept once for all of them. */
interface Sort extends Pick<
  Operation,
  'kind' | 'direction' | 'method' | 'methodKnown' | 'tool' | 'toolKnown' | 'sampled' | 'outcome'
> {
  /** The names of `numericArguments`. */
  readonly numbers: readonly string[] | undefined;
}

/** What few operations have. */
type Rare = Partial<Pick<Operation, 'cutOff' | 'rpcError' | 'toolError'>>;

/** Operations as plain, cloneable columns. */
export interface Columns {
  readonly sorts: Sort[];
  readonly sessions: Session[];
  /** The place of each operation's sort and session in these. */
  readonly sort: number[];
  readonly session: number[];
  readonly requestId: Texts;
  readonly traceId: string[];
  readonly spanId: string[];
  readonly parentSpanId: Texts;
  readonly traceState: Texts;
  readonly startTime: number[];
  readonly duration: number[];
  readonly argumentsText: Texts;
  readonly resultText: Texts;
  /** The `numericArguments` of all operations, one after the other. */
  readonly numbers: number[];
  /** NaN: none. */
  readonly numericResult: number[];
  readonly rare: Map<number, Rare>;
}

/** A sort that was not seen for so long is kept again: a caller who names what is not there makes many. */
const REMEMBERED_SORTS = 8;

/**
 * Gathers operations into columns. To copy a dozen arrays to another thread costs a third of copying
 * as many objects of twenty members, and they are a dozen objects to the garbage collector.
 */
export class OperationColumns {
  readonly columns: Columns = {
    sorts: [],
    sessions: [],
    sort: [],
    session: [],
    requestId: [],
    traceId: [],
    spanId: [],
    parentSpanId: [],
    traceState: [],
    startTime: [],
    duration: [],
    argumentsText: [],
    resultText: [],
    numbers: [],
    numericResult: [],
    rare: new Map(),
  };

  get length(): number {
    return this.columns.sort.length;
  }

  push(op: Operation): void {
    const { columns } = this;
    columns.sort.push(this.sortOf(op));
    columns.session.push(this.sessionOf(op.session));
    columns.requestId.push(op.requestId);
    columns.traceId.push(op.traceId);
    columns.spanId.push(op.spanId);
    columns.parentSpanId.push(op.parentSpanId);
    columns.traceState.push(op.traceState);
    columns.startTime.push(op.startTime);
    columns.duration.push(op.duration);
    columns.argumentsText.push(op.argumentsText);
    columns.resultText.push(op.resultText);
    for (const name in op.numericArguments) columns.numbers.push(op.numericArguments[name]!);
    columns.numericResult.push(op.numericResult ?? NaN);
    if (op.cutOff !== undefined || op.rpcError || op.toolError)
      columns.rare.set(this.length - 1, rareOf(op));
  }

  private sortOf(op: Operation): number {
    const { sorts } = this.columns;
    const oldest = Math.max(0, sorts.length - REMEMBERED_SORTS);
    for (let i = sorts.length - 1; i >= oldest; i--) if (isOfSort(op, sorts[i]!)) return i;
    const { kind, direction, method, methodKnown, tool, toolKnown, sampled, outcome } = op;
    const numbers = op.numericArguments && Object.keys(op.numericArguments);
    const common = { kind, direction, method, methodKnown, toolKnown, sampled, outcome, numbers };
    return sorts.push(tool === undefined ? common : { ...common, tool }) - 1;
  }

  private sessionOf(session: Session): number {
    const { sessions } = this.columns;
    const known = sessions.lastIndexOf(session);
    return known === -1 ? sessions.push(session) - 1 : known;
  }
}

/** The operations again, in their order. */
export function operationsOf(columns: Columns): Operation[] {
  let number = 0;
  return columns.sort.map((sort, i) => {
    const common = columns.sorts[sort]!;
    // Member by member: what a spread makes is slow to make, and slow to read.
    const op: Mutable<Operation> = {
      kind: common.kind,
      direction: common.direction,
      method: common.method,
      methodKnown: common.methodKnown,
      toolKnown: common.toolKnown,
      sampled: common.sampled,
      outcome: common.outcome,
      traceId: columns.traceId[i]!,
      spanId: columns.spanId[i]!,
      startTime: columns.startTime[i]!,
      duration: columns.duration[i]!,
      session: columns.sessions[columns.session[i]!]!,
    };
    if (common.tool !== undefined) op.tool = common.tool;
    const requestId = columns.requestId[i];
    if (requestId !== undefined) op.requestId = requestId;
    const parentSpanId = columns.parentSpanId[i];
    if (parentSpanId !== undefined) op.parentSpanId = parentSpanId;
    const traceState = columns.traceState[i];
    if (traceState !== undefined) op.traceState = traceState;
    const argumentsText = columns.argumentsText[i];
    if (argumentsText !== undefined) op.argumentsText = argumentsText;
    const resultText = columns.resultText[i];
    if (resultText !== undefined) op.resultText = resultText;
    const numericResult = columns.numericResult[i]!;
    if (!Number.isNaN(numericResult)) op.numericResult = numericResult;
    if (common.numbers) {
      const named: Record<string, number> = {};
      for (const name of common.numbers) named[name] = columns.numbers[number++]!;
      op.numericArguments = named;
    }
    const rare = columns.rare.get(i);
    return rare ? Object.assign(op, rare) : op;
  });
}

function isOfSort(op: Operation, sort: Sort): boolean {
  return (
    op.tool === sort.tool &&
    op.method === sort.method &&
    op.outcome === sort.outcome &&
    op.kind === sort.kind &&
    op.direction === sort.direction &&
    op.methodKnown === sort.methodKnown &&
    op.toolKnown === sort.toolKnown &&
    op.sampled === sort.sampled &&
    hasNames(op.numericArguments, sort.numbers)
  );
}

function hasNames(
  record: Operation['numericArguments'],
  names: readonly string[] | undefined,
): boolean {
  if (!record || !names) return record === names;
  let i = 0;
  for (const name in record) if (names[i++] !== name) return false;
  return i === names.length;
}

function rareOf({ cutOff, rpcError, toolError }: Operation): Rare {
  return {
    ...(cutOff === undefined ? {} : { cutOff }),
    ...(rpcError && { rpcError }),
    ...(toolError && { toolError }),
  };
}
