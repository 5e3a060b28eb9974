import { Temporal } from 'temporal-polyfill';

/** An instant in a key: milliseconds since 1970 in as many digits as any has, so that text sorts as time does. */
export const sortable = (instant: Temporal.Instant | string): string =>
  String(Math.max(0, Temporal.Instant.from(instant).epochMilliseconds)).padStart(15, '0');
