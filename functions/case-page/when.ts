import { Temporal } from 'temporal-polyfill';
import type { EpochDay } from '../../domain/calendar/days.ts';
import { dayOfDate, formatDay, instantOn } from '../../domain/calendar/stockholm.ts';
import { sayDay } from '../../domain/calendar/swedish.ts';
import { type Choice, type Day, type Field, type FieldError, type Said } from '../shared/web/fields.ts';
import { sayNear } from '../shared/web/times.ts';
import type { Situation } from './situation.ts';

/*
 * How somebody was told of something, and when: a day that has been, and the time of day where it is not now.
 */

export const CHANNEL: Choice = {
  kind: 'choice',
  name: 'channel',
  label: 'Hur?',
  options: [
    { value: 'phone', label: 'på telefon' },
    { value: 'inPerson', label: 'personligen' },
    { value: 'mail', label: 'med mejl' },
    { value: 'fax', label: 'med fax' },
  ],
  missing: 'Välj hur.',
};

export const whenFields = (situation: Situation, firstDay: EpochDay): readonly Field[] => [
  pastDay('day', 'Vilken dag?', firstDay, situation),
  { kind: 'timeOfDay', name: 'clock', label: 'Klockan', hint: 'Behövs inte om det var nyss.' },
];

/** A day from a first one until today: today, yesterday or another. */
export const pastDay = (name: string, label: string, first: EpochDay, { today, year }: Situation): Field => ({
  kind: 'likelyDay',
  name,
  label,
  likely: [
    { day: today, called: 'i dag' },
    { day: today - 1, called: 'i går' },
  ].flatMap(({ day, called }) =>
    day < first ? [] : [{ value: formatDay(day), label: `${called}, ${sayDay(day, year)}` }],
  ),
  other: `${name}Other`,
  missing: 'Välj en dag.',
  first,
  last: today,
  tooEarly: `Ange ${sayDay(first, year)} eller en senare dag.`,
  tooLate: 'Ange i dag eller en tidigare dag.',
});

/** A day from a first one on, until a year ahead. */
export const comingDay = (name: string, label: string, first: EpochDay, { today, year }: Situation): Day => ({
  kind: 'day',
  name,
  label,
  first,
  last: today + 366,
  tooEarly: `Ange ${sayDay(first, year)} eller en senare dag.`,
  tooLate: 'Ange en dag inom ett år.',
});

export const momentOf = (said: Said, { now, today }: Situation): Temporal.Instant =>
  said('clock') === '' && dayOfDate(said('day')) === today ? now : instantOn(said('day'), said('clock'));

/** @param after before this it cannot have been, and what that was: "uppdraget skickades" */
export const whenErrors = (
  said: Said,
  situation: Situation,
  { at: after, was }: { readonly at: Temporal.Instant; readonly was: string },
): readonly FieldError[] => {
  const { now, today } = situation;
  if (said('clock') === '' && dayOfDate(said('day')) !== today)
    return [{ field: 'clock', message: 'Ange vad klockan var. Tiden avgör om fristen hölls.' }];
  const moment = momentOf(said, situation);
  if (Temporal.Instant.compare(moment, now) > 0) return [{ field: 'clock', message: 'Ange en tid som har varit.' }];
  return Temporal.Instant.compare(moment, after) < 0
    ? [{ field: 'clock', message: `Ange en tid efter att ${was}, ${sayNear(after, now)}.` }]
    : [];
};
