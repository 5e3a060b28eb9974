import { DayOfWeek, Instant, ZoneId, ZonedDateTime } from '@js-joda/core';
import '@js-joda/timezone';
import { addDays, format, isWeekend, startOfDay } from 'date-fns';
import { fromZonedTime, toZonedTime } from 'date-fns-tz';
import { DateTime } from 'luxon';
import type { Contender } from './contender.ts';

/*
 * Each library as its documentation suggests, by its own instants. None of them knows Swedish holidays: all are given the
 * same ones, ready in a set, by the kind of key that is cheapest to them.
 */

const ZONE = 'Europe/Stockholm';

/** The public holidays and the eves that count as such, as dates (`2026-12-24`) and as days since the epoch. */
export interface Free {
  readonly dates: ReadonlySet<string>;
  readonly epochDays: ReadonlySet<number>;
}

export const peers = (free: Free): Contender[] => [jsJoda(free), luxon(free), dateFns(free)];

const jsJoda = ({ epochDays }: Free): Contender => {
  const zone = ZoneId.of(ZONE);
  const due = (from: Instant, weekdays: number): Instant => {
    let day = ZonedDateTime.ofInstant(from, zone).toLocalDate();
    for (let left = weekdays; left > 0;) {
      day = day.plusDays(1);
      const weekday = day.dayOfWeek();
      if (weekday !== DayOfWeek.SATURDAY && weekday !== DayOfWeek.SUNDAY && !epochDays.has(day.toEpochDay())) left -= 1;
    }
    return day.plusDays(1).atStartOfDay(zone).toInstant();
  };
  return {
    name: 'js-joda, a loop',
    answer: (epochMs, weekdays) => due(Instant.ofEpochMilli(epochMs), weekdays).toEpochMilli(),
    prepare: (epochMs, weekdays) => {
      const instants = epochMs.map((ms) => Instant.ofEpochMilli(ms));
      return () => {
        let last: Instant | undefined;
        for (const from of instants) last = due(from, weekdays);
        return last;
      };
    },
  };
};

const luxon = ({ dates }: Free): Contender => {
  const due = (from: DateTime, weekdays: number): DateTime => {
    let day = from.setZone(ZONE).startOf('day');
    for (let left = weekdays; left > 0;) {
      day = day.plus({ days: 1 });
      if (day.weekday < 6 && !dates.has(day.toISODate() ?? '')) left -= 1;
    }
    return day.plus({ days: 1 }).startOf('day');
  };
  return {
    name: 'luxon, a loop',
    answer: (epochMs, weekdays) => due(DateTime.fromMillis(epochMs), weekdays).toMillis(),
    prepare: (epochMs, weekdays) => {
      const instants = epochMs.map((ms) => DateTime.fromMillis(ms));
      return () => {
        let last: DateTime | undefined;
        for (const from of instants) last = due(from, weekdays);
        return last;
      };
    },
  };
};

const dateFns = ({ dates }: Free): Contender => {
  const due = (from: Date, weekdays: number): Date => {
    let day = startOfDay(toZonedTime(from, ZONE));
    for (let left = weekdays; left > 0;) {
      day = addDays(day, 1);
      if (!isWeekend(day) && !dates.has(format(day, 'yyyy-MM-dd'))) left -= 1;
    }
    return fromZonedTime(addDays(day, 1), ZONE);
  };
  return {
    name: 'date-fns + date-fns-tz, a loop',
    answer: (epochMs, weekdays) => due(new Date(epochMs), weekdays).getTime(),
    prepare: (epochMs, weekdays) => {
      const instants = epochMs.map((ms) => new Date(ms));
      return () => {
        let last: Date | undefined;
        for (const from of instants) last = due(from, weekdays);
        return last;
      };
    },
  };
};
