import type { Within } from '../../calendar/limit.ts';

/*
 * Lengths of time compared, as far as they can be without a date: in hours, a change of the clock left aside.
 */

const HOURS_IN = { hours: 1, days: 24, weeks: 168 };
const HOURS_IN_SHORTEST_MONTH = 28 * 24;
const HOURS_IN_LONGEST_MONTH = 31 * 24;

/** The least a length can be. */
export const shortest = ({ amount, unit }: Within): number => {
  switch (unit) {
    case 'weekdays':
      return amount * HOURS_IN.days;
    case 'months':
      return amount * HOURS_IN_SHORTEST_MONTH;
    case 'hours':
    case 'days':
    case 'weeks':
      return amount * HOURS_IN[unit];
  }
};

/** No less than the most a length can be. */
export const longest = ({ amount, unit }: Within): number => {
  switch (unit) {
    case 'weekdays':
      // At most every other day is free in the long run, and a week of holidays beside.
      return (amount * 2 + 7) * HOURS_IN.days;
    case 'months':
      return amount * HOURS_IN_LONGEST_MONTH;
    case 'hours':
    case 'days':
    case 'weeks':
      return amount * HOURS_IN[unit];
  }
};

/** Whether one length is longer than another, wherever in the calendar both lie. */
export const isLonger = (a: Within, b: Within): boolean =>
  a.unit === b.unit ? a.amount > b.amount : shortest(a) > longest(b);
