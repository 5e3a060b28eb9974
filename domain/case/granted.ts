import { epochDayOf, daysInMonth, type EpochDay } from '../calendar/days.ts';
import { dayOfDate } from '../calendar/stockholm.ts';
import { isA, type OrderFile } from './case-file.ts';
import { periodOf, type Period } from './periods.ts';

/** A month's granted time (row S9). */
export interface GrantedMonth {
  /** `YYYY-MM`. */
  readonly month: string;
  /** Days of the month on which the order runs and is not paused. */
  readonly activeDays: number;
  readonly days: number;
  /** The granted minutes of a whole month, reduced to the active days; half a minute is rounded up. */
  readonly minutes: number;
}

/**
 * The granted time of an order in a month: the hours per month of the order, pro-rated by its active days. A pause takes
 * away its days from `from` until the day before the service resumes, or up to its known last day (rows S8, S9).
 *
 * @returns `undefined` for an order that grants no hours per month
 */
export const grantedIn = (order: OrderFile, year: number, month: number): GrantedMonth | undefined => {
  const hours = order.sent?.fact.data.hours;
  if (order.sent === undefined || hours === undefined) return undefined;
  const first = epochDayOf(year, month, 1);
  const days = daysInMonth(year, month);
  const paused = pausesOf(order);
  const period = periodOf(order);
  let activeDays = 0;
  for (let day = first; day < first + days; day += 1)
    if (period && isWithin(period, day) && !paused.some(({ from, to }) => day >= from && day <= to)) activeDays += 1;
  return {
    month: `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`,
    activeDays,
    days,
    minutes: Math.round((hours.perMonth * 60 * activeDays) / days),
  };
};

interface Pause {
  readonly from: EpochDay;
  /** The last day of the pause; without an end it goes on. */
  readonly to: EpochDay;
}

const isWithin = ({ from, to }: Period, day: EpochDay): boolean => day >= from && (to === undefined || day <= to);

/**
 * The pauses of an order. A resumption ends the pause that began before it, whatever end was known; but one that comes after
 * a later pause began is of that one, and leaves an earlier pause the end that was known of it.
 */
const pausesOf = ({ entries }: OrderFile): Pause[] => {
  const resumed = entries.flatMap((entry) => (isA(entry, 'service.resumed') ? dayOfDate(entry.fact.data.on) : []));
  // Told again from the same day, it is the same pause, with what is known of its end by now.
  const told = entries.flatMap((entry) => (isA(entry, 'service.paused') ? entry.fact.data : []));
  const paused = [...new Map(told.map((pause) => [pause.from, pause])).values()];
  const begun = paused.map(({ from }) => dayOfDate(from));
  return paused.map((pause) => {
    const from = dayOfDate(pause.from);
    const known = pause.to === undefined ? Infinity : dayOfDate(pause.to);
    const next = Math.min(...begun.filter((day) => day > known));
    const ends = resumed.filter((day) => day > from && day <= next);
    return { from, to: ends.length > 0 ? Math.min(...ends) - 1 : known };
  });
};
