import { Temporal } from 'temporal-polyfill';
import { dueAt, endOfDay, type Within } from '../calendar/limit.ts';
import { dayOfDate } from '../calendar/stockholm.ts';
import { lawRoutine } from '../routine/routines.ts';
import type { Routine, Rule } from '../routine/schema.ts';
import { isA, last, momentOf, reportedLater, type Entry } from './case-file.ts';
import { inScope, type Subject } from './subjects.ts';

/**
 * `met`: closed in time. `breached`: a hard limit passed before it was closed. `cancelled`: recalled, replaced or ended
 * before the limit passed. `open`: anything else.
 */
export type Status = 'open' | 'met' | 'breached' | 'cancelled';

/** One rule of a routine at work on one order, decision or switch. */
export interface Deadline {
  readonly rule: Rule;
  readonly routine: Routine;
  readonly subject: Subject;
  /** The instant that the time counts from. */
  readonly opened: Temporal.Instant;
  /** The instant at which the limit has passed. */
  readonly due: Temporal.Instant;
  readonly status: Status;
  /** When the fact that closed it happened: with `met`, and with `breached` when it was done late. */
  readonly closed?: Temporal.Instant;
  /** What closed it was told on a later day than the day it happened, and after the limit. */
  readonly reportedLate?: true;
  /** The order was recalled, replaced or ended after the breach, so nothing more is owed. */
  readonly ended?: Temporal.Instant;
  /** Who put the limit off, until when and why. */
  readonly postponed?: { readonly until: string; readonly by: 'client' | 'officer'; readonly reason: string };
}

/**
 * The deadlines of a subject as they stand at an instant, by its routine and by the law. `at` decides only which limits
 * have passed: every fact in the file is known.
 */
export const deadlinesOf = (subject: Subject, at: Temporal.Instant): Deadline[] =>
  [...(subject.routine ? [subject.routine] : []), lawRoutine].flatMap((routine) =>
    routine.rules
      .filter((rule) => rule.about === subject.kind && inScope(rule.for, subject.circumstances))
      .flatMap((rule) => openings(rule, subject).map((opening) => deadlineOf(rule, routine, subject, opening, at))),
  );

/** An opening fact, and the facts that can close what it opened. */
interface Opening {
  readonly from: Entry;
  readonly closings: readonly Entry[];
}

const openings = (rule: Rule, { entries }: Subject): Opening[] => {
  const opens = entries.filter(({ name }) => rule.opens.includes(name));
  const closes = entries.filter(({ name }) => rule.closes.includes(name));
  if (rule.repeats === true)
    return opens.map((from) => ({ from, closings: closes.filter((entry) => happenedAfter(entry, from)) }));
  const from = earliest(opens);
  return from === undefined ? [] : [{ from, closings: closes }];
};

const happenedAfter = (entry: Entry, from: Entry): boolean =>
  entry !== from && Temporal.Instant.compare(momentOf(entry), momentOf(from)) >= 0;

const deadlineOf = (
  rule: Rule,
  routine: Routine,
  subject: Subject,
  { from, closings }: Opening,
  at: Temporal.Instant,
): Deadline => {
  const opened = momentOf(startOfCount(rule, subject, from));
  const postponement = lastPostponement(rule, subject);
  const due = movedDue(rule, subject, dueAt(opened, limitOf(rule, routine, subject)));
  const closing = earliest(closings);
  const judged = judge(rule.kind, due, closing, subject.ended, at);
  return {
    rule,
    routine,
    subject,
    opened,
    due,
    ...judged,
    ...(closing !== undefined && judged.closed !== undefined && toldLate(closing, due) && { reportedLate: true }),
    ...(postponement && { postponed: postponement }),
  };
};

/** Where the time counts from: the first known of `countsFrom`, until then the opening fact (rows H3, K5). */
const startOfCount = (rule: Rule, { entries }: Subject, opening: Entry): Entry => {
  for (const name of rule.countsFrom ?? []) {
    const known = earliest(entries.filter((entry) => entry.name === name && concernsProvider(entry)));
    if (known !== undefined) return known;
  }
  return opening;
};

const concernsProvider = (entry: Entry): boolean => !isA(entry, 'mail.sent') || entry.fact.data.audience === 'provider';

