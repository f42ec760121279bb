import { call, cancel, initialize, ping } from './lines';

/** A seeded source of numbers from 0 to 1 (mulberry32): a failing run can be had again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NAMES = ['add', 'subtract', 'multiply', 'divide', 'ad', '__proto__', '', 'constructor'];
const METHODS = [
  'ping',
  'tools/list',
  'no/such',
  '__proto__',
  'toString',
  'notifications/initialized',
];
const VALUES = [
  ...[
    0,
    1,
    -1,
    0.1,
    1e300,
    2 ** 53,
    null,
    true,
    '',
    '1',
    '1e-10000',
    '٣',
    'x',
    [],
    {},
    [1],
    { a: 1 },
  ],
  ...['\u2028', '\ud83d\ude00', '\0', '9'.repeat(500), JSON.parse('{"__proto__":1}')],
];
const PIECES = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '\0',
  '\r',
  '\uFEFF',
  '1e400',
  'null',
  '\\u0000',
];

/** Lines as a client, a broken client and no client at all would send them. */
export class LineMaker {
  /** Ids that were used: a cancellation or a second request may name them. */
  private readonly used: unknown[] = [1];
  private nextId = 0;

  /** @param revision what an `initialize` among the lines asks for; undefined: there is none */
  constructor(
    private readonly random: () => number,
    private readonly revision?: string,
  ) {}

  line(): Buffer {
    const text = this.random() < 0.1 ? this.batch() : JSON.stringify(this.message());
    const bytes = this.random() < 0.5 ? Buffer.from(text) : this.mutated(Buffer.from(text));
    // One line stays one line.
    return bytes.map((byte) => (byte === 0x0a ? 0x20 : byte)) as Buffer;
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)]!;
  }

  /** One that may still be in flight. */
  private recent(): unknown {
    return this.pick(this.used.slice(-8));
  }

  private int(below: number): number {
    return Math.floor(this.random() * below);
  }

  private id(): unknown {
    const kind = this.random();
    if (kind < 0.08) return this.recent();
    if (kind < 0.16) return this.pick([null, 1.5, 2 ** 53, {}, [], true, -0, '']);
    const id = ++this.nextId;
    const made = kind < 0.5 ? `id-${id}` : kind < 0.6 ? -id : id;
    this.used.push(made);
    return made;
  }

  private message(): object {
    const args = { a: this.pick(VALUES), b: this.pick(VALUES) };
    switch (this.int(8)) {
      case 0:
        return ping(this.id());
      case 1:
        return cancel(this.recent());
      case 2:
        return {
          jsonrpc: '2.0',
          id: this.id(),
          method: this.pick(METHODS),
          params: this.pick(VALUES),
        };
      case 3:
        return { jsonrpc: '2.0', method: this.pick(METHODS), params: { _meta: this.pick(VALUES) } };
      case 4:
        return this.pick<object>([
          { jsonrpc: '2.0', id: this.id(), result: {} },
          { jsonrpc: '2.0', id: this.id(), error: { code: 1, message: 'm' } },
          this.revision === undefined ? ping(this.id()) : initialize(this.revision, this.id()),
        ]);
      default:
        return call(this.id(), this.pick(NAMES), args, {
          _meta: { progressToken: this.pick(VALUES) },
        });
    }
  }

  private batch(): string {
    const members = Array.from({ length: this.int(6) }, () =>
      this.random() < 0.2 ? this.pick<unknown>(VALUES) : this.message(),
    );
    return JSON.stringify(members);
  }

  private mutated(bytes: Buffer): Buffer {
    const at = this.int(bytes.length);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    switch (this.int(6)) {
      case 0: {
        const flipped = Buffer.from(bytes);
        flipped[at] = flipped[at]! ^ (1 << this.int(8));
        return flipped;
      }
      case 1:
        return before;
      case 2:
        return Buffer.concat([bytes, bytes]);
      case 3:
        return Buffer.concat([before, Buffer.from(this.pick(PIECES)), after]);
      case 4:
        return Buffer.concat([before, after.subarray(1 + this.int(8))]);
      default:
        return Buffer.concat([before, after.subarray(0, 6), after]);
    }
  }
}
