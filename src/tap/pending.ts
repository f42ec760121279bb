import { createHash } from 'node:crypto';
import type { SessionFacts } from './session-facts';
import type { OpenOperation } from './tap';

/** A request that awaits its answer. */
export interface Asked {
  readonly open: OpenOperation;
  readonly method: string;
  /** What the request said of its side. */
  readonly facts: SessionFacts | undefined;
  /** By which progress names it. */
  readonly token: unknown;
}

/** A longer id is known by its digest: that of a peer may be a megabyte. */
const MAX_ID_CHARACTERS = 256;

/** Open as long as its asker listens (MCP 2026-07-28): nobody works on it. */
const SUBSCRIPTION = 'subscriptions/listen';

/** More than a side may wait for: the memory of what is never answered is bounded. */
const MAX_PENDING = 65_536;
/** So many are remembered of those that were taken back: their answers may still come. */
const MAX_TAKEN_BACK = 1024;

/**
 * The requests of one side that are not answered yet, by their ids, in the order in which they came.
 * Of one id there may be several: a client that uses one twice gets two answers.
 */
export class Pending {
  private readonly ofIds = new Map<unknown, Asked[]>();
  private readonly ofTokens = new Map<unknown, Asked>();
  private readonly takenBack = new Set<unknown>();
  private size = 0;
  private readonly listening = new Set<Asked>();

  constructor(private readonly most = MAX_PENDING) {}

  /** The one that waits, where it is alone; subscriptions do not count. */
  get only(): Asked | undefined {
    if (this.size - this.listening.size !== 1) return undefined;
    for (const same of this.ofIds.values()) {
      const only = same.find((asked) => !this.listening.has(asked));
      if (only) return only;
    }
    return undefined;
  }

  subscriptions(): Iterable<Asked> {
    return this.listening;
  }

  /** @returns the oldest, where it had to make room */
  add(id: unknown, request: Asked): Asked | undefined {
    const given = this.size >= this.most ? this.takeOldest() : undefined;
    const key = keyOf(id);
    const asked = { ...request, token: keyOf(request.token) };
    const same = this.ofIds.get(key);
    if (same) same.push(asked);
    else this.ofIds.set(key, [asked]);
    if (asked.token !== undefined) this.ofTokens.set(asked.token, asked);
    if (asked.method === SUBSCRIPTION) this.listening.add(asked);
    this.size++;
    return given;
  }

  /** The oldest of this id, which waits no more. */
  take(id: unknown): Asked | undefined {
    const key = keyOf(id);
    const same = this.ofIds.get(key);
    const asked = same?.shift();
    if (!same || !asked) return undefined;
    if (same.length === 0) this.ofIds.delete(key);
    // A later one may have been given the same.
    if (this.ofTokens.get(asked.token) === asked) this.ofTokens.delete(asked.token);
    this.listening.delete(asked);
    this.size--;
    return asked;
  }

  /** The same, since who asked wants no answer any more. */
  takeBack(id: unknown): Asked | undefined {
    // MCP forbids it of `initialize`, whose answer tells too much to be missed.
    if (this.ofIds.get(keyOf(id))?.[0]?.method === 'initialize') return undefined;
    const asked = this.take(id);
    if (!asked) return undefined;
    this.takenBack.add(keyOf(id));
    if (this.takenBack.size > MAX_TAKEN_BACK) {
      const [oldest] = this.takenBack;
      this.takenBack.delete(oldest);
    }
    return asked;
  }

  /** Whether an answer to this id may still come, though nobody waits for it. It comes once. */
  wasTakenBack(id: unknown): boolean {
    return this.takenBack.delete(keyOf(id));
  }

  withToken(token: unknown): Asked | undefined {
    return this.ofTokens.get(keyOf(token));
  }

  private takeOldest(): Asked | undefined {
    // A key is a key of itself.
    const [oldest] = this.ofIds.keys();
    return this.take(oldest);
  }
}

function keyOf(id: unknown): unknown {
  if (typeof id !== 'string' || id.length <= MAX_ID_CHARACTERS) return id;
  return createHash('sha256').update(id).digest('base64');
}
