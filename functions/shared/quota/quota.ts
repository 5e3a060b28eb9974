import type { Temporal } from 'temporal-polyfill';

export type Taken =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** Whole seconds until there is room again, 1 to 60. */
      readonly retryAfter: number;
    };

/** How much of something is let through in a minute of the clock, counted for each key by itself. */
export interface Quota {
  /** Takes one of the minute's `most`; nothing is taken when they are used up. */
  readonly take: (key: string, most: number, now: Temporal.Instant) => Promise<Taken>;
}

/** The minute that an instant lies in, counted from the epoch. */
export const minuteOf = (now: Temporal.Instant): number => Math.floor(now.epochMilliseconds / MS_PER_MINUTE);

/** The refusal of somebody who comes at an instant: the next minute begins anew. */
export const refusedUntilNextMinute = (now: Temporal.Instant): Taken => ({
  ok: false,
  retryAfter: Math.ceil(((minuteOf(now) + 1) * MS_PER_MINUTE - now.epochMilliseconds) / 1000),
});

const MS_PER_MINUTE = 60_000;
