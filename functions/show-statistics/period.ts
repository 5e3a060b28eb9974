import { addMonths, dateOf, epochDayOf, type EpochDay } from '../../domain/calendar/days.ts';
import { dayOfDate, formatDay } from '../../domain/calendar/stockholm.ts';
import { sayMonth } from '../../domain/calendar/swedish.ts';
import type { Period } from '../../domain/statistics/statistics.ts';

/** A period that is asked for often. */
export interface Usual extends Period {
  readonly words: string;
}

/** The periods that are likely asked for on a day: whole months, quarters and years, the newest first. */
export const usualPeriods = (today: EpochDay): Usual[] => {
  const { year, month } = dateOf(today);
  const quarter = epochDayOf(year, month - ((month - 1) % 3), 1);
  const lastMonth = addMonths(epochDayOf(year, month, 1), -1);
  return [
    { words: 'i år', ...months(epochDayOf(year, 1, 1), 12) },
    { words: 'det här kvartalet', ...months(quarter, 3) },
    { words: 'förra kvartalet', ...months(addMonths(quarter, -3), 3) },
    { words: sayMonth(dateOf(lastMonth).month), ...months(lastMonth, 1) },
    { words: String(year - 1), ...months(epochDayOf(year - 1, 1, 1), 12) },
  ];
};

const months = (first: EpochDay, count: number): Period => ({
  from: formatDay(first),
  to: formatDay(addMonths(first, count) - 1),
});

/** "2026", "oktober 2026", "första kvartalet 2026", and else "1 februari 2026–15 mars 2026". */
export const sayPeriod = ({ from, to }: Period): string => {
  const [first, end] = [dateOf(dayOfDate(from)), dateOf(dayOfDate(to) + 1)];
  const length = first.day === 1 && end.day === 1 ? (end.year - first.year) * 12 + end.month - first.month : 0;
  if (length === 12 && first.month === 1) return String(first.year);
  if (length === 3 && first.month % 3 === 1)
    return `${QUARTERS[(first.month - 1) / 3] ?? ''} kvartalet ${String(first.year)}`;
  if (length === 1) return `${sayMonth(first.month)} ${String(first.year)}`;
  return `${sayDate(from)}–${sayDate(to)}`;
};

const QUARTERS = ['första', 'andra', 'tredje', 'fjärde'];

/** "1 februari 2026". */
export const sayDate = (date: string): string => {
  const { year, month, day } = dateOf(dayOfDate(date));
  return `${String(day)} ${sayMonth(month)} ${String(year)}`;
};

/** The quarter that a day lies in, as `2026Q4`, and so many quarters before or after it. */
export const quarterOf = (day: EpochDay, later = 0): string => {
  const { year, month } = dateOf(addMonths(day, 3 * later));
  return `${String(year)}Q${String(Math.floor((month - 1) / 3) + 1)}`;
};

/** "fjärde kvartalet 2026". */
export const sayQuarter = (quarter: string): string =>
  `${QUARTERS[Number(quarter.slice(5)) - 1] ?? ''} kvartalet ${quarter.slice(0, 4)}`;
