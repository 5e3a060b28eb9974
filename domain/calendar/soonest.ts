import { Temporal } from 'temporal-polyfill';

/** The first of some instants, of which each may be missing; nothing where all are. */
export const soonest = (instants: readonly (Temporal.Instant | undefined)[]): Temporal.Instant | undefined =>
  instants
    .filter((instant) => instant !== undefined)
    .toSorted((one, other) => Temporal.Instant.compare(one, other))
    .at(0);
