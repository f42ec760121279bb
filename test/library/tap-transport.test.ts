import type { TransportMembers } from '../../src/library/observable';
import { tapTransport } from '../../src/library/tap-transport';

/** As of the SDK: members that are assigned to, called by the transport itself. */
class Plain {
  onmessage?: (...args: unknown[]) => unknown;
  onclose?: (...args: unknown[]) => unknown;
  readonly written: unknown[][] = [];

  async start(): Promise<void> {}
  async close(): Promise<void> {
    this.onclose?.();
  }
  async send(...args: unknown[]): Promise<void> {
    this.written.push([this, ...args]);
  }
  receive(...args: unknown[]): unknown {
    return this.onmessage?.(...args);
  }
}

/** As StreamableHTTPServerTransport of version 1: it hands on to a transport within it. */
class Outer {
  readonly #inner = new Plain();

  get onmessage() {
    return this.#inner.onmessage;
  }
  set onmessage(handler) {
    this.#inner.onmessage = handler!;
  }
  get onclose() {
    return this.#inner.onclose;
  }
  set onclose(handler) {
    this.#inner.onclose = handler!;
  }
  get written() {
    return this.#inner.written;
  }
  start = () => this.#inner.start();
  close = () => this.#inner.close();
  send = (...args: unknown[]) => this.#inner.send(...args);
  receive = (...args: unknown[]) => this.#inner.receive(...args);
}

const KINDS: [string, () => Plain | Outer][] = [
  ['a plain transport', () => new Plain()],
  ['one that hands on to another', () => new Outer()],
];

describe.each(KINDS)('%s', (_, create) => {
  let transport: Plain | Outer;
  let heard: string[];

  const text = (message: unknown): string => (message as { method: string }).method;
  const message = (method: string) => ({ jsonrpc: '2.0', method });
  const tap = (): void =>
    tapTransport(transport as TransportMembers, {
      received(one, deliver) {
        heard.push(`in ${text(one)}`);
        deliver();
        heard.push('delivered');
      },
      sent: (one) => heard.push(`out ${text(one)}`),
      closed: () => heard.push('closed'),
    });
  beforeEach(() => {
    [transport, heard] = [create(), []];
  });

  test('a handler that is set later gets what comes, and what it returns goes back', () => {
    tap();
    transport.onmessage = (one, extra) => {
      heard.push(`handles ${text(one)} ${extra as string}`);
      return 'returned';
    };
    expect(transport.receive(message('a'), 'extra')).toBe('returned');
    expect(heard).toEqual(['in a', 'handles a extra', 'delivered']);
  });

  test('so does one that was set before', () => {
    transport.onmessage = (one) => heard.push(`handles ${text(one)}`);
    tap();
    transport.receive(message('a'));
    expect(heard).toEqual(['in a', 'handles a', 'delivered']);
  });

  test('a handler around the one before it: each message is heard once', () => {
    tap();
    transport.onmessage = (one) => heard.push(`first ${text(one)}`);
    const first = transport.onmessage;
    transport.onmessage = (one) => {
      first(one);
      heard.push(`second ${text(one)}`);
    };
    transport.receive(message('a'));
    transport.receive(message('b'));
    expect(heard).toEqual([
      ...['in a', 'first a', 'second a', 'delivered'],
      ...['in b', 'first b', 'second b', 'delivered'],
    ]);
  });

  test('a message that comes while another is handled is heard as well', () => {
    tap();
    transport.onmessage = (one) => {
      heard.push(text(one));
      if (text(one) === 'a') transport.receive(message('b'));
    };
    transport.receive(message('a'));
    expect(heard).toEqual(['in a', 'a', 'in b', 'b', 'delivered', 'delivered']);
  });

  test('a handler that is set again is not wrapped again, and one that is taken away is gone', () => {
    tap();
    expect(transport.onmessage).toBeUndefined();
    transport.onmessage = () => undefined;
    const { onmessage } = transport;
    transport.onmessage = onmessage!;
    expect(transport.onmessage).toBe(onmessage);
    transport.onmessage = undefined as never;
    expect(transport.onmessage).toBeUndefined();
    transport.receive(message('a'));
    expect(heard).toEqual([]);
  });

  test('what a handler throws comes through, and the next message is heard', () => {
    tap();
    transport.onmessage = () => {
      throw new Error('of the handler');
    };
    const one = message('a');
    expect(() => transport.receive(one)).toThrow('of the handler');
    expect(() => transport.receive(one)).toThrow('of the handler');
    expect(heard).toEqual(['in a', 'in a']);
  });

  test('what is sent is heard, and sent with all that belongs to it', async () => {
    tap();
    const options = { relatedRequestId: 1 };
    await transport.send(message('a'), options);
    expect(heard).toEqual(['out a']);
    expect(transport.written).toEqual([[expect.any(Plain), message('a'), options]]);
  });

  test('an end is heard where its handler is called', async () => {
    tap();
    transport.onclose = () => heard.push('handler');
    await transport.close();
    expect(heard).toEqual(['closed', 'handler']);
  });
});
