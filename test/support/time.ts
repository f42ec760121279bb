import { performance } from 'node:perf_hooks';

/** Milliseconds since 1970 on a clock that does not jump; comparable within one process. */
export const now = (): number => performance.timeOrigin + performance.now();

export const pause = (ms = 0): Promise<void> | undefined =>
  ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : undefined;
