import { dayOfDate } from '../../../domain/calendar/stockholm.ts';
import { sayDay } from '../../../domain/calendar/swedish.ts';
import type { Subject } from '../../../domain/case/subjects.ts';
import { nameOf } from '../watch-pages/words.ts';
import { isRunningOrder, isRunningSwitch } from './running.ts';
import { serviceName, type Situation } from './situation.ts';

/*
 * What is done in a case is done to something in it: an order, a switch, a decision or a service.
 */

/** That in words: the service and who gives it. Where that does not tell it from another under way, also from when. */
export const sayAbout = (subject: Subject, situation: Situation): string => {
  const words = inShort(subject, situation);
  const from = subject.orders[0]?.sent?.fact.data.period.from;
  const isAlone = underWay(subject.kind, situation).every(
    (one) => one.id === subject.id || inShort(one, situation) !== words,
  );
  return isAlone || from === undefined ? words : `${words}, från ${sayDay(dayOfDate(from), situation.year)}`;
};

/** Whether the case has several of a kind under way, so that it has to be said which of them is meant. */
export const hasSeveral = (kind: Subject['kind'], situation: Situation): boolean =>
  underWay(kind, situation).length > 1;

const inShort = (
  { kind, id, circumstances: { service, provider } }: Subject,
  { view, providers, routines }: Situation,
): string => {
  const name = serviceName(routines, service);
  if (provider === undefined) return name;
  const by = nameOf(providers, provider);
  const to = kind === 'switch' ? view.file.switches.get(id)?.requested?.fact.data.toProvider : undefined;
  return to === undefined ? `${name}, ${by}` : `${name}, från ${by} till ${nameOf(providers, to)}`;
};

const underWay = (kind: Subject['kind'], { view, at }: Situation): readonly Subject[] =>
  view.subjects.filter((one) => {
    if (one.kind !== kind) return false;
    if (kind === 'order') return one.orders.some((order) => isRunningOrder(order, at));
    const change = kind === 'switch' ? view.file.switches.get(one.id) : undefined;
    return change === undefined ? one.ended === undefined : isRunningSwitch(change);
  });
