import { Temporal } from 'temporal-polyfill';
import { fileCase, keyOf } from '../../domain/case/case-file.ts';
import { objectionsTo } from '../../domain/case/decide.ts';
import { overdueMails, type Overdue } from '../../domain/case/mails.ts';
import type { Notice } from '../../domain/case/notices.ts';
import { confirmationBy, judgeReply, repliesToCarryOut } from '../../domain/case/replies.ts';
import { viewDue, type CaseView } from '../../domain/case/view.ts';
import { soonest } from '../../domain/calendar/soonest.ts';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import { routineOf, type Routines } from '../../domain/routine/routines.ts';
import { nameOf, parseFact, type Fact } from '../../events/catalogue.ts';
import type { FactError } from '../../events/errors.ts';
import type { Bus, Mark } from '../shared/bus/bus.ts';
import { ASKED_FOR_BY_NOBODY, isChanged } from '../shared/changes.ts';
import { unknownParties } from '../shared/doors.ts';
import { digest, makeFact, nextIn, type RecordedFact } from '../shared/facts.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Log } from '../shared/log.ts';
import { detailOf, queueHandler, type Message } from '../shared/queue.ts';
import { isTold, TOLD_OF } from '../shared/partners/told.ts';
import type { Outbox } from '../shared/mail/outbox.ts';
import type { Outcomes } from '../shared/outcomes/outcomes.ts';
import type { MailProblems } from '../shared/registers/mail-problems.ts';
import { readOnce } from '../shared/registers/read-once.ts';
import type { Registers } from '../shared/registers/registers.ts';
import { knownTo, listFor } from '../shared/rotation/lists.ts';
import { assign, type Rotations } from '../shared/rotation/rotations.ts';
import type { Clock } from '../shared/runtime.ts';
import type { Schedules } from '../shared/schedules/schedules.ts';
import { armWake, wakeSchema } from '../shared/schedules/wakes.ts';
import { personalNumbersIn } from '../shared/secrecy.ts';
import type { WatchList } from '../shared/watch-list/watch-list.ts';
import { caseOfMail, inOtherCases, mailEventIn, newsOf, noteAddresses } from './mail-event.ts';
import { keepWatched, shownAt, viewNow } from './watched.ts';

export interface Dependencies {
  readonly journal: Journal;
  readonly bus: Bus;
  readonly schedules: Schedules;
  readonly registers: Registers;
  readonly rotations: Rotations;
  readonly problems: MailProblems;
  readonly watchList: Pick<WatchList, 'replace'>;
  readonly outcomes: Pick<Outcomes, 'keep'>;
  readonly outbox: Pick<Outbox, 'cases'>;
  readonly routines: Routines;
  readonly clock: Clock;
  readonly log: Log;
}

const SOURCE = '/frist/record-fact';

/**
 * Records what comes in. For a fact, or what SES tells of a mail: append it to its case's journal, or its refusal. For a
 * wake: nothing. Then, for each of them, append the notices that are due, arm the next wake, publish what was recorded, and
 * keep the watch list and the outcomes. The message is deleted only after all of that, and each step can be done twice, so a crash anywhere is a retry and a retry
 * ends the same.
 */
export const createHandler = (deps: Dependencies) =>
  queueHandler((message) => work(message, deps), { groupOf: caseOf, log: deps.log });

const work = async (message: unknown, deps: Dependencies): Promise<void> => {
  const event = mailEventIn(message);
  if (event !== undefined) {
    const news = newsOf(event);
    if (news === undefined) {
      deps.log('MAIL_EVENT_FOREIGN', { event: event.eventType });
      return;
    }
    if (news.fact !== undefined) {
      await recordAndSettle(news.fact, deps);
      const others = await inOtherCases(news.fact, deps.outbox);
      if (others.length > 0) await deps.bus.publish('frist.inbound', others);
    }
    await noteAddresses(news, deps.problems);
    return;
  }
  const body = detailOf(message);
  const wake = wakeSchema.safeParse(body);
  if (wake.success) {
    const { case: caseNumber, at, anew } = wake.data.wake;
    const late = deps.clock().epochMilliseconds - Temporal.Instant.from(at).epochMilliseconds;
    deps.log('WAKE_CAME', { late: Math.max(0, Math.round(late / 1000)) });
    const journal = await deps.journal.load(caseNumber);
    const isDue = recordedSince(Temporal.Instant.from(at));
    await settle(journal, isDue, anew === true || journal.some(isDue) ? undefined : journal, deps);
    return;
  }
  const parsed = parseFact(body);
  if (!parsed.ok) {
    deps.log('FACT_UNREADABLE');
    throw new TypeError('the message holds no fact');
  }
  await recordAndSettle(parsed.fact, deps);
};

