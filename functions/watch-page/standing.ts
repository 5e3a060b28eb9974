import { Temporal } from 'temporal-polyfill';
import { sayNearLimit } from '../shared/web/times.ts';
import { first } from '../../domain/case/case-file.ts';
import type { Deadline } from '../../domain/case/deadlines.ts';
import type { Subject } from '../../domain/case/subjects.ts';
import type { CaseView } from '../../domain/case/view.ts';

/**
 * Where a case stands, in a sentence of plain Swedish: how far its order has come, and what is waited for most. Of several
 * orders it tells of the one that waits the most, else of the latest.
 *
 * @param nameOf a provider's name by its id
 */
export const sayStanding = (
  { subjects, deadlines, tasks }: Pick<CaseView, 'subjects' | 'deadlines' | 'tasks'>,
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
    subject === undefined ? 'Ingen beställning är skickad än.' : progressOf(subject, nameOf),
    ...(most === undefined ? [] : [limitSentence(most, nameOf, at)]),
    ...(owed.length > 1 ? [`${String(owed.length - 1)} ${owed.length === 2 ? 'frist' : 'frister'} till väntar.`] : []),
    ...(most === undefined && open === 0 ? ['Inget väntar just nu.'] : []),
    ...(open === 0 ? [] : [`${String(open)} ${open === 1 ? 'uppgift' : 'uppgifter'} ska göras.`]),
  ].join(' ');
};

/** Still to be done, in time or late. */
export const isOwed = ({ status, closed, ended }: Deadline): boolean =>
  status === 'open' || (status === 'breached' && closed === undefined && ended === undefined);

const progressOf = (subject: Subject, nameOf: (provider: string) => string): string => {
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
      return `En annan utförare har tagit över efter ${who}.`;
    default:
      return 'Insatsen är avslutad.';
  }
  const isStarted = entries.some(({ name }) => name === 'service.started');
  if (isStarted) return `${who} har påbörjat insatsen.`;
  if (entries.some(({ name }) => name === 'order.confirmed'))
    return `${who} har bekräftat uppdraget men inte påbörjat det.`;
  return orders[0] !== undefined && first(orders[0].entries, 'order.sent') === undefined
    ? `Uppdraget är lämnat muntligt till ${who}.`
    : `${who} har fått uppdraget men inte bekräftat det.`;
};

const limitSentence = (
  { rule, subject, due }: Deadline,
  nameOf: (provider: string) => string,
  at: Temporal.Instant,
): string => {
  if (Temporal.Instant.compare(at, due) >= 0)
    return rule.kind === 'hard'
      ? `Fristen för att ${rule.duty} gick ut ${sayNearLimit(due, at)}.`
      : `Att ${rule.duty} skulle ha varit gjort ${sayNearLimit(due, at)}.`;
  return `${ownerOf(rule.owner, subject, nameOf)} ska ${rule.duty} senast ${sayNearLimit(due, at)}.`;
};

const ownerOf = (
  owner: Deadline['rule']['owner'],
  { circumstances }: Subject,
  nameOf: (provider: string) => string,
): string => {
  switch (owner) {
    case 'officer':
      return 'Handläggaren';
    case 'incoming':
      return 'Den tillträdande utföraren';
    default:
      return circumstances.provider === undefined ? 'Utföraren' : nameOf(circumstances.provider);
  }
};
