interface Waiter {
  check(): void;
  cancel(reason: string): void;
}

/** For conditions that hang on something else than what is watched. */
const POLL_MS = 50;

/** Conditions that somebody waits for, asked again whenever something happened. */
export class Waiters {
  private readonly waiters = new Set<Waiter>();

  /** Resolves with the condition's first truthy value; `explain` tells what was waited for. */
  add<T>(condition: () => T, timeoutMs: number, explain: () => string): Promise<NonNullable<T>> {
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => {
        done();
        reject(error);
      };
      const waiter: Waiter = {
        check: () => {
          try {
            const value = condition();
            if (!value) return;
            done();
            resolve(value);
          } catch (error) {
            fail(error);
          }
        },
        cancel: (reason) => fail(new Error(`${reason}: ${explain()}`)),
      };
      const timer = setTimeout(() => waiter.cancel(`not met in ${timeoutMs} ms`), timeoutMs);
      const poll = setInterval(() => waiter.check(), POLL_MS);
      const done = (): void => {
        clearTimeout(timer);
        clearInterval(poll);
        this.waiters.delete(waiter);
      };
      this.waiters.add(waiter);
      waiter.check();
    });
  }

  check(): void {
    for (const waiter of [...this.waiters]) waiter.check();
  }

  cancel(reason: string): void {
    for (const waiter of [...this.waiters]) waiter.cancel(reason);
  }
}
