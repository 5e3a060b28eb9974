import type { Temporal } from 'temporal-polyfill';
import { addMonths, dateOf, dayOfWeek, type EpochDay } from './days.ts';
import { nthWeekdayAfter, weekdayOnOrAfter, isWeekday } from './holidays.ts';
import { clockOf, dayOfInstant, instantAt, localTimeOf, startOfDay } from './stockholm.ts';

export type Unit = 'hours' | 'days' | 'weekdays' | 'weeks' | 'months';

/** A length of time as routines state it. */
export interface Within {
  /** A whole number, 0 or more. */
  readonly amount: number;
  readonly unit: Unit;
}

/**
 * A trigger late in the day counts as one on a later day (row H2: "efter klockan 14:00, som klockan 7:00 nästkommande
 * vardag").
 */
export interface Cutoff {
  /** Local time `HH:MM`. A trigger strictly after it is late. */
  readonly after: string;
  /** What a trigger at that very moment is: `inTime`, which is the default, or `late` ("före klockan 16"). */
  readonly sharp?: 'inTime' | 'late';
  /** Local time `HH:MM`, on the day below, that a late trigger counts as. */
  readonly resume: string;
  /** The day that a late trigger counts as: the next `weekday`, which is the default, or the next `day` of the calendar. */
  readonly resumeOn?: 'weekday' | 'day';
  /**
   * What a trigger on a day that is no weekday counts as: `literal`, the seed's words, by the clock alone as on any day;
   * `defer`, always as late. The default is `literal`.
   */
  readonly nonWeekday?: 'literal' | 'defer';
}

/**
 * A day of a month or of a week, by its number among all days (in a week, Monday is 1) or among the weekdays; one of the
 * two. A number that a month or a week does not reach is its last.
 */
export interface DayOfPeriod {
  readonly day?: number | 'last';
  readonly weekday?: number | 'last';
}

export interface Limit {
  readonly within: Within;
  readonly cutoff?: Cutoff;
  /** A trigger after this day of a month counts as the beginning of the next month. */
  readonly cutoffDay?: number;
  /** With `months` or `weeks`: the day of the month or the week so far away that the limit ends with. */
  readonly endsOn?: DayOfPeriod;
  /** `weekday`: a limit whose last day is no weekday moves to the end of the next one (lag (1930:173) 2 §). */
  readonly roll?: 'weekday';
  /** Local time `HH:MM` on the last day at which the limit passes, instead of at the day's end. Not with `hours`. */
  readonly endsAt?: string;
}

/**
 * The instant at which a limit has passed, exclusive: an act at that very instant is late.
 *
 * `hours` are elapsed time. All other units end with a day in Stockholm: the trigger's own day does not count, the limit
 * is the end of the Nth day, and what is returned is the midnight that ends it, or a time of that day when `endsAt` says so.
 */
export const dueAt = (from: Temporal.Instant, limit: Limit): Temporal.Instant => {
  const { within, cutoff, cutoffDay, endsOn, roll, endsAt } = limit;
  const inDay = cutoff === undefined ? from : afterCutoff(from, cutoff);
  const start = cutoffDay === undefined ? inDay : afterCutoffDay(inDay, cutoffDay);
  if (within.unit !== 'hours') {
    const { day } = localTimeOf(start.epochMilliseconds);
    const last = endsOn === undefined ? lastDay(day, within) : dayOfPeriod(day, within, endsOn);
    return endOf(roll === undefined ? last : weekdayOnOrAfter(last), endsAt);
  }
  const due = start.add({ hours: within.amount });
  if (roll === undefined) return due;
  const last = lastDayBefore(due);
  return isWeekday(last) ? due : endOfDay(nthWeekdayAfter(last, 1));
};

/**
 * The instant at which a limit that is counted backwards has passed, exclusive: what is to be done at least so long before
 * a day can last be done on the Nth day before it, up to that day's end or its time `endsAt`. `hours` are counted from the
 * midnight that begins the day.
 */
export const dueBefore = (day: EpochDay, { within, endsAt }: Pick<Limit, 'within' | 'endsAt'>): Temporal.Instant =>
  within.unit === 'hours' ? startOfDay(day).subtract({ hours: within.amount }) : endOf(daysBefore(day, within), endsAt);

/** The last day on which something is in time, given the instant at which its limit has passed. */
export const lastDayBefore = (due: Temporal.Instant): EpochDay => dayOfInstant(due.subtract({ nanoseconds: 1 }));

