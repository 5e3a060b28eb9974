import type { Temporal } from 'temporal-polyfill';
import { dayOfWeek, type EpochDay } from '../../../domain/calendar/days.ts';
import { isWeekday } from '../../../domain/calendar/holidays.ts';
import type { Unit } from '../../../domain/calendar/limit.ts';
import { dayOfDate, localTimeOf, MS_PER_HOUR } from '../../../domain/calendar/stockholm.ts';
import { sayClock, sayDay, sayDayOfWeek, sayWithin, yearAt } from '../../../domain/calendar/swedish.ts';

/*
 * Times close by as people say them, for pages that are read now.
 */

/**
 * How much is left of a limit in the unit that its rule counts in, or how long ago it passed: "15 timmar", "4 vardagar",
 * "i morgon". Long times are told in larger units, short ones in smaller.
 */
export const sayLeft = (now: Temporal.Instant, due: Temporal.Instant, unit: Unit): string => {
  const ms = due.epochMilliseconds - now.epochMilliseconds;
  if (ms <= 0 || (unit === 'hours' && ms <= 72 * MS_PER_HOUR)) return sayElapsed(Math.abs(ms));
  const today = localTimeOf(now.epochMilliseconds).day;
  const last = localTimeOf(due.epochMilliseconds - 1).day;
  if (last === today) return 'i dag';
  if (last === today + 1) return 'i morgon';
  if (last - today > 60) return sayWithin({ amount: Math.round((last - today) / 30), unit: 'months' });
  if (unit !== 'weekdays') return sayWithin({ amount: last - today, unit: 'days' });
  let weekdays = 0;
  for (let day = today + 1; day <= last; day += 1) if (isWeekday(day)) weekdays += 1;
  return sayWithin({ amount: weekdays, unit: 'weekdays' });
};

/** "40 minuter", "15 timmar", "3 dagar". */
const sayElapsed = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'under en minut';
  if (minutes < 60) return `${String(minutes)} ${minutes === 1 ? 'minut' : 'minuter'}`;
  const hours = Math.floor(ms / MS_PER_HOUR);
  return hours <= 72
    ? sayWithin({ amount: hours, unit: 'hours' })
    : sayWithin({ amount: Math.floor(hours / 24), unit: 'days' });
};

/** "i dag 14:05", "i går 09:00", "i morgon 07:00", and else the day by its name. */
export const sayNear = (instant: Temporal.Instant, now: Temporal.Instant): string => {
  const { day, clock } = localTimeOf(instant.epochMilliseconds);
  return `${sayNearDay(day, now)} ${sayClock(clock)}`;
};

/** A limit as it is said close to it: "i dag", "i morgon 07:00", "tisdag 22 december". */
export const sayNearLimit = (due: Temporal.Instant, now: Temporal.Instant): string => {
  const { day, clock } = localTimeOf(due.epochMilliseconds);
  return clock === 0 ? sayNearDay(day - 1, now) : `${sayNearDay(day, now)} ${sayClock(clock)}`;
};

/** "tisdag 1 december–söndag 31 januari 2027", "från tisdag 1 december och tills vidare". */
export const sayPeriod = (
  { from, to }: { readonly from: string; readonly to?: string | undefined },
  readersYear: number,
): string => {
  const day = (date: string): string => sayDay(dayOfDate(date), readersYear);
  return to === undefined ? `från ${day(from)} och tills vidare` : `${day(from)}–${day(to)}`;
};

const NEAR: Readonly<Record<number, string>> = { [-1]: 'i går', 0: 'i dag', 1: 'i morgon' };

/** "i dag", "i går", "i morgon"; "i söndags" within the last week; else the day by its name. */
export const sayNearDay = (day: EpochDay, now: Temporal.Instant): string => {
  const away = day - localTimeOf(now.epochMilliseconds).day;
  return NEAR[away] ?? (away < 0 && away > -7 ? `i ${sayDayOfWeek(dayOfWeek(day))}s` : sayDay(day, yearAt(now)));
};