const recordAndSettle = async (told: Fact, deps: Dependencies): Promise<void> => {
  const { journal, recorded, isNew } = await record(told, deps);
  const { sequence } = recorded;
  await settle(
    journal,
    (fact) => fact.sequence === sequence || (follows(fact) && fact.sequence > sequence),
    // A retry knows neither what was published nor what was known before.
    isNew ? journal.slice(0, -1) : undefined,
    deps,
  );
};

/** Messages of one case are worked on in turn. */
const caseOf = ({ id, body }: Message): string => {
  const mailed = caseOfMail(body);
  if (mailed !== undefined) return mailed;
  const detail = detailOf(body);
  const wake = wakeSchema.safeParse(detail);
  if (wake.success) return wake.data.wake.case;
  return typeof detail === 'object' && detail !== null && 'subject' in detail ? String(detail.subject) : id;
};

interface Recorded {
  /** The case's journal, with the fact in it. */
  readonly journal: readonly RecordedFact[];
  readonly recorded: RecordedFact;
  /** It was appended now, and stands last. */
  readonly isNew: boolean;
}

/** Appends a fact, or its refusal, unless one of them stands in the journal already. */
const record = async (fact: Fact, deps: Dependencies): Promise<Recorded> => {
  for (;;) {
    const journal = await deps.journal.load(fact.subject);
    const before = journal.find((other) => keyOf(other) === keyOf(fact) || isRefusalOf(other, fact));
    if (before !== undefined) return { journal, recorded: before, isNew: false };
    const recorded = nextIn(journal, await toRecord(fact, journal, deps), deps.clock());
    if (await deps.journal.append(recorded)) {
      deps.log(recorded.type === fact.type ? 'FACT_RECORDED' : 'FACT_REFUSED', {
        type: fact.type,
        sequence: recorded.sequence,
      });
      return { journal: [...journal, recorded], recorded, isNew: true };
    }
    // Somebody else took the place: look again at what is known now.
  }
};

/** The fact with what the registers know of it now, or its refusal. */
const toRecord = async (fact: Fact, journal: readonly RecordedFact[], given: Dependencies): Promise<Fact> => {
  const deps = { ...given, registers: readOnce(given.registers) };
  const errors: FactError[] = [
    ...personalNumbersIn(fact),
    ...(await unknownParties(fact, deps.registers)),
    ...objectionsTo(fact, journal, deps.routines),
  ];
  return errors.length === 0 ? enriched(fact, journal, deps) : refusalOf(fact, errors, deps.clock());
};

/**
 * What decides an order's deadlines is kept with it, so that a later change of a register or a routine moves none; what
 * the routine heads it with in the journal (row K10); and what a reply by mail comes to as the order stands.
 */
const enriched = async (
  fact: Fact,
  journal: readonly RecordedFact[],
  { registers, routines }: Dependencies,
): Promise<Fact> => {
  if (fact.type === 'se.frist.mail.received.v1') return judgeReply(fact, journal, routines);
  if (!('service' in fact.data)) return fact;
  const named = 'routine' in fact.data ? fact.data.routine : routineLeft(fact, journal);
  const data = { service: fact.data.service, ...(named !== undefined && { routine: named }) };
  const routine = routineOf({ data }, routines);
  const heading = routine?.headings?.[nameOf(fact)];
  const headed = heading === undefined ? fact : { ...fact, heading };
  switch (headed.type) {
    case 'se.frist.decision.made.v1':
      return { ...headed, ...(routine && { routine: routine.id }) };
    case 'se.frist.order.sent.v1':
    case 'se.frist.order.placedOrally.v1': {
      const provider = await registers.find('provider', headed.data.provider);
      return {
        ...headed,
        ...(routine && { routine: routine.id }),
        ...(provider && { providerkind: provider.kind, providerconnected: provider.connected }),
      };
    }
    default:
      return headed;
  }
};

/** The routine of the order that a switch leaves. */
const routineLeft = (fact: Fact, journal: readonly RecordedFact[]): string | undefined =>
  fact.type === 'se.frist.switch.requested.v1'
    ? journal.find((other) => other.type === 'se.frist.order.sent.v1' && other.data.order === fact.data.from)?.routine
    : undefined;

