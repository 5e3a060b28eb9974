/**
 * Days as integers: an epoch day is the number of days from 1970-01-01 in the Gregorian calendar, so that counting days
 * is adding numbers. Nothing here knows of time zones or holidays.
 */

export type EpochDay = number;

export interface CalendarDate {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  /** 1–31. */
  readonly day: number;
}

const DAYS_IN_400_YEARS = 146_097;
const DAYS_FROM_YEAR_0_MARCH_TO_EPOCH = 719_468;

/**
 * The epoch day of a date. Years are counted from March, so that a leap day ends the year and months follow one linear
 * formula.
 */
export const epochDayOf = (year: number, month: number, day: number): EpochDay => {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_IN_400_YEARS + dayOfEra - DAYS_FROM_YEAR_0_MARCH_TO_EPOCH;
};

/** The date of an epoch day; the inverse of {@link epochDayOf}. */
export const dateOf = (epochDay: EpochDay): CalendarDate => {
  const days = epochDay + DAYS_FROM_YEAR_0_MARCH_TO_EPOCH;
  const era = Math.floor(days / DAYS_IN_400_YEARS);
  const dayOfEra = days - era * DAYS_IN_400_YEARS;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
};

/** The year that an epoch day lies in, without working out its month. */
export const yearOf = (epochDay: EpochDay): number => {
  const guess = 1970 + Math.floor(epochDay / 365.2425);
  if (epochDay < epochDayOf(guess, 1, 1)) return guess - 1;
  return epochDay >= epochDayOf(guess + 1, 1, 1) ? guess + 1 : guess;
};

/** Monday is 1 and Sunday 7 (ISO 8601). */
export const dayOfWeek = (epochDay: EpochDay): number => ((((epochDay + 3) % 7) + 7) % 7) + 1;

/** The number of days in a month. */
export const daysInMonth = (year: number, month: number): number =>
  month === 12 ? 31 : epochDayOf(year, month + 1, 1) - epochDayOf(year, month, 1);

/** The same day number `months` months on, or that month's last day. */
export const addMonths = (epochDay: EpochDay, months: number): EpochDay => {
  const { year, month, day } = dateOf(epochDay);
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = index - targetYear * 12 + 1;
  return epochDayOf(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth)));
};
