import { Temporal } from 'temporal-polyfill';
import { addMonths, type EpochDay } from './days.ts';
import { nthWeekdayAfter, weekdayOnOrAfter, isWeekday } from './holidays.ts';
import { MS_PER_HOUR, dayOfInstant, epochMsAt, localTimeOf, startOfDay } from './stockholm.ts';

export type Unit = 'hours' | 'days' | 'weekdays' | 'weeks' | 'months';

/** A length of time as routines state it. */
export interface Within {
  /** A whole number, 0 or more. */
  readonly amount: number;
  readonly unit: Unit;
}

/**
 * A trigger late in the day counts as one the next weekday (row H2: "efter klockan 14:00, som klockan 7:00 nästkommande
 * vardag").
 */
export interface Cutoff {
  /** Local time `HH:MM`. A trigger strictly after it is late; one at that very moment is not. */
  readonly after: string;
  /** Local time `HH:MM` on the next weekday that a late trigger counts as. */
  readonly resume: string;
  /**
   * What a trigger on a day that is no weekday counts as: `literal`, the seed's words, by the clock alone as on any day;
   * `defer`, always as the next weekday's `resume`. The default is `literal`.
   */
  readonly nonWeekday?: 'literal' | 'defer';
}

export interface Limit {
  readonly within: Within;
  readonly cutoff?: Cutoff;
  /** `weekday`: a limit whose last day is no weekday moves to the end of the next one (lag (1930:173) 2 §). */
  readonly roll?: 'weekday';
}

/**
 * The instant at which a limit has passed, exclusive: an act at that very instant is late.
 *
 * `hours` are elapsed time. All other units end with a day in Stockholm: the trigger's own day does not count, the limit
 * is the end of the Nth day, and what is returned is the midnight that ends it.
 */
export const dueAt = (from: Temporal.Instant, limit: Limit): Temporal.Instant => {
  const { within, cutoff, roll } = limit;
  const start = cutoff === undefined ? from : afterCutoff(from, cutoff);
  if (within.unit !== 'hours') {
    const last = lastDay(localTimeOf(start.epochMilliseconds).day, within);
    return endOfDay(roll === undefined ? last : weekdayOnOrAfter(last));
  }
  const due = start.add({ hours: within.amount });
  if (roll === undefined) return due;
  // The last moment within the limit lies just before `due`.
  const last = dayOfInstant(due.subtract({ nanoseconds: 1 }));
  return isWeekday(last) ? due : endOfDay(nthWeekdayAfter(last, 1));
};

/** The instant a length of time before a limit; units other than hours keep the time of day. */
export const timeBefore = (to: Temporal.Instant, { amount, unit }: Within): Temporal.Instant => {
  if (unit === 'hours') return to.subtract({ hours: amount });
  const { day, clock } = localTimeOf(to.epochMilliseconds);
  return Temporal.Instant.fromEpochMilliseconds(epochMsAt(daysBefore(day, { amount, unit }), clock));
};

/**
 * The instant a length of time after a limit; units other than hours keep the time of day. The midnight that ends a day
 * belongs to that day: one weekday after the end of a Friday is the end of the Monday, not its beginning.
 */
export const timeAfter = (from: Temporal.Instant, { amount, unit }: Within): Temporal.Instant => {
  if (unit === 'hours') return from.add({ hours: amount });
  const { day, clock } = localTimeOf(from.epochMilliseconds);
  if (clock === 0) return endOfDay(lastDay(day - 1, { amount, unit }));
  return Temporal.Instant.fromEpochMilliseconds(epochMsAt(lastDay(day, { amount, unit }), clock));
};

/** The midnight that ends a day in Stockholm. */
export const endOfDay = (day: EpochDay): Temporal.Instant => startOfDay(day + 1);

/** When a trigger counts as having happened, given the routine's cutoff. */
export const afterCutoff = (from: Temporal.Instant, cutoff: Cutoff): Temporal.Instant => {
  const ms = from.epochMilliseconds;
  const { day, clock } = localTimeOf(ms);
  const limit = clockOf(cutoff.after);
  const late = clock > limit || (clock === limit && from.epochNanoseconds % 1_000_000n !== 0n);
  if (!late && (cutoff.nonWeekday !== 'defer' || isWeekday(day))) return from;
  return Temporal.Instant.fromEpochMilliseconds(epochMsAt(nthWeekdayAfter(day, 1), clockOf(cutoff.resume)));
};

/** Milliseconds after midnight of a time written `HH:MM`. */
const clockOf = (time: string): number => (Number(time.slice(0, 2)) + Number(time.slice(3, 5)) / 60) * MS_PER_HOUR;

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