const refusalOf = (fact: Fact, reasons: readonly FactError[], time: Temporal.Instant): Fact => ({
  ...makeFact(
    'fact.refused',
    { id: refusalId(fact), source: SOURCE, subject: fact.subject, time },
    { refused: { type: fact.type, id: fact.id, source: fact.source }, reasons: [...reasons] },
  ),
  // Whose it was, so that the partner system is told.
  ...(fact.partner !== undefined && { partner: fact.partner }),
});

const refusalId = (fact: Fact): string => `refused-${digest(keyOf(fact))}`;

const isRefusalOf = (other: RecordedFact, fact: Fact): boolean =>
  other.type === 'se.frist.fact.refused.v1' && other.id === refusalId(fact);

/**
 * Appends the notices that are due, arms the next wake and publishes: what `concerns` picks from the journal, so that a
 * retry publishes again what a crash may have kept from being published, and the notices just recorded. The watch list and the
 * outcomes come last: when they cannot be written, every alert is out, and the delivery fails and comes again.
 *
 * @param before what was known when this delivery came, if all that it publishes was appended by it; without it, all that is
 *   kept of the case beside its journal may be out of date
 */
const settle = async (
  known: readonly RecordedFact[],
  concerns: (fact: RecordedFact) => boolean,
  before: readonly RecordedFact[] | undefined,
  deps: Dependencies,
): Promise<void> => {
  const answered = await appendConfirmations(await appendAssignments(known, deps), deps);
  const { journal, nextWake, view = viewNow(journal, deps) } = await appendNotices(answered, deps);
  await arm(journal, nextWake, deps);
  const last = known.at(-1)?.sequence ?? 0;
  const news = journal.filter((fact) => concerns(fact) || fact.sequence > last);
  const changed = before === undefined || isChanged(before, view, deps.routines);
  if (news.length > 0)
    await publish(changed ? news : news.filter((fact) => !ASKED_FOR_BY_NOBODY.includes(nameOf(fact))), journal, deps);
  if (changed) await keepWatched({ journal, view }, news[0]?.sequence ?? 0, deps);
};

/** Publishes, with a mark for those who tell partner systems. */
const publish = async (
  news: readonly RecordedFact[],
  journal: readonly RecordedFact[],
  deps: Dependencies,
): Promise<void> => {
  const marks: readonly Mark[] = (await arePartnersTold(news, journal, deps)) ? ['frist:partners'] : [];
  await deps.bus.publish('frist.recorded', news, marks);
};

/**
 * Whether a partner system is to be told of the case (row B4). The register is read after the append, and sees what was put
 * in it before: a partner that has an address when its registration is answered is told of all that is recorded from then on.
 */
const arePartnersTold = async (
  news: readonly RecordedFact[],
  journal: readonly RecordedFact[],
  { registers, routines }: Dependencies,
): Promise<boolean> => {
  if (!news.some((fact) => TOLD_OF.includes(nameOf(fact)))) return false;
  const partners = (await registers.list('partner', { fresh: true })).filter(({ url }) => url !== undefined);
  if (partners.length === 0) return false;
  const file = fileCase(journal, routines);
  return partners.some((partner) => journal.some((fact) => isTold(fact, partner, file)));
};

/** What Frist itself recorded at or after the instant that a wake was for. */
const recordedSince =
  (at: Temporal.Instant) =>
  (fact: RecordedFact): boolean =>
    follows(fact) && Temporal.Instant.compare(Temporal.Instant.from(fact.recordedtime), at) >= 0;

/**
 * Who did not choose gets the provider whose turn it is on the list of the service and area (rows K11, H1, S2): once for each
 * service of a case. Where there is no list, or nobody on it is free, the case officer has a task.
 */
const appendAssignments = async (
  known: readonly RecordedFact[],
  deps: Dependencies,
): Promise<readonly RecordedFact[]> => {
  let journal = known;
  for (const fact of known) {
    if (fact.type !== 'se.frist.choice.abstained.v1') continue;
    const { service, area } = fact.data;
    while (!journal.some((other) => other.type === 'se.frist.provider.assigned.v1' && other.data.service === service)) {
      const assigned = await assignmentOf(fact.subject, service, area, deps);
      if (assigned === undefined) break;
      const appended = await appendAll([assigned], journal, deps);
      journal = appended ?? (await deps.journal.load(fact.subject));
    }
  }
  return journal;
};

