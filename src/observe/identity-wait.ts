/** After the first operation, for a server that does not say who it is. */
const AFTER_OPERATION_MILLIS = 5_000;
/** In all: a server that is being installed, or hangs, is to be seen too. */
const AT_MOST_MILLIS = 30_000;

/** Waits until it is known whose telemetry it is, or will not be. */
export class IdentityWait {
  private readonly timers: NodeJS.Timeout[] = [];
  private isOver = false;
  private hasOperation = false;

  /** @param giveUp called once, unless `done` comes before */
  constructor(private readonly giveUp: () => void) {
    this.giveUpAfter(AT_MOST_MILLIS);
  }

  /** An operation has ended, and there is something to send. */
  operationEnded(): void {
    if (this.isOver || this.hasOperation) return;
    this.hasOperation = true;
    this.giveUpAfter(AFTER_OPERATION_MILLIS);
  }

  done(): void {
    this.isOver = true;
    this.timers.forEach(clearTimeout);
  }

  private giveUpAfter(millis: number): void {
    const over = () => {
      this.done();
      this.giveUp();
    };
    this.timers.push(setTimeout(over, millis).unref());
  }
}
