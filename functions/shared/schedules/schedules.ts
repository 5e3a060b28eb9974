import type { Temporal } from 'temporal-polyfill';

/** Messages that come at a given time. They are only ever created: never moved, never taken back. */
export interface Schedules {
  /**
   * Has a message put in the function's queue at a whole minute. A schedule of that name that exists already is success.
   *
   * @returns whether it is new
   * @param name at most 64 letters, digits, `-`, `_` and `.`, the same for the same message at the same time
   */
  readonly create: (name: string, at: Temporal.Instant, message: object) => Promise<boolean>;
}
