import { setTimeout as delay } from 'node:timers/promises';
import { ToolError } from '../tools/define-tool';

/** A drill: what is to go wrong with tool calls, so that alerts can be rehearsed. */
export interface Fault {
  /** Milliseconds by which each call is delayed; 0: none. */
  readonly slowMillis: number;
  /** Share of calls, 0 to 1, that fail as `internal`. */
  readonly errorShare: number;
}

/**
 * What is to be done before each tool call.
 *
 * @returns undefined where no fault is set, so that calls pay nothing
 */
export function createFault(
  { slowMillis, errorShare }: Fault,
  random: () => number = Math.random,
): ((signal: AbortSignal) => Promise<void>) | undefined {
  if (slowMillis === 0 && errorShare === 0) return undefined;
  return async (signal) => {
    // A cancelled call ends its wait at once; nobody reads its answer.
    if (slowMillis > 0) await delay(slowMillis, undefined, { signal }).catch(() => undefined);
    if (random() < errorShare) {
      throw new ToolError('internal', 'An internal error, made by --fault: a drill, not a fault');
    }
  };
}

/** What is said of it at the start: a drill must not be taken for the real thing. */
export function faultWarning({ slowMillis, errorShare }: Fault): string {
  return `--fault is on: each tool call is slowed by ${slowMillis} ms, a share of ${errorShare} fails`;
}
