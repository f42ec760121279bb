import type { Operation } from '../tap/operation';

/** What many operations have in common: kept once for all of them. */
interface Sort extends Pick<
  Operation,
  | 'kind'
  | 'direction'
  | 'method'
  | 'methodKnown'
  | 'tool'
  | 'toolKnown'
  | 'sampled'
  | 'outcome'
  | 'session'
> {
  /** The names of `numericArguments`. */
  readonly numbers: readonly string[] | undefined;
}

/** What few operations have. */
const RARE = [
  'cutOff',
  'rpcError',
  'toolError',
  'prompt',
  'resource',
  'scalarArguments',
  'link',
] as const;
type Rare = Partial<Pick<Operation, (typeof RARE)[number]>>;

/**
 * Operations as a few plain, cloneable columns, in which each operation's members follow those of the
 * one before.
 */
export interface Columns {
  readonly sorts: Sort[];
  /** One for each operation: its place in `sorts`. */
  readonly sort: number[];
  /** Start, duration, numeric result (NaN: none), numeric arguments. */
  readonly numbers: number[];
  /** Trace id and span id. */
  ids: string;
  /** Request id, arguments, result, parent span id, trace state. */
  texts: string;
  /** How long each of these is; -1: none. */
  readonly lengths: number[];
  /** By the operation's place. */
  readonly rare: Map<number, Rare>;
}

const TRACE_ID = 32;
const SPAN_ID = 16;

/** A sort that was not seen for so long is kept again: a caller who names what is not there makes many. */
const REMEMBERED_SORTS = 8;

/**
 * Gathers operations into columns. To copy one long string and one array of numbers to another thread
 * costs next to nothing beside copying thousands of short ones, or objects of twenty members.
 */
export class OperationColumns {
  readonly columns: Columns = {
    sorts: [],
    sort: [],
    numbers: [],
    ids: '',
    texts: '',
    lengths: [],
    rare: new Map(),
  };

  get length(): number {
    return this.columns.sort.length;
  }

  push(op: Operation): void {
    const { columns } = this;
    const { numbers, rare } = columns;
    const { numericArguments } = op;
    if (hasRare(op)) rare.set(this.length, rareOf(op));
    columns.sort.push(this.sortOf(op));
    numbers.push(op.startTime, op.duration, op.numericResult ?? NaN);
    for (const name in numericArguments) numbers.push(numericArguments[name]!);
    columns.ids += op.traceId + op.spanId;
    this.pushText(op.requestId);
    this.pushText(op.argumentsText);
    this.pushText(op.resultText);
    this.pushText(op.parentSpanId);
    this.pushText(op.traceState);
  }

  private pushText(text: string | undefined): void {
    const { columns } = this;
    if (text !== undefined) columns.texts += text;
    columns.lengths.push(text === undefined ? -1 : text.length);
  }

  private sortOf(op: Operation): number {
    const { sorts } = this.columns;
    const oldest = Math.max(0, sorts.length - REMEMBERED_SORTS);
    for (let i = sorts.length - 1; i >= oldest; i--) if (isOfSort(op, sorts[i]!)) return i;
    return this.addSort(op);
  }

  private addSort(op: Operation): number {
    const { numericArguments } = op;
    const numbers = numericArguments && Object.keys(numericArguments);
    // One literal: objects made in other ways are of other shapes to V8, whatever they hold.
    const sort: Sort = {
      kind: op.kind,
      direction: op.direction,
      method: op.method,
      methodKnown: op.methodKnown,
      tool: op.tool,
      toolKnown: op.toolKnown,
      sampled: op.sampled,
      outcome: op.outcome,
      session: op.session,
      numbers,
    };
    return this.columns.sorts.push(sort) - 1;
  }
}

/**
 * Visits the operations again, in their order: made one by one, each is gone before the garbage
 * collector would move it.
 */
export function forEachOperation(
  { sorts, sort, numbers, ids, texts, lengths, rare }: Columns,
  visit: (op: Operation, index: number) => void,
): void {
  let id = 0;
  const nextId = (length: number) => ids.slice(id, (id += length));
  let number = 0;
  const nextNumber = () => numbers[number++]!;
  let text = 0;
  let place = 0;
  const nextText = () => {
    const length = lengths[place++]!;
    return length === -1 ? undefined : texts.slice(text, (text += length));
  };
  const nextNamed = (names: readonly string[]) => {
    const named: Record<string, number> = {};
    for (const name of names) named[name] = nextNumber();
    return named;
  };

  sort.forEach((place, i) => {
    const common = sorts[place]!;
    const traceId = nextId(TRACE_ID);
    const spanId = nextId(SPAN_ID);
    const startTime = nextNumber();
    const duration = nextNumber();
    const numericResult = nextNumber();
    const numericArguments = common.numbers && nextNamed(common.numbers);
    // One literal, its texts in the order of `push`: what a spread makes is slow to make and to read.
    const op: Operation = {
      kind: common.kind,
      direction: common.direction,
      method: common.method,
      methodKnown: common.methodKnown,
      tool: common.tool,
      toolKnown: common.toolKnown,
      traceId,
      spanId,
      sampled: common.sampled,
      startTime,
      duration,
      session: common.session,
      outcome: common.outcome,
      numericArguments,
      numericResult: Number.isNaN(numericResult) ? undefined : numericResult,
      requestId: nextText(),
      argumentsText: nextText(),
      resultText: nextText(),
      parentSpanId: nextText(),
      traceState: nextText(),
    };
    const more = rare.get(i);
    visit(more ? Object.assign(op, more) : op, i);
  });
}

function isOfSort(op: Operation, sort: Sort): boolean {
  return (
    op.tool === sort.tool &&
    op.method === sort.method &&
    op.outcome === sort.outcome &&
    op.session === sort.session &&
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

/** Written out: it is asked of each operation. */
function hasRare(op: Operation): boolean {
  return (
    op.cutOff !== undefined ||
    op.rpcError !== undefined ||
    op.toolError !== undefined ||
    op.prompt !== undefined ||
    op.resource !== undefined ||
    op.scalarArguments !== undefined ||
    op.link !== undefined
  );
}

function rareOf(op: Operation): Rare {
  const has = RARE.filter((name) => op[name] !== undefined);
  return Object.fromEntries(has.map((name) => [name, op[name]]));
}
