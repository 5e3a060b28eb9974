import { Temporal } from 'temporal-polyfill';
import { addMonths } from '../calendar/days.ts';
import { dayOfDate, dayOfInstant, formatDay, startOfDay } from '../calendar/stockholm.ts';
import type { CaseFile, OrderFile } from './case-file.ts';

/*
 * Erasure (gallring, row B10): what is written in a case is erased some years after its last note, five by the Social
 * Services Act (SoL) and the act on support for some persons with disabilities (LSS), and the erasure is done at the latest by
 * the end of the calendar year after that in which the duty arose.
 */

/**
 * Since when a case rests: the last note in it, or the end of what was ordered where that is later. Undefined while an order
 * still runs, and for a case that nothing is known of.
 */
export const restsSince = ({ entries, orders }: Pick<CaseFile, 'entries' | 'orders'>): Temporal.Instant | undefined => {
  const moments = entries.map(({ fact, at }) =>
    fact.recordedtime === undefined ? at : Temporal.Instant.from(fact.recordedtime),
  );
  for (const order of orders.values()) {
    if (order.sent === undefined && order.oral === undefined) continue;
    const end = endOf(order);
    if (end === undefined) return undefined;
    moments.push(end);
  }
  const [first, ...others] = moments;
  return first && others.reduce((last, at) => (Temporal.Instant.compare(at, last) > 0 ? at : last), first);
};

/** When an order was ended, or ends by itself with the last day it was placed for. */
const endOf = ({ ended, sent }: OrderFile): Temporal.Instant | undefined => {
  if (ended !== undefined) return ended.latest;
  const to = sent?.fact.data.period.to;
  return to === undefined ? undefined : startOfDay(dayOfDate(to) + 1);
};

/** From when a case that rests since an instant is to be erased: so many years later, to the day. */
export const erasableFrom = (since: Temporal.Instant, years: number): Temporal.Instant =>
  startOfDay(addMonths(dayOfInstant(since), 12 * years) + 1);

/** The last instant of rest that is long enough ago for erasure at an instant. */
export const restedBefore = (at: Temporal.Instant, years: number): Temporal.Instant =>
  startOfDay(addMonths(dayOfInstant(at), -12 * years));

/** The last day for erasing a case that rests since an instant: 31 December of the year after the one in which it is to be. */
export const eraseBy = (since: Temporal.Instant, years: number): string =>
  `${String(Number(formatDay(dayOfInstant(erasableFrom(since, years))).slice(0, 4)) + 1)}-12-31`;
