import type { EpochDay } from '../../../domain/calendar/days.ts';
import { formatDay } from '../../../domain/calendar/stockholm.ts';
import { sayDay } from '../../../domain/calendar/swedish.ts';
import type { Asks, Day, DayBounds, LikelyDay, Option } from './fields.ts';

/*
 * The days that forms ask for, as whoever fills them in today says them.
 */

/** The day and the year in Stockholm. */
interface Now {
  readonly today: EpochDay;
  readonly year: number;
}

/** A day that has been: today, yesterday, or one before. */
export const dayPast = ({ first, ...asks }: Asks & { readonly first: EpochDay }, { today, year }: Now): LikelyDay => ({
  kind: 'likelyDay',
  ...asks,
  likely: likelyDays(
    [
      [today, 'i dag'],
      [today - 1, 'i går'],
    ],
    year,
    (day) => day >= first,
  ),
  other: `${asks.name}Other`,
  missing: 'Välj en dag.',
  first,
  last: today,
  tooEarly: `Ange ${sayDay(first, year)} eller en senare dag.`,
  tooLate: 'Ange i dag eller en tidigare dag.',
});

export const likelyDays = (
  days: readonly (readonly [day: EpochDay, label: string])[],
  year: number,
  suits: (day: EpochDay) => boolean = () => true,
): Option[] =>
  days
    .filter(([day]) => suits(day))
    .map(([day, label]) => ({ value: formatDay(day), label: `${label}, ${sayDay(day, year)}` }));

/** From a day on, and at most a year ahead: one further away is a slip of the keyboard. */
export const daysAhead = ({ today, year }: Now, first = today): DayBounds => ({
  first,
  last: today + 366,
  tooEarly: first === today ? 'Ange i dag eller en senare dag.' : `Ange ${sayDay(first, year)} eller en senare dag.`,
  tooLate: 'Ange en dag inom ett år.',
});

/** A day from a first one on, today where nothing is said. */
export const dayAhead = (
  { first, ...asks }: Asks & Pick<Day, 'optional'> & { readonly first?: EpochDay },
  now: Now,
): Day => ({
  kind: 'day',
  ...asks,
  ...daysAhead(now, first),
});
