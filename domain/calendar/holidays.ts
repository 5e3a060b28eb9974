import { dayOfWeek, epochDayOf, yearOf, type EpochDay } from './days.ts';

/** `public`: a Sunday-like day by lag (1989:253) om allmänna helgdagar. `eve`: an eve on which offices are closed too. */
export type HolidayKind = 'public' | 'eve';

export interface Holiday {
  readonly day: EpochDay;
  readonly name: string;
  readonly kind: HolidayKind;
}

/**
 * The Swedish holidays of a year, in order of date. Computed for any year of the Gregorian calendar, with the changes of
 * law that moved a day: första maj is a holiday since 1939, midsommardagen and alla helgons dag lie on a Saturday since
 * 1953 (before that 24 June and the first Sunday of November), annandag pingst was one until 2004 and Sveriges
 * nationaldag is one since 2005. Sundays are not listed unless they have a name, nor is Marie bebådelsedag (25 March),
 * which was a holiday of its own until 1952.
 */
export const holidaysOf = (year: number): readonly Holiday[] => {
  const easter = easterOf(year);
  const midsummer = year >= 1953 ? onOrAfter(SATURDAY, year, 6, 20) : epochDayOf(year, 6, 24);
  return [
    holiday(epochDayOf(year, 1, 1), 'nyårsdagen'),
    holiday(epochDayOf(year, 1, 6), 'trettondedag jul'),
    holiday(easter - 2, 'långfredagen'),
    holiday(easter, 'påskdagen'),
    holiday(easter + 1, 'annandag påsk'),
    ...(year >= 1939 ? [holiday(epochDayOf(year, 5, 1), 'första maj')] : []),
    holiday(easter + 39, 'Kristi himmelsfärdsdag'),
    holiday(easter + 49, 'pingstdagen'),
    year >= 2005 ? holiday(epochDayOf(year, 6, 6), 'Sveriges nationaldag') : holiday(easter + 50, 'annandag pingst'),
    holiday(midsummer - 1, 'midsommarafton', 'eve'),
    holiday(midsummer, 'midsommardagen'),
    holiday(year >= 1953 ? onOrAfter(SATURDAY, year, 10, 31) : onOrAfter(SUNDAY, year, 11, 1), 'alla helgons dag'),
    holiday(epochDayOf(year, 12, 24), 'julafton', 'eve'),
    holiday(epochDayOf(year, 12, 25), 'juldagen'),
    holiday(epochDayOf(year, 12, 26), 'annandag jul'),
    holiday(epochDayOf(year, 12, 31), 'nyårsafton', 'eve'),
  ].toSorted((a, b) => a.day - b.day);
};

/**
 * Whether a day is a vardag: Monday–Friday, neither a public holiday nor midsommarafton, julafton or nyårsafton.
 */
export const isWeekday = (day: EpochDay): boolean => {
  const { firstDay, upTo } = weekdaysOf(yearOf(day));
  const index = day - firstDay;
  return (upTo[index] ?? 0) > (index === 0 ? 0 : (upTo[index - 1] ?? 0));
};

/** The `n`th weekday after a day (n ≥ 1), which itself does not count; the day itself when n is 0. */
export const nthWeekdayAfter = (day: EpochDay, n: number): EpochDay => {
  if (n === 0) return day;
  let year = yearOf(day);
  let weekdays = weekdaysOf(year);
  let wanted = (weekdays.upTo[day - weekdays.firstDay] ?? 0) + n;
  while (wanted > weekdays.days.length) {
    wanted -= weekdays.days.length;
    year += 1;
    weekdays = weekdaysOf(year);
  }
  return weekdays.days[wanted - 1] ?? day;
};

/** The day itself when it is a weekday, else the next one that is. */
export const weekdayOnOrAfter = (day: EpochDay): EpochDay => (isWeekday(day) ? day : nthWeekdayAfter(day, 1));

const holiday = (day: EpochDay, name: string, kind: HolidayKind = 'public'): Holiday => ({ day, name, kind });

const SATURDAY = 6;
const SUNDAY = 7;

const onOrAfter = (weekday: number, year: number, month: number, day: number): EpochDay => {
  const first = epochDayOf(year, month, day);
  return first + ((weekday - dayOfWeek(first) + 7) % 7);
};

/** Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher). */
const easterOf = (year: number): EpochDay => {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return epochDayOf(year, Math.floor(sum / 31), (sum % 31) + 1);
};

interface WeekdaysOfYear {
  readonly firstDay: EpochDay;
  /** Every weekday of the year, in order. */
  readonly days: Int32Array;
  /** For each day of the year, how many weekdays the year has had up to and including it. */
  readonly upTo: Uint16Array;
}

/** A year's weekdays never change, so each year is worked out once. */
const known = new Map<number, WeekdaysOfYear>();

const weekdaysOf = (year: number): WeekdaysOfYear => {
  const before = known.get(year);
  if (before) return before;
  const firstDay = epochDayOf(year, 1, 1);
  const length = epochDayOf(year + 1, 1, 1) - firstDay;
  const free = new Set(holidaysOf(year).map(({ day }) => day));
  const days: EpochDay[] = [];
  const upTo = new Uint16Array(length);
  for (let index = 0; index < length; index += 1) {
    const day = firstDay + index;
    if (dayOfWeek(day) < SATURDAY && !free.has(day)) days.push(day);
    upTo[index] = days.length;
  }
  const weekdays = { firstDay, days: Int32Array.from(days), upTo };
  known.set(year, weekdays);
  return weekdays;
};
