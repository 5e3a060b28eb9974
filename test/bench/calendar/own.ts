import { Temporal } from 'temporal-polyfill';
import { isWeekday } from '../../../domain/calendar/holidays.ts';
import { dueAt, type Limit } from '../../../domain/calendar/limit.ts';
import { ZONE } from '../../../domain/calendar/stockholm.ts';
import type { Contender } from './contender.ts';

/** What Frist does. */
export const frist: Contender = {
  name: 'Frist: dueAt',
  answer: (epochMs, weekdays) => dueAt(instantOf(epochMs), limitOf(weekdays)).epochMilliseconds,
  prepare: (epochMs, weekdays) => {
    const instants = epochMs.map(instantOf);
    const limit = limitOf(weekdays);
    return () => {
      let due: Temporal.Instant | undefined;
      for (const from of instants) due = dueAt(from, limit);
      return due;
    };
  },
};

const instantOf = (epochMs: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(epochMs);

const limitOf = (amount: number): Limit => ({ within: { amount, unit: 'weekdays' } });

/** Temporal as its documentation suggests: a day at a time, asking each whether it counts. */
export const temporalLoop = (isFree: (date: string) => boolean): Contender => {
  const due = (from: Temporal.Instant, weekdays: number): Temporal.Instant => {
    let day = from.toZonedDateTimeISO(ZONE).toPlainDate();
    for (let left = weekdays; left > 0;) {
      day = day.add({ days: 1 });
      if (day.dayOfWeek < 6 && !isFree(day.toString())) left -= 1;
    }
    return day.add({ days: 1 }).toZonedDateTime(ZONE).toInstant();
  };
  return {
    name: 'temporal-polyfill, a loop',
    answer: (epochMs, weekdays) => due(instantOf(epochMs), weekdays).epochMilliseconds,
    prepare: (epochMs, weekdays) => {
      const instants = epochMs.map(instantOf);
      return () => {
        let last: Temporal.Instant | undefined;
        for (const from of instants) last = due(from, weekdays);
        return last;
      };
    },
  };
};

/**
 * As fast as we know how, for 1990–2104 and nothing else: every midnight and the end of every weekday in tables made
 * beforehand, the answers ready as instants. No rule of a calendar is left in it.
 */
export const handTunedTable = (): Contender => {
  const firstDay = Temporal.PlainDate.from('1989-12-31');
  const days = firstDay.until('2105-01-01').days;
  const midnights = new Float64Array(days + 1);
  /** For each day, how many weekdays lie up to and including it. */
  const upTo = new Int32Array(days + 1);
  const ends: Temporal.Instant[] = [];
  for (let index = 0; index <= days; index += 1) {
    const date = firstDay.add({ days: index });
    midnights[index] = date.toZonedDateTime(ZONE).epochMilliseconds;
    if (isWeekday(EPOCH.until(date).days)) ends.push(date.add({ days: 1 }).toZonedDateTime(ZONE).toInstant());
    upTo[index] = ends.length;
  }
  const first = midnights[0] ?? 0;
  const due = (from: Temporal.Instant, weekdays: number): Temporal.Instant => {
    const ms = from.epochMilliseconds;
    // A summer's midnight is an hour before the winter's, so a day too few is at most one.
    let index = Math.floor((ms - first) / 86_400_000);
    if (ms >= (midnights[index + 1] ?? 0)) index += 1;
    return ends[(upTo[index] ?? 0) + weekdays - 1] as Temporal.Instant;
  };
  return {
    name: 'a hand-tuned table',
    answer: (epochMs, weekdays) => due(instantOf(epochMs), weekdays).epochMilliseconds,
    prepare: (epochMs, weekdays) => {
      const instants = epochMs.map(instantOf);
      return () => {
        let last: Temporal.Instant | undefined;
        for (const from of instants) last = due(from, weekdays);
        return last;
      };
    },
  };
};

const EPOCH = Temporal.PlainDate.from('1970-01-01');
