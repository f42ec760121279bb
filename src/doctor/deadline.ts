import type { Cause } from '../telemetry/remedies';
import { Obstacle } from './obstacle';

/** The time that all checks have together; what takes longer is an obstacle. */
export class Deadline {
  private readonly end: number;

  constructor(private readonly millis: number) {
    this.end = performance.now() + millis;
  }

  get left(): number {
    return Math.max(0, this.end - performance.now());
  }

  /** @param cause of the obstacle, where the time runs out */
  async within<T>(work: Promise<T>, cause: Cause): Promise<T> {
    let timer: NodeJS.Timeout;
    const late = new Promise<never>((_, reject) => {
      const message = `no answer within ${this.millis / 1000} s`;
      timer = setTimeout(() => reject(new Obstacle(message, cause)), this.left);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
  }
}
