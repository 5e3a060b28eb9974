import { Temporal } from 'temporal-polyfill';
import { dayOfDate, epochMsAt, formatDay } from '../../domain/calendar/stockholm.ts';
import { sayDay } from '../../domain/calendar/swedish.ts';
import { clockOf, type Choice, type Field, type FieldError, type Option, type Said } from '../shared/web/fields.ts';
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

export const whenFields = ({ today, year }: Situation, firstDay: number): readonly Field[] => [
  {
    kind: 'likelyDay',
    name: 'day',
    label: 'Vilken dag?',
    likely: lastDays(today, year, firstDay),
    other: 'dayOther',
    missing: 'Välj en dag.',
    first: firstDay,
    last: today,
    tooEarly: `Ange ${sayDay(firstDay, year)} eller en senare dag.`,
    tooLate: 'Ange i dag eller en tidigare dag.',
  },
  { kind: 'timeOfDay', name: 'clock', label: 'Klockan', hint: 'Behövs inte om det var nyss.' },
];

/** Today and yesterday, as far as they are no earlier than a first day. */
export const lastDays = (today: number, year: number, first = -Infinity): Option[] =>
  (
    [
      [today, 'i dag'],
      [today - 1, 'i går'],
    ] as const
  )
    .filter(([day]) => day >= first)
    .map(([day, label]) => ({ value: formatDay(day), label: `${label}, ${sayDay(day, year)}` }));

export const momentOf = (said: Said, { now, today }: Situation): Temporal.Instant =>
  said('clock') === '' && dayOfDate(said('day')) === today
    ? now
    : Temporal.Instant.fromEpochMilliseconds(epochMsAt(dayOfDate(said('day')), clockOf(said('clock'))));

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
