import { MAX_BATCH } from '../../json-rpc';
const MAX_LEVEL = 5;
const MAX_MEMBERS = 64;
/** Bytes kept in all, and of what lies below the second level of its message. */
const MAX_KEPT_BYTES = 16 * 1024 * 1024;
const MAX_DEEP_BYTES = 1024 * 1024;
const TOP_LEVELS = 2;
/** What a member takes besides its bytes, roughly. */
const MEMBER_BYTES = 64;

type Kind = 'object' | 'array';

/** An object or array that is not closed yet. */
interface Frame {
  readonly kind: Kind;
  /** Undefined where the whole of it is left out. */
  readonly kept: Record<string, unknown> | unknown[] | undefined;
  /** How many members have begun. */
  count: number;
  /** Of the member that is read; undefined where it is left out. */
  key: string | undefined;
}

/** Builds an outline: decides what of it is kept, level by level and in all. */
export class OutlineFrames {
  /** What was kept; complete when all is closed. */
  root: Frame['kept'];
  /** The rest of the innermost object or array is left out. */
  isSkipping = false;
  private readonly stack: Frame[] = [];
  private bytes = 0;
  private deepBytes = 0;

  get isEmpty(): boolean {
    return this.stack.length === 0;
  }

  open(kind: Kind): void {
    const kept = this.isKept(kind) ? (kind === 'object' ? {} : []) : undefined;
    if (this.isEmpty) this.root = kept;
    this.stack.push({ kind, kept, count: 0, key: undefined });
    this.isSkipping = kept === undefined;
  }

  /** @returns false where what is open is of the other kind */
  close(kind: Kind): boolean {
    if (this.stack.at(-1)?.kind !== kind) return false;
    const { kept } = this.stack.pop()!;
    this.isSkipping = false;
    if (!this.isEmpty) this.value(kept, 0);
    return true;
  }

  /** A comma: another member comes. @returns of what */
  next(): Kind {
    const frame = this.stack.at(-1)!;
    const most = frame.kind === 'object' ? MAX_MEMBERS : MAX_BATCH;
    this.isSkipping = ++frame.count >= most || this.isFull(this.level);
    return frame.kind;
  }

  /** @param key undefined where it is too long to keep */
  key(key: string | undefined, byteLength: number): void {
    this.stack.at(-1)!.key = key;
    if (key !== undefined) this.spend(byteLength);
  }

  /** @param value undefined where it is left out */
  value(value: unknown, byteLength: number): void {
    const { kept, key } = this.stack.at(-1)!;
    if (Array.isArray(kept)) {
      if (value !== undefined) kept.push(value);
    } else if (kept && key !== undefined) {
      setMember(kept, key, value);
    }
    if (value !== undefined) this.spend(byteLength + MEMBER_BYTES);
  }

  /** The innermost level, counted from the message: it is one lower within a batch. */
  private get level(): number {
    return this.stack.length - (Array.isArray(this.root) ? 1 : 0);
  }

  private isKept(kind: Kind): boolean {
    const parent = this.stack.at(-1);
    if (!parent) return true;
    const hasPlace = parent.kind === 'array' || parent.key !== undefined;
    const isDeep = this.stack.length === MAX_LEVEL || this.isFull(this.level + 1);
    return kind === 'object' && hasPlace && !isDeep;
  }

  private isFull(level: number): boolean {
    return this.bytes > MAX_KEPT_BYTES || (level > TOP_LEVELS && this.deepBytes > MAX_DEEP_BYTES);
  }

  private spend(bytes: number): void {
    this.bytes += bytes;
    if (this.level > TOP_LEVELS) this.deepBytes += bytes;
  }
}

/** As JSON.parse does it: the last of a name counts, and `__proto__` is a name like any other. */
function setMember(object: Record<string, unknown>, key: string, value: unknown): void {
  if (value === undefined) {
    if (Object.hasOwn(object, key)) delete object[key];
  } else if (key === '__proto__') {
    const own = { value, writable: true, enumerable: true, configurable: true };
    Object.defineProperty(object, key, own);
  } else {
    object[key] = value;
  }
}
