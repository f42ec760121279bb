/** Lets things pass in their order, but none before `prepare` is over, which begins with the first. */
export class HoldUntil<T> {
  private held: T[] | undefined;
  private isReady: boolean;

  /** @param released what was held has passed */
  constructor(
    private readonly prepare: (() => Promise<void>) | undefined,
    private readonly take: (one: T) => void,
    private readonly released: () => void,
  ) {
    this.isReady = prepare === undefined;
  }

  get isHolding(): boolean {
    return this.held !== undefined;
  }

  pass(one: T): void {
    if (this.isReady) this.take(one);
    else if (this.held) this.held.push(one);
    else this.begin(one);
  }

  private begin(first: T): void {
    this.held = [first];
    void this.prepare!().finally(() => {
      const held = this.held ?? [];
      this.held = undefined;
      this.isReady = true;
      for (const one of held) this.take(one);
      this.released();
    });
  }
}
