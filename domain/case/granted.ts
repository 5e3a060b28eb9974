import { epochDayOf, daysInMonth, type EpochDay } from '../calendar/days.ts';
import { dayOfDate } from '../calendar/stockholm.ts';
import { isA, type OrderFile } from './case-file.ts';

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
  let activeDays = 0;
  for (let day = first; day < first + days; day += 1)
    if (runsOn(order, day) && !paused.some(({ from, to }) => day >= from && day <= to)) activeDays += 1;
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

/** The pauses of an order. A resumption ends the pause that began before it, whatever end was known. */
const pausesOf = ({ entries }: OrderFile): Pause[] => {
  const resumed = entries.flatMap((entry) => (isA(entry, 'service.resumed') ? dayOfDate(entry.fact.data.on) : []));
  return entries.flatMap((entry) => {
    if (!isA(entry, 'service.paused')) return [];
    const from = dayOfDate(entry.fact.data.from);
    const ends = resumed.filter((day) => day > from).map((day) => day - 1);
    if (ends.length > 0) return { from, to: Math.min(...ends) };
    return { from, to: entry.fact.data.to === undefined ? Infinity : dayOfDate(entry.fact.data.to) };
  });
};

/** Whether an order runs on a day: within its period, and not recalled, replaced or ended. */
const runsOn = ({ sent, ended }: OrderFile, day: EpochDay): boolean => {
  if (sent === undefined || ended?.name === 'order.recalled' || ended?.name === 'order.sent') return false;
  const { from, to } = sent.fact.data.period;
  if (day < dayOfDate(from) || (to !== undefined && day > dayOfDate(to))) return false;
  return ended?.fact.type !== 'se.frist.service.ended.v1' || day <= dayOfDate(ended.fact.data.on);
};
