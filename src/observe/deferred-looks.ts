import type { Clock, Moment } from '../tap/clock';

/** Sees bytes that have been written on. `at`: when they came. */
export type Look = (chunk: Buffer, at: Moment) => void;

/**
 * Who is woken by a write is often to run where the writer does, once that waits again: what is done
 * between the two, each call pays for. So it is put off, and done for many calls at once.
 */
const DELAY_MILLIS = 10;
/** What may wait to be looked at. */
const MAX_BYTES = 262_144;

/** Looks at chunks a little later, in the order in which they came, whichever way they went. */
export class DeferredLooks {
  private waiting: { readonly look: Look; readonly chunk: Buffer; readonly at: Moment }[] = [];
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;
  private faultIsTold = false;

  /** @param onFault gets the first that a look has thrown */
  constructor(
    private readonly clock: Clock,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** @returns what takes the chunks of one way */
  of(look: Look): (chunk: Buffer) => void {
    return (chunk) => this.add(look, chunk);
  }

  /** Looks at all that waits. */
  readonly flush = (): void => {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { waiting } = this;
    this.waiting = [];
    this.bytes = 0;
    for (const { look, chunk, at } of waiting) {
      try {
        look(chunk, at);
      } catch (error) {
        if (!this.faultIsTold) this.onFault(error);
        this.faultIsTold = true;
      }
    }
  };

  private add(look: Look, chunk: Buffer): void {
    this.waiting.push({ look, chunk, at: this.clock.now() });
    this.bytes += chunk.length;
    if (this.bytes >= MAX_BYTES) this.flush();
    else this.timer ??= setTimeout(this.flush, DELAY_MILLIS);
  }
}
