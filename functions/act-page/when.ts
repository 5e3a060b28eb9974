import { Temporal } from 'temporal-polyfill';
import type { EpochDay } from '../../domain/calendar/days.ts';
import { dayOfDate, instantOn } from '../../domain/calendar/stockholm.ts';
import { dayPast } from '../shared/web/days.ts';
import type { Choice, Field, FieldError, Said } from '../shared/web/fields.ts';
import { sayNear } from '../shared/web/times.ts';
import type { Situation } from '../shared/case-pages/situation.ts';

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
  dayPast({ name: 'day', label: 'Vilken dag?', first: firstDay }, situation),
  { kind: 'timeOfDay', name: 'clock', label: 'Klockan', hint: 'Behövs inte om det var nyss.' },
];

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