/** The instant a length of time before a limit; units other than hours keep the time of day. */
export const timeBefore = (to: Temporal.Instant, { amount, unit }: Within): Temporal.Instant => {
  if (unit === 'hours') return to.subtract({ hours: amount });
  const { day, clock } = localTimeOf(to.epochMilliseconds);
  return instantAt({ day: daysBefore(day, { amount, unit }), clock });
};

/**
 * The instant a length of time after a limit; units other than hours keep the time of day. The midnight that ends a day
 * belongs to that day: one weekday after the end of a Friday is the end of the Monday, not its beginning.
 */
export const timeAfter = (from: Temporal.Instant, { amount, unit }: Within): Temporal.Instant => {
  if (unit === 'hours') return from.add({ hours: amount });
  const { day, clock } = localTimeOf(from.epochMilliseconds);
  if (clock === 0) return endOfDay(lastDay(day - 1, { amount, unit }));
  return instantAt({ day: lastDay(day, { amount, unit }), clock });
};

/** The midnight that ends a day in Stockholm. */
export const endOfDay = (day: EpochDay): Temporal.Instant => startOfDay(day + 1);

const endOf = (day: EpochDay, endsAt: string | undefined): Temporal.Instant =>
  endsAt === undefined ? endOfDay(day) : instantAt({ day, clock: clockOf(endsAt) });

/** When a trigger counts as having happened, given the routine's cutoff in the day. */
const afterCutoff = (from: Temporal.Instant, cutoff: Cutoff): Temporal.Instant => {
  const { day, clock } = localTimeOf(from.epochMilliseconds);
  const limit = clockOf(cutoff.after);
  const isSharp = clock === limit && from.epochNanoseconds % 1_000_000n === 0n;
  const late = isSharp ? cutoff.sharp === 'late' : clock >= limit;
  if (!late && (cutoff.nonWeekday !== 'defer' || isWeekday(day))) return from;
  const resumed = cutoff.resumeOn === 'day' ? day + 1 : nthWeekdayAfter(day, 1);
  return instantAt({ day: resumed, clock: clockOf(cutoff.resume) });
};

/** When a trigger counts as having happened, given the routine's cutoff in the month. */
const afterCutoffDay = (from: Temporal.Instant, cutoffDay: number): Temporal.Instant => {
  const today = dayOfInstant(from);
  const { day } = dateOf(today);
  return day <= cutoffDay ? from : startOfDay(firstOfMonth(today, 1));
};

/** A day of the month or the week that lies `amount` of them after the one that a day is in. */
const dayOfPeriod = (from: EpochDay, { amount, unit }: Within, { day, weekday }: DayOfPeriod): EpochDay => {
  const [first, next] = periodFrom(from, amount, unit);
  if (weekday === undefined) return day === undefined || day === 'last' ? next - 1 : Math.min(first + day, next) - 1;
  const nth = weekday === 'last' ? next : nthWeekdayAfter(first - 1, weekday);
  return nth < next ? nth : daysBefore(next, { amount: 1, unit: 'weekdays' });
};

/** The first day of the month or the week that lies `amount` of them on, and the first of the one after it. */
const periodFrom = (from: EpochDay, amount: number, unit: Unit): readonly [EpochDay, EpochDay] => {
  switch (unit) {
    case 'months':
      return [firstOfMonth(from, amount), firstOfMonth(from, amount + 1)];
    case 'weeks': {
      const first = from - dayOfWeek(from) + 1 + 7 * amount;
      return [first, first + 7];
    }
    case 'hours':
    case 'days':
    case 'weekdays':
      throw new TypeError(`a limit in ${unit} does not lead to a day of a month or a week`);
  }
};

const firstOfMonth = (from: EpochDay, monthsOn: number): EpochDay => addMonths(from - dateOf(from).day + 1, monthsOn);

const lastDay = (day: EpochDay, { amount, unit }: Within): EpochDay => {
  switch (unit) {
    case 'days':
      return day + amount;
    case 'weeks':
      return day + 7 * amount;
    case 'weekdays':
      return nthWeekdayAfter(day, amount);
    case 'months':
      return addMonths(day, amount);
    case 'hours':
      throw new TypeError('hours do not end with a day');
  }
};

const daysBefore = (day: EpochDay, { amount, unit }: Within): EpochDay => {
  switch (unit) {
    case 'days':
      return day - amount;
    case 'weeks':
      return day - 7 * amount;
    case 'months':
      return addMonths(day, -amount);
    case 'weekdays': {
      let target = day;
      for (let left = amount; left > 0;) {
        target -= 1;
        if (isWeekday(target)) left -= 1;
      }
      return target;
    }
    case 'hours':
      throw new TypeError('hours are not counted in days');
  }
};
