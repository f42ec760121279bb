/** A moment on both clocks: the wall's, for when it was, the monotonic one's, for how long it took. */
export interface Moment {
  /** Milliseconds since the epoch, with a fraction. */
  readonly wall: number;
  /** Milliseconds since some fixed point. */
  readonly monotonic: number;
}

export interface Clock {
  now(): Moment;
  /** Milliseconds since `from`, never negative. */
  since(from: Moment): number;
}

interface ClockSources {
  readonly wall: () => number;
  readonly monotonic: () => number;
}

const systemClocks: ClockSources = { wall: () => Date.now(), monotonic: () => performance.now() };

/** A wall clock that has moved further than this against the monotonic one has been set. */
const JUMP_MILLIS = 20;

/**
 * A wall clock finer than a millisecond: the monotonic clock, anchored to the wall's and anchored
 * anew when that was set or the machine slept. Durations come from the monotonic clock alone, so an
 * end is never before its start, whatever the wall clock does.
 */
export function createClock(sources: ClockSources = systemClocks): Clock {
  let offset = sources.wall() - sources.monotonic();
  return {
    now() {
      const monotonic = sources.monotonic();
      const wall = sources.wall();
      if (Math.abs(wall - (monotonic + offset)) > JUMP_MILLIS) offset = wall - monotonic;
      return { wall: monotonic + offset, monotonic };
    },
    since(from) {
      return Math.max(0, sources.monotonic() - from.monotonic);
    },
  };
}