const limitOf = (rule: Rule, routine: Routine, subject: Subject) => {
  const ownHours = rule.ownHours === undefined ? undefined : subject.orders[0]?.sent?.fact.data[rule.ownHours];
  const within: Within | undefined =
    ownHours === undefined
      ? (rule.within ?? routine.parameters?.[rule.parameter ?? '']?.within)
      : { amount: ownHours, unit: 'hours' };
  if (within === undefined) throw new TypeError(`rule ${rule.id} of routine ${routine.id} states no limit`);
  return {
    within,
    ...(rule.cutoff && { cutoff: cutoffOf(rule.cutoff) }),
    ...(rule.roll && { roll: rule.roll }),
  };
};

const cutoffOf = ({ after, resume, nonWeekday }: NonNullable<Rule['cutoff']>) => ({
  after,
  resume,
  ...(nonWeekday && { nonWeekday }),
});

/**
 * Moves a limit to the end of a later date, in the order in which the moves were made. What is agreed or put off once the
 * limit has passed no longer moves it, and a date before the limit does not shorten it (row H4: "en senare tidpunkt").
 */
const movedDue = (rule: Rule, subject: Subject, due: Temporal.Instant): Temporal.Instant => {
  if (rule.unmovable === true) return due;
  let moved = due;
  for (const entry of subject.entries) {
    const until = movedUntil(rule, entry);
    if (until === undefined || isAfterLimit(entry.at, moved)) continue;
    // An order's own later start and each later agreement replace the one before, counted from the rule's own limit.
    moved = laterOf(due, until);
  }
  return moved;
};

const movedUntil = (rule: Rule, entry: Entry): Temporal.Instant | undefined => {
  if (isA(entry, 'deadline.postponed') && entry.fact.data.rule === rule.id)
    return instantOrEndOf(entry.fact.data.until);
  if (isA(entry, 'start.agreed') && rule.laterBy?.includes('start.agreed'))
    return endOfDay(dayOfDate(entry.fact.data.date));
  if (!isA(entry, 'order.sent') || !rule.laterBy?.includes('startNotBefore')) return undefined;
  const { startNotBefore } = entry.fact.data;
  return startNotBefore === undefined ? undefined : endOfDay(dayOfDate(startNotBefore));
};

/** An instant as it stands; a date means the end of that day. */
const instantOrEndOf = (until: string): Temporal.Instant =>
  until.length === 'YYYY-MM-DD'.length ? endOfDay(dayOfDate(until)) : Temporal.Instant.from(until);

const lastPostponement = (rule: Rule, { entries }: Subject): Deadline['postponed'] => {
  const own = entries.filter((entry) => isA(entry, 'deadline.postponed') && entry.fact.data.rule === rule.id);
  const postponement = last(own, 'deadline.postponed');
  if (postponement === undefined) return undefined;
  const { until, by, reason } = postponement.fact.data;
  return { until, by, reason };
};

/**
 * Whatever happened first decides: done before the limit, ended before the limit, or the limit passed. An act at the very
 * instant of the limit is late.
 */
const judge = (
  kind: Rule['kind'],
  due: Temporal.Instant,
  closing: Entry | undefined,
  ending: Entry | undefined,
  at: Temporal.Instant,
): Pick<Deadline, 'status' | 'closed' | 'ended'> => {
  const done = closing && momentOf(closing);
  const ended = ending && momentOf(ending);
  const doneFirst = done !== undefined && (ended === undefined || Temporal.Instant.compare(done, ended) <= 0);
  if (closing !== undefined && doneFirst && (kind === 'soft' || !isAfterLimit(done, due)))
    return { status: 'met', closed: closing.at };
  if (ended !== undefined && (kind === 'soft' || !isAfterLimit(ended, due))) return { status: 'cancelled' };
  if (kind === 'soft' || !isAfterLimit(at, due)) return { status: 'open' };
  return {
    status: 'breached',
    ...(closing && { closed: closing.at }),
    ...(ended && { ended }),
  };
};

const toldLate = (closing: Entry, due: Temporal.Instant): boolean =>
  reportedLater(closing) && isAfterLimit(closing.at, due);

const isAfterLimit = (instant: Temporal.Instant, due: Temporal.Instant): boolean =>
  Temporal.Instant.compare(instant, due) >= 0;

const laterOf = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(a, b) >= 0 ? a : b;

const earliest = (entries: readonly Entry[]): Entry | undefined => {
  let found: Entry | undefined;
  for (const entry of entries)
    if (found === undefined || Temporal.Instant.compare(momentOf(entry), momentOf(found)) < 0) found = entry;
  return found;
};
