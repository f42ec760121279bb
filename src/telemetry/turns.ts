/**
 * Runs what is to be done in its order, one thing a turn: between two of them exports go on, or all
 * would be encoded before one is sent.
 */
export class Turns {
  private readonly tasks: (() => void)[] = [];

  add(task: () => void): void {
    if (this.tasks.push(task) === 1) setImmediate(this.next);
  }

  private readonly next = (): void => {
    this.tasks[0]!();
    this.tasks.shift();
    if (this.tasks.length > 0) setImmediate(this.next);
  };
}
