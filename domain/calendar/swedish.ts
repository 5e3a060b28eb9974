import type { Temporal } from 'temporal-polyfill';
import type { Unit, Within } from './limit.ts';
import { dateOf, dayOfWeek, type EpochDay } from './days.ts';
import { isWeekday } from './holidays.ts';
import { MS_PER_HOUR, localTimeOf } from './stockholm.ts';

/*
 * Times as people say them in Swedish.
 */

const WEEKDAYS = ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'];
const MONTHS = [
  'januari',
  'februari',
  'mars',
  'april',
  'maj',
  'juni',
  'juli',
  'augusti',
  'september',
  'oktober',
  'november',
  'december',
];

/** "december": January is 1. */
export const sayMonth = (number: number): string => MONTHS[number - 1] ?? '';

/** "tisdag 22 december", with the year when it is not the one the reader is in. */
export const sayDay = (day: EpochDay, readersYear?: number): string => {
  const { year, month, day: number } = dateOf(day);
  const name = `${WEEKDAYS[dayOfWeek(day) - 1] ?? ''} ${String(number)} ${MONTHS[month - 1] ?? ''}`;
  return year === readersYear ? name : `${name} ${String(year)}`;
};

/** "14:05". */
export const sayClock = (clock: number): string => {
  const minutes = Math.floor(clock / 60_000);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

/** "tisdag 22 december 14:05". */
export const sayInstant = (instant: Temporal.Instant, readersYear?: number): string => {
  const { day, clock } = localTimeOf(instant.epochMilliseconds);
  return `${sayDay(day, readersYear)} ${sayClock(clock)}`;
};

/**
 * A limit: "tisdag 22 december" when it ends with the day, else with the time of day. The midnight that ends a day belongs
 * to that day.
 */
export const sayLimit = (due: Temporal.Instant, readersYear?: number): string => {
  const { day, clock } = localTimeOf(due.epochMilliseconds);
  return clock === 0 ? sayDay(day - 1, readersYear) : `${sayDay(day, readersYear)} ${sayClock(clock)}`;
};

/** The year in Stockholm at an instant. */
export const yearAt = (instant: Temporal.Instant): number => dateOf(localTimeOf(instant.epochMilliseconds).day).year;

const ORDINALS = ['första', 'andra', 'tredje', 'fjärde', 'femte', 'sjätte', 'sjunde', 'åttonde', 'nionde', 'tionde'];

/** "andra", and from the eleventh on "11:e". */
export const sayOrdinal = (number: number): string =>
  ORDINALS[number - 1] ?? `${String(number)}:${[1, 2].includes(number % 10) && number > 12 ? 'a' : 'e'}`;

/** The name of a day of the week: Monday is 1. */
export const sayDayOfWeek = (number: number): string => WEEKDAYS[number - 1] ?? '';

const UNITS: Readonly<Record<Unit, readonly [one: string, many: string]>> = {
  hours: ['timme', 'timmar'],
  days: ['dag', 'dagar'],
  weekdays: ['vardag', 'vardagar'],
  weeks: ['vecka', 'veckor'],
  months: ['månad', 'månader'],
};

/** "15 vardagar". */
export const sayWithin = ({ amount, unit }: Within): string => `${String(amount)} ${UNITS[unit][amount === 1 ? 0 : 1]}`;

/** The time between two instants in its two largest units: "1 dag 14 timmar", "3 timmar 5 minuter", "under en minut". */
export const sayDuration = (from: Temporal.Instant, to: Temporal.Instant): string => {
  const ms = Math.abs(to.epochMilliseconds - from.epochMilliseconds);
  const minutes = Math.floor(ms / 60_000);
  const hours = Math.floor(ms / MS_PER_HOUR);
  const days = Math.floor(hours / 24);
  const parts =
    days > 0
      ? [part(days, 'dag', 'dagar'), part(hours % 24, 'timme', 'timmar')]
      : [part(hours, 'timme', 'timmar'), part(minutes % 60, 'minut', 'minuter')];
  return parts.filter((text) => text !== '').join(' ') || 'under en minut';
};

const part = (amount: number, one: string, many: string): string =>
  amount === 0 ? '' : `${String(amount)} ${amount === 1 ? one : many}`;

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
  if (minutes < 60) return part(minutes, 'minut', 'minuter');
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

const NEAR: Readonly<Record<number, string>> = { [-1]: 'i går', 0: 'i dag', 1: 'i morgon' };

/** "i dag", "i går", "i morgon"; "i söndags" within the last week; else the day by its name. */
export const sayNearDay = (day: EpochDay, now: Temporal.Instant): string => {
  const away = day - localTimeOf(now.epochMilliseconds).day;
  return NEAR[away] ?? (away < 0 && away > -7 ? `i ${sayDayOfWeek(dayOfWeek(day))}s` : sayDay(day, yearAt(now)));
};
