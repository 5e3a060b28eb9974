import type { Temporal } from 'temporal-polyfill';

/** The first whole minute at or after an instant: EventBridge Scheduler knows no finer time. */
export const minuteAtOrAfter = (instant: Temporal.Instant): Temporal.Instant =>
  instant.round({ smallestUnit: 'minute', roundingMode: 'ceil' });

/** An instant to the minute, as it stands in a schedule's name: `20261224T2300`. */
export const minuteName = (instant: Temporal.Instant): string =>
  instant.toString({ smallestUnit: 'minute' }).replaceAll(/[-:Z]/gu, '');