const assignmentOf = async (
  subject: string,
  service: string,
  area: string | undefined,
  deps: Dependencies,
): Promise<Fact | undefined> => {
  const { rotations, registers, routines, clock } = deps;
  const list = await listFor({ service, area, routine: routines.forService(service)?.id }, registers);
  const provider = list && (await assign(rotations, list, digest(subject, service), knownTo(registers)));
  if (list === undefined || provider === undefined) return undefined;
  const id = `assigned-${digest(subject, service)}`;
  return makeFact(
    'provider.assigned',
    { id, source: SOURCE, subject, time: clock() },
    { service, provider, list: list.id },
  );
};

/** A plain yes by mail confirms its order, once, whatever became of the attempt to record both (row H7). */
const appendConfirmations = async (
  known: readonly RecordedFact[],
  deps: Dependencies,
): Promise<readonly RecordedFact[]> => {
  let journal = known;
  for (let replies = repliesToCarryOut(journal); replies.length > 0; replies = repliesToCarryOut(journal)) {
    const facts = replies.map((reply) =>
      confirmationBy(reply, { id: `order.confirmed-${digest(reply.source, reply.id)}`, source: SOURCE }),
    );
    journal = (await appendAll(facts, journal, deps)) ?? (await deps.journal.load(facts[0]?.subject ?? ''));
  }
  return journal;
};

interface Settled {
  readonly journal: readonly RecordedFact[];
  readonly nextWake: Temporal.Instant | undefined;
  /** The case as it is to be shown, where it was worked out already. */
  readonly view?: CaseView | undefined;
}

const appendNotices = async (known: readonly RecordedFact[], deps: Dependencies): Promise<Settled> => {
  for (let journal = known; ;) {
    const now = deps.clock();
    const view = viewDue(journal, deps.routines, now);
    const subject = journal[0]?.subject;
    const mails = overdueMails(view.subjects, now);
    const nextWake = soonest([view.nextWake, mails.next]);
    if (subject === undefined || view.notices.length + mails.overdue.length === 0)
      return { journal, nextWake, ...(shownAt(journal, now).equals(now) && { view }) };
    const facts = [
      ...view.notices.map((notice) => noticeFact(notice, subject, journal, now)),
      ...mails.overdue.map((mail) => overdueFact(mail, subject)),
    ];
    const appended = await appendAll(facts, journal, deps);
    if (appended !== undefined) {
      for (const { type, sequence } of appended.slice(journal.length)) deps.log('NOTICE_RECORDED', { type, sequence });
      return { journal: appended, nextWake };
    }
    // A place was taken: what is due is asked anew of all that is known.
    journal = await deps.journal.load(subject);
  }
};

/** The journal with the facts appended; `undefined` when somebody else appended first. */
const appendAll = async (
  facts: readonly Fact[],
  known: readonly RecordedFact[],
  deps: Dependencies,
): Promise<readonly RecordedFact[] | undefined> => {
  const journal = [...known];
  for (const fact of facts) {
    const recorded = nextIn(journal, fact, deps.clock());
    if (!(await deps.journal.append(recorded))) return undefined;
    journal.push(recorded);
  }
  return journal;
};

const noticeFact = (
  { name, deadline, audience, step }: Notice,
  subject: string,
  journal: readonly RecordedFact[],
  time: Temporal.Instant,
): Fact => {
  const due = formatInstant(deadline.due);
  const about = deadline.subject;
  const data = { [about.kind]: about.id, rule: deadline.rule.id, due, audience, step };
  // A breach can be told again once it was annulled, so the number of annulments is part of which notice it is.
  const annulled = journal.filter(({ type }) => type === 'se.frist.deadline.annulled.v1').length;
  const id = `${name}-${digest(subject, about.kind, about.id, deadline.rule.id, due, audience, String(step), String(annulled))}`;
  return makeFact(name, { id, source: SOURCE, subject, time }, data);
};

/** It happened at its limit, whenever it is noticed: so every order of arrival ends the same. */
const overdueFact = ({ mail, due }: Overdue, subject: string): Fact =>
  makeFact(
    'mail.overdue',
    { id: `mail.overdue-${digest(subject, mail.mail)}`, source: SOURCE, subject, time: due },
    mail,
  );

/** Whether it is what Frist itself records because of other facts. */
const follows = ({ source, type }: Fact): boolean => source === SOURCE && type !== 'se.frist.fact.refused.v1';

/** Arms the next wake of the case, if anything is ahead. */
const arm = async (
  journal: readonly RecordedFact[],
  nextWake: Temporal.Instant | undefined,
  deps: Dependencies,
): Promise<void> => {
  const subject = journal[0]?.subject;
  if (nextWake === undefined || subject === undefined) return;
  await armWake(deps.schedules, { case: subject, at: nextWake }, deps.clock());
};
