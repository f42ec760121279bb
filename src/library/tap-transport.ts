import type { TransportMembers } from './observable';

/** Hears what passes through a transport. */
export interface Listener {
  /** A message has come in. `deliver` hands it on: to be called once, whatever happens. */
  received(message: unknown, deliver: () => void): void;
  /** A message goes out. */
  sent(message: unknown): void;
  closed(): void;
}

type Handler = (this: unknown, ...args: unknown[]) => unknown;
type Wrap = (handler: Handler) => Handler;

/**
 * Lets a listener hear what passes through a transport. The transport stays the same object, and what
 * it does stays the same: a message is told of before it is handed on, or sent.
 */
export function tapTransport(transport: TransportMembers, listener: Listener): void {
  /** A handler may call one that was set before it: one message is heard once. */
  let passing: unknown;
  around(transport, 'onmessage', (handler) => {
    return function (message, ...rest) {
      if (message === passing) return handler.call(this, message, ...rest);
      const outer = passing;
      passing = message;
      let result: unknown;
      try {
        listener.received(message, () => (result = handler.call(this, message, ...rest)));
      } finally {
        passing = outer;
      }
      return result;
    };
  });
  around(transport, 'onclose', (handler) => {
    return function (...args) {
      listener.closed();
      return handler.apply(this, args);
    };
  });
  const send = transport.send as Handler;
  transport.send = function (this: unknown, message: object, ...rest: unknown[]) {
    listener.sent(message);
    return send.call(this, message, ...rest) as Promise<void>;
  };
}

/**
 * Puts a wrap around each function that is or will be assigned to a property. Where the property is
 * an accessor, as of a transport that hands on to another within it, it goes on to be used.
 */
function around(target: object, name: string, wrap: Wrap): void {
  const accessor = descriptorOf(target, name);
  let own: unknown = Reflect.get(target, name);
  const wrapped = new WeakSet<Handler>();
  const get = (): unknown => (accessor?.get ? accessor.get.call(target) : own);
  const set = (value: unknown): void => {
    const kept = isHandler(value) && !wrapped.has(value) ? wrap(value) : value;
    if (isHandler(kept)) wrapped.add(kept);
    if (accessor?.set) accessor.set.call(target, kept);
    else own = kept;
  };
  Object.defineProperty(target, name, { get, set, configurable: true, enumerable: true });
  if (own !== undefined) set(own);
}

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

/** A property's descriptor, its object's own or inherited. */
function descriptorOf(target: object, name: string): PropertyDescriptor | undefined {
  for (let one: object | null = target; one; one = Object.getPrototypeOf(one) as object | null) {
    const descriptor = Object.getOwnPropertyDescriptor(one, name);
    if (descriptor) return descriptor;
  }
  return undefined;
}
