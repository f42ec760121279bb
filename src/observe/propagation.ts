import type { Clock } from '../tap/clock';
import { injectContext } from '../tap/inject-context';
import type { OpenOperation } from '../tap/tap';
import { traceparentOf } from '../tap/trace-context';
import { MAX_PARSED_BYTES, type MessageWatch } from './message-watch';

const NEWLINE = 0x0a;
const NOTHING = Buffer.alloc(0);

/**
 * Writes the context of each message's span into the message on its way to the server, so that an
 * instrumented server goes on with the trace. A line waits for its end, but for one that is too long
 * to be parsed; what is no request or notification passes as it came.
 */
export class Propagation {
  private held: Buffer[] = [];
  private heldBytes = 0;
  /** A line too long to wait for is passing. */
  private isPassing = false;
  private fault: { readonly error: unknown } | undefined;

  constructor(
    private readonly watch: MessageWatch,
    private readonly clock: Clock,
    /** Looks at what came before. */
    private readonly catchUp: () => void = () => undefined,
  ) {}

  rewrite(chunk: Buffer): Buffer {
    this.catchUp();
    const out: Buffer[] = [];
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, start);
      if (end === -1) break;
      out.push(...this.finish(chunk.subarray(start, end + 1)));
      start = end + 1;
    }
    if (start < chunk.length) out.push(...this.keep(chunk.subarray(start)));
    return Buffer.concat(out);
  }

  end(): Buffer {
    if (this.isPassing) this.look(() => this.watch.end());
    return this.heldBytes > 0 ? this.inject(this.takeHeld()) : NOTHING;
  }

  /** @throws what looking on has thrown since: by now the bytes are written, and none is lost */
  tellFault(): void {
    const { fault } = this;
    this.fault = undefined;
    if (fault) throw fault.error;
  }

  private keep(part: Buffer): Buffer[] {
    if (this.isPassing) return this.pass(part);
    this.hold(part);
    if (this.heldBytes <= MAX_PARSED_BYTES) return [];
    this.isPassing = true;
    return this.pass(this.takeHeld());
  }

  private hold(part: Buffer): void {
    this.held.push(part);
    this.heldBytes += part.length;
  }

  /** @param last the end of a line, its newline included */
  private finish(last: Buffer): Buffer[] {
    if (this.isPassing) {
      this.isPassing = false;
      return this.pass(last);
    }
    this.hold(last);
    // However the line was cut into chunks: its newline does not count.
    if (this.heldBytes - 1 > MAX_PARSED_BYTES) return this.pass(this.takeHeld());
    return [this.inject(this.takeHeld())];
  }

  private pass(part: Buffer): Buffer[] {
    this.look(() => this.watch.push(part, this.clock.now()));
    return [part];
  }

  /** Not one byte is to be lost by it. */
  private look(look: () => void): void {
    try {
      look();
    } catch (error) {
      this.fault = { error };
    }
  }

  private takeHeld(): Buffer {
    const held = this.held.length === 1 ? this.held[0]! : Buffer.concat(this.held);
    this.held = [];
    this.heldBytes = 0;
    return held;
  }

  private inject(bytes: Buffer): Buffer {
    const text = bytes.toString('utf8');
    let open: OpenOperation | undefined;
    if (text.trim() !== '') {
      const line = { text: withoutMark(text) };
      this.look(() => this.watch.line(line, this.clock.now(), (one) => (open = one)));
    }
    if (!open || text.trimStart().startsWith('[')) return bytes;
    const injected = injectContext(text, { traceparent: traceparentOf(open) });
    // What is no UTF-8 would not survive: such a line passes as it came.
    return injected === text || !Buffer.from(text).equals(bytes) ? bytes : Buffer.from(injected);
  }
}

const withoutMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);
