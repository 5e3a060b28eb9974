import type { EpochDay } from '../../domain/calendar/days.ts';
import { dayOfDate } from '../../domain/calendar/stockholm.ts';
import { sayDay } from '../../domain/calendar/swedish.ts';
import type { Situation } from './situation.ts';

export interface Ended {
  readonly title: string;
  readonly text: string;
}

/** What an order or switch that is over says of itself (row S4: the old link of a recalled order says so). */
export const endedWords = (situation: Situation): Ended | undefined => {
  const { subject, kind, isOver, year } = situation;
  if (kind === 'switch') {
    if (situation.change.completed !== undefined) return COMPLETED;
    return subject.ended === undefined ? undefined : WITHDRAWN;
  }
  if (!isOver && subject.ended?.fact.type === 'se.frist.service.ended.v1')
    return ending(dayOfDate(subject.ended.fact.data.on), year);
  // Who comes begins on the day.
  if (!isOver && subject.ended?.fact.type === 'se.frist.switch.completed.v1')
    return ending(dayOfDate(subject.ended.fact.data.on) - 1, year);
  switch (subject.ended?.name) {
    case undefined:
      return undefined;
    case 'order.recalled':
      return RECALLED;
    case 'order.sent':
      return REPLACED;
    case 'switch.completed':
      return TAKEN_OVER;
    default:
      return OVER;
  }
};

const RECALLED: Ended = {
  title: 'Uppdraget är återkallat',
  text: 'Handläggaren har återkallat uppdraget. Ni ska inte utföra det. Ett nytt uppdrag kommer i så fall med ett eget mejl.',
};

const REPLACED: Ended = {
  title: 'Uppdraget är ersatt',
  text: 'Handläggaren har skickat ett nytt uppdrag i stället. Öppna länken i det senaste mejlet.',
};

const TAKEN_OVER: Ended = {
  title: 'Uppdraget är avslutat',
  text: 'En annan utförare har tagit över.',
};

const OVER: Ended = { title: 'Uppdraget är avslutat', text: 'Insatsen har upphört.' };

/** An end that is told of beforehand: until that day the client is to have the service. */
const ending = (lastDay: EpochDay, year: number): Ended => ({
  title: 'Uppdraget avslutas',
  text: `Insatsen ska ges till och med ${sayDay(lastDay, year)}.`,
});

const COMPLETED: Ended = { title: 'Bytet är genomfört', text: 'Den tillträdande utföraren har tagit över.' };

const WITHDRAWN: Ended = { title: 'Bytet gäller inte längre', text: 'Bytet har tagits tillbaka eller upphört.' };
