import { Temporal } from 'temporal-polyfill';
import { dayOfInstant } from '../../../domain/calendar/stockholm.ts';
import { sayDay, yearAt } from '../../../domain/calendar/swedish.ts';
import { sayNearLimit } from '../web/times.ts';
import { isOwed } from '../../../domain/case/owed.ts';
import { endsLater, first, last, type OrderFile } from '../../../domain/case/case-file.ts';
import { providerOf } from '../../../domain/case/owner.ts';
import type { Deadline } from '../../../domain/case/deadlines.ts';
import type { Subject } from '../../../domain/case/subjects.ts';
import type { CaseView } from '../../../domain/case/view.ts';

/**
 * Where a case stands, in a sentence of plain Swedish: how far its order has come, and what is waited for most. Of several
 * orders it tells of the one that waits the most, else of the latest.
 *
 * @param nameOf a provider's name by its id
 */
export const sayStanding = (
  { subjects, deadlines, tasks, file }: Pick<CaseView, 'subjects' | 'deadlines' | 'tasks' | 'file'>,
  nameOf: (provider: string) => string,
  at: Temporal.Instant,
): string => {
  const owed = deadlines.filter(isOwed);
  const [most] = owed;
  const orders = subjects.filter(({ kind }) => kind === 'order');
  const latest = orders.findLast(({ ended }) => ended === undefined) ?? orders.at(-1);
  const subject = most?.subject.kind === 'order' || most?.subject.kind === 'switch' ? most.subject : latest;
  const open = tasks.filter(({ status }) => status === 'open').length;
  return [
    subject === undefined ? 'Inget uppdrag är skickat än.' : progressOf(subject, owed, tasks, nameOf, at),
    ...(most === undefined ? [] : [limitSentence(most, file, nameOf, at)]),
    ...(owed.length > 1 ? [`${String(owed.length - 1)} ${owed.length === 2 ? 'frist' : 'frister'} till väntar.`] : []),
    ...(most === undefined && open === 0 ? ['Inget väntar just nu.'] : []),
    ...(open === 0 ? [] : [`${String(open)} ${open === 1 ? 'uppgift' : 'uppgifter'} ska göras.`]),
  ].join(' ');
};

/**
 * Whether the provider waits for an answer: it has asked about the order, and since then nobody has spoken to it, it has not
 * taken the order, and where the routine makes its question a task, that is not done.
 */
export const isQueried = ({ id, entries }: OrderFile, tasks: CaseView['tasks']): boolean => {
  const queried = last(entries, 'order.queried');
  if (queried === undefined) return false;
  const asked = tasks.filter(({ subject, rule }) => subject.id === id && rule.opens.includes('order.queried'));
  if (asked.length > 0) return asked.some(({ status }) => status === 'open');
  return entries.slice(entries.indexOf(queried)).every(({ name }) => !ANSWERING.has(name));
};

const ANSWERING: ReadonlySet<string> = new Set(['provider.contacted', 'order.confirmed', 'service.started']);

const progressOf = (
  subject: Subject,
  owed: readonly Deadline[],
  tasks: CaseView['tasks'],
  nameOf: (provider: string) => string,
  at: Temporal.Instant,
): string => {
  const { kind, circumstances, entries, ended, orders } = subject;
  const who = circumstances.provider === undefined ? 'Utföraren' : nameOf(circumstances.provider);
  if (kind === 'switch') return `Ett byte av utförare pågår: ${who} ska lämna.`;
  switch (ended?.name) {
    case undefined:
      break;
    case 'order.recalled':
      return `Uppdraget till ${who} är återkallat.`;
    case 'order.sent':
      return `Uppdraget till ${who} är ersatt av ett nytt.`;
    case 'switch.completed':
      return endsLater(ended, at)
        ? `En annan utförare tar över efter ${who} ${sayDay(dayOfInstant(ended.moment), yearAt(at))}.`
        : `En annan utförare har tagit över efter ${who}.`;
    default:
      return endingWords(ended, at);
  }
  const isStarted = entries.some(({ name }) => name === 'service.started');
  if (isStarted) return `${who} har påbörjat insatsen.`;
  const [order] = orders;
  if (order !== undefined && isQueried(order, tasks)) return `${who} har en fråga om uppdraget och väntar på svar.`;
  if (entries.some(({ name }) => name === 'order.confirmed'))
    return `${who} har bekräftat uppdraget men inte påbörjat det.`;
  if (order !== undefined && first(order.entries, 'order.sent') === undefined)
    return `Uppdraget är lämnat muntligt till ${who}.`;
  // That it was sent does not say that it arrived.
  return owed.some((one) => one.subject === subject && one.rule.closes.includes('order.confirmed'))
    ? `Uppdraget är skickat till ${who}, som inte har bekräftat det.`
    : `Uppdraget är skickat till ${who} men inte påbörjat.`;
};

/** An end can be told of beforehand. */
const endingWords = (ending: Subject['ended'], at: Temporal.Instant): string =>
  ending !== undefined && endsLater(ending, at)
    ? `Insatsen avslutas ${sayDay(dayOfInstant(ending.moment), yearAt(at))}.`
    : 'Insatsen är avslutad.';

const limitSentence = (
  { rule, subject, due }: Deadline,
  file: CaseView['file'],
  nameOf: (provider: string) => string,
  at: Temporal.Instant,
): string => {
  const hasPassed = Temporal.Instant.compare(at, due) >= 0;
  if (hasPassed && rule.kind === 'hard') return `Fristen för att ${rule.duty} gick ut ${sayNearLimit(due, at)}.`;
  return `${ownerOf(rule.owner, subject, file, nameOf)} ${hasPassed ? 'skulle' : 'ska'} ${rule.duty} senast ${sayNearLimit(due, at)}.`;
};

/** Who owes what a rule asks for: a provider by its name. */
export const ownerOf = (
  owner: Deadline['rule']['owner'],
  subject: Subject,
  file: CaseView['file'],
  nameOf: (provider: string) => string,
): string => {
  if (owner === 'officer') return 'Handläggaren';
  const provider = providerOf(owner, subject, file);
  return provider === undefined ? 'Utföraren' : nameOf(provider);
};
