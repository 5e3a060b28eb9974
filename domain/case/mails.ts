import { Temporal } from 'temporal-polyfill';
import { timeAfter } from '../calendar/limit.ts';
import { soonest } from '../calendar/soonest.ts';
import { commonRoutine } from '../routine/routines.ts';
import { endsLater, isA, type Entry } from './case-file.ts';
import type { Deadline } from './deadlines.ts';
import { meets, type Subject, type SubjectEvent } from './subjects.ts';
import type { FactOf } from '../../events/catalogue.ts';

/** A mail that has not arrived in time: what the journal knows of it, and when it should have at the latest. */
export interface Overdue {
  readonly mail: Omit<FactOf<'mail.delayed'>['data'], 'reason'>;
  readonly due: Temporal.Instant;
}

/**
 * The mails to providers that have not reached the receiver's mail server within the time that the routine sets, counted from
 * when they were sent (row B7): those not yet recorded as overdue, and the next instant at which there may be more. Of an
 * order or a switch that has ended nothing needs to arrive.
 *
 * Nearly every mail has arrived some seconds later, so only one that is known to be delayed is waited for; one of which nothing
 * is heard is overdue all the same, for whoever looks.
 */
export const overdueMails = (
  subjects: readonly Subject[],
  at: Temporal.Instant,
): { readonly overdue: readonly Overdue[]; readonly next: Temporal.Instant | undefined } => {
  const awaited = awaitedIn(subjects);
  const isOverdue = ({ due }: Overdue): boolean => Temporal.Instant.compare(at, due) >= 0;
  return {
    overdue: awaited.filter(isOverdue).map(({ mail, due }) => ({ mail, due })),
    next: soonest(awaited.filter((one) => one.isDelayed && !isOverdue(one)).map(({ due }) => due)),
  };
};

/**
 * When the first of the mails on their way to providers should have arrived, in a case where no limit is open: then nothing
 * else has anybody look at the case, and that nothing was heard of the mail would be seen by nobody (row B7).
 */
export const unheardFrom = ({
  subjects,
  deadlines,
}: {
  readonly subjects: readonly Subject[];
  readonly deadlines: readonly Deadline[];
}): Temporal.Instant | undefined =>
  deadlines.some(({ status }) => status === 'open') ? undefined : soonest(awaitedIn(subjects).map(({ due }) => due));

interface Awaited extends Overdue {
  readonly isDelayed: boolean;
}

/** The mails to providers of which nobody knows yet that they have arrived, or that they will not. */
const awaitedIn = (subjects: readonly Subject[]): readonly Awaited[] => {
  const awaited = new Map<string, Awaited>();
  for (const { kind, entries, routine, ended } of subjects) {
    if (kind !== 'order' && kind !== 'switch') continue;
    const within = routine?.mailsArriveWithin ?? commonRoutine.mailsArriveWithin;
    if (within === undefined) continue;
    for (const underway of entries.filter(isUnderway)) {
      if (needsNotArrive(underway, ended)) continue;
      const { mail, audience, about } = underway.fact.data;
      const its = entries.filter(({ fact: { data } }) => 'mail' in data && data.mail === mail);
      if (its.some(({ name }) => SETTLED.has(name))) continue;
      const due = timeAfter(its.find(({ name }) => name === 'mail.sent')?.at ?? underway.at, within);
      const isDelayed = its.some(({ name }) => name === 'mail.delayed');
      awaited.set(mail, { mail: { mail, audience, ...(about !== undefined && { about }) }, due, isDelayed });
    }
  }
  return [...awaited.values()];
};

/**
 * Whether a mail that was recorded as overdue is none by all that is known since: it had arrived or bounced by then, or what
 * it was about has ended, so that nothing needs to arrive.
 */
export const isNotOverdue = (overdue: SubjectEvent, { entries, ended }: Subject): boolean => {
  const { name, fact, at } = overdue;
  if (name !== 'mail.overdue' || !('mail' in fact.data)) return false;
  const { mail } = fact.data;
  const isBefore = (other: Temporal.Instant): boolean => Temporal.Instant.compare(other, at) <= 0;
  return (
    needsNotArrive(overdue, ended) ||
    entries.some(
      (entry) =>
        (entry.name === 'mail.delivered' || entry.name === 'mail.bounced') &&
        'mail' in entry.fact.data &&
        entry.fact.data.mail === mail &&
        isBefore(entry.at),
    )
  );
};

/** Of what has ended nothing needs to arrive; what was told beforehand to end runs on until its day. */
const needsNotArrive = ({ at }: SubjectEvent, ended: Subject['ended']): boolean =>
  ended !== undefined && !(endsLater(ended, ended.at) && endsLater(ended, at));

type Underway = Entry<FactOf<'mail.sent' | 'mail.delayed'>> & SubjectEvent;

const isUnderway = (entry: SubjectEvent): entry is Underway =>
  (isA(entry as Entry, 'mail.sent') || isA(entry as Entry, 'mail.delayed')) && meets('toProvider', entry.fact);

/** What ends the wait for a mail. */
const SETTLED: ReadonlySet<string> = new Set(['mail.delivered', 'mail.bounced', 'mail.overdue']);
