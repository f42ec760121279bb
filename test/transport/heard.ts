/**
 * A promise whose `finally` has a fault of it heard: in the product serve.ts hears what nobody else
 * does, and jest would fail the test.
 */
export function heard(promise: Promise<void>, faults: unknown[]): Promise<void> {
  const hear = (onFinally?: (() => void) | null): Promise<void> => {
    const after = Promise.prototype.finally.call(promise, onFinally) as Promise<void>;
    after.catch((fault) => faults.push(fault));
    return after;
  };
  return Object.assign(promise, { finally: hear });
}
