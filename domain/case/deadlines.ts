import { Temporal } from 'temporal-polyfill';
import type { FactData } from '../../events/catalogue.ts';
import { dueAt, dueBefore, endOfDay, lastDayBefore, type Within } from '../calendar/limit.ts';
import type { EpochDay } from '../calendar/days.ts';
import { dayOfDate, dayOfInstant } from '../calendar/stockholm.ts';
import { limitOf } from '../routine/limit-of.ts';
import { commonRoutine } from '../routine/routines.ts';
import type { Routine, Rule } from '../routine/schema.ts';
import { byTime, endsLater } from './case-file.ts';
import { inScope, type Subject, type SubjectEvent } from './subjects.ts';

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
  /** What closed it, where `closed` stands. */
  readonly closing?: SubjectEvent;
  /** What closed it was told on a later day than the day it happened, and after the limit. */
  readonly reportedLate?: true;
  /** The order was recalled, replaced or ended after the breach, so nothing more is owed. */
  readonly ended?: Temporal.Instant;
  /** The first and the last day that something may be agreed for (row H16). */
  readonly window?: Window;
  /** Who put the limit off, until when and why. */
  readonly postponed?: { readonly until: string; readonly by: 'client' | 'officer'; readonly reason: string };
  /** Until when its officer laid it aside, and why: its limit and its breach stay what they are. */
  readonly snoozed?: { readonly until: Temporal.Instant; readonly reason: string };
}

/** Days between which something is to happen, and whether the day agreed lies outside them. */
export interface Window {
  readonly first: EpochDay;
  readonly last: EpochDay;
  readonly agreedOutside: boolean;
}

/**
 * The deadlines of a subject as they stand at an instant, by its routine and by the law. `at` decides only which limits
 * have passed: every fact in the file is known.
 */
export const deadlinesOf = (subject: Subject, at: Temporal.Instant): Deadline[] =>
  [...(subject.routine ? [subject.routine] : []), commonRoutine].flatMap((routine) =>
    routine.rules
      .filter((rule) => rule.about === subject.kind && inScope(rule.for, subject.circumstances))
      .flatMap((rule) => {
        const duty = dutyOf(rule, routine, subject);
        return duty === undefined ? [] : openings(rule, subject).map((opening) => deadlineOf(duty, opening, at));
      }),
  );

/** A rule that holds for a subject, with all that is the same for each of its openings. */
interface Duty {
  readonly rule: Rule;
  readonly routine: Routine;
  readonly subject: Subject;
  /** When the limit passes, as the rule states it, for an instant that the time counts from. */
  readonly dueFrom: (opened: Temporal.Instant) => Temporal.Instant;
  readonly moves: readonly Move[];
  readonly postponements: readonly Made<NonNullable<Deadline['postponed']>>[];
  readonly snoozes: readonly Made<NonNullable<Deadline['snoozed']>>[];
}

/** Something that was said of a limit, and when. */
interface Made<What> {
  readonly what: What;
  readonly made: Temporal.Instant;
}

const dutyOf = (rule: Rule, routine: Routine, subject: Subject): Duty | undefined => {
  const dueFrom = dueFromOf(rule, routine, subject);
  if (dueFrom === undefined) return undefined;
  return {
    rule,
    routine,
    subject,
    dueFrom,
    moves:
      rule.unmovable === true
        ? []
        : subject.entries.flatMap((entry) => (isSentAgain(entry, subject) ? [] : (moveBy(entry, rule) ?? []))),
    postponements: subject.entries.flatMap((entry) => postponementBy(entry, rule) ?? []),
    snoozes: subject.entries.flatMap((entry) => snoozeBy(entry, rule) ?? []),
  };
};

/** Nothing as long as the date that the limit counts back from is not known. */
const dueFromOf = (rule: Rule, routine: Routine, subject: Subject): Duty['dueFrom'] | undefined => {
  const ownHours = rule.ownHours === undefined ? undefined : subject.orders[0]?.sent?.fact.data[rule.ownHours];
  const limit = limitOf(rule, routine, ownHours);
  if (rule.countsBackFrom === undefined) return (opened) => dueAt(opened, limit);
  const [first] = subject.orders.flatMap(({ sent }) => sent ?? []).toSorted(byMoment);
  const { from, to } = first?.fact.data.period ?? {};
  const date = rule.countsBackFrom === 'period.from' ? from : to;
  if (date === undefined) return undefined;
  const due = dueBefore(dayOfDate(date), limit);
  return () => due;
};

/** An opening fact, and the first fact that closes what it opened. */
interface Opening {
  readonly from: SubjectEvent;
  readonly closing: SubjectEvent | undefined;
  /** What told before the opening fact that there would be one. */
  readonly known?: SubjectEvent | undefined;
}

const openings = (rule: Rule, subject: Subject): Opening[] => {
  const entries = absencesOnce(subject.entries);
  const opens = entries.filter(({ name }) => rule.opens.includes(name)).toSorted(byMoment);
  const closes = entries.filter(({ name }) => rule.closes.includes(name)).toSorted(byMoment);
  if (rule.closesByReport === true) return reports(opens, closes, subject.entries);
  if (rule.repeats !== true) return opens.slice(0, 1).map((from) => ({ from, closing: closes[0] }));
  // What lies before one opening lies before all the later ones too, so that a long case is read through once.
  let left = closes;
  return opens.map((from) => {
    const next = left.findIndex(({ latest }) => !isBefore(latest, from.moment));
    left = next === -1 ? [] : left.slice(next);
    return { from, closing: left.find((entry) => closesAfter(entry, from, rule)) };
  });
};

/**
 * An absence or a pause that is told again from the same day is the same one: by another door, or because its end is known
 * by now (row S8). The first that told of it counts.
 */
const absencesOnce = (entries: readonly SubjectEvent[]): readonly SubjectEvent[] => {
  const told = new Set<string>();
  return entries.filter(({ name, fact }) => {
    if (fact.type !== 'se.frist.service.paused.v1' && fact.type !== 'se.frist.absence.known.v1') return true;
    const absence = `${name} ${fact.data.order} ${fact.data.from}`;
    const isFirst = !told.has(absence);
    told.add(absence);
    return isFirst;
  });
};

/**
 * Each report closes a limit that counts from the day it tells of, by when it was told. What was known before the report
 * opens a limit until the report comes, and belongs to the report of the nearest day, no more than a week away: not to one of
 * a pause that was over by then, for it is another absence (row S8). In a pause that is reported nothing more is to be.
 */
const reports = (
  opens: readonly SubjectEvent[],
  closes: readonly SubjectEvent[],
  entries: readonly SubjectEvent[],
): Opening[] => {
  const free = new Set(closes);
  const waiting = opens.filter((entry) => !free.has(entry));
  const lastDayOf = lastDaysBy(entries);
  const knownOf = new Map<SubjectEvent, SubjectEvent | undefined>();
  for (let apart = 0; apart <= 7; apart += 1)
    for (const report of free) {
      const known = waiting.findIndex(
        (entry) => Math.abs(dayOf(entry) - dayOf(report)) === apart && dayOf(entry) <= lastDayOf(report),
      );
      if (known === -1) continue;
      knownOf.set(report, waiting.splice(known, 1)[0]);
      free.delete(report);
    }
  const told = closes.map((report) => ({
    from: report,
    closing: { ...report, moment: report.at, latest: report.at },
    known: knownOf.get(report),
  }));
  const paused = waiting.length === 0 ? [] : closes.map((report) => [dayOf(report), lastDayOf(report)] as const);
  const unreported = waiting.filter((entry) => {
    const day = dayOf(entry);
    return !paused.some(([first, last]) => first <= day && day <= last);
  });
  return [...told, ...unreported.map((from) => ({ from, closing: undefined }))];
};

/** The last day of the pause that a report tells of, as far as it is known: as last told, or the day before it was resumed. */
const lastDaysBy = (entries: readonly SubjectEvent[]): ((report: SubjectEvent) => number) => {
  const ends = new Map<EpochDay, EpochDay>();
  const resumed: EpochDay[] = [];
  for (const { fact } of entries) {
    if (fact.type === 'se.frist.service.resumed.v1') resumed.push(dayOfDate(fact.data.on));
    if (fact.type === 'se.frist.service.paused.v1' && fact.data.to !== undefined)
      ends.set(dayOfDate(fact.data.from), dayOfDate(fact.data.to));
  }
  resumed.sort((one, other) => one - other);
  return (report) => {
    const from = dayOf(report);
    const next = resumed.find((day) => day >= from) ?? Infinity;
    return Math.max(from, Math.min(ends.get(from) ?? Infinity, next - 1));
  };
};

const dayOf = ({ moment }: SubjectEvent): EpochDay => dayOfInstant(moment);

/** A fact closes what was opened before it, or at the same moment: another of the opening facts only when it comes later. */
const closesAfter = (entry: SubjectEvent, from: SubjectEvent, rule: Rule): boolean =>
  rule.opens.includes(entry.name) ? byMoment(entry, from) > 0 : !isBefore(entry.latest, from.moment);

const deadlineOf = (duty: Duty, opening: Opening, at: Temporal.Instant): Deadline => {
  const { rule, routine, subject, dueFrom } = duty;
  const { from, closing } = opening;
  const isOwn = ({ made }: Pick<Move, 'made'>): boolean => rule.repeats !== true || ranAt(opening, made);
  const postponed = duty.postponements.findLast(isOwn)?.what;
  const snoozed = duty.snoozes.findLast(isOwn)?.what;
  const opened = startOfCount(rule, subject, from).moment;
  const due = movedDue(dueFrom(opened), duty.moves.filter(isOwn));
  const judged = judge(rule.kind, due, closing, subject.ended, at);
  return {
    rule,
    routine,
    subject,
    opened,
    due,
    ...judged,
    ...(closing !== undefined && judged.closed !== undefined && { closing }),
    ...(closing !== undefined && judged.closed !== undefined && toldLate(closing, due) && { reportedLate: true }),
    ...(rule.notBefore && { window: windowOf(rule.notBefore, opened, due, subject) }),
    ...(postponed && { postponed }),
    ...(snoozed && { snoozed }),
  };
};

/**
 * Of several limits of a rule, what is said of it is said of those that run then: not of one that is closed, nor of one that
 * comes later. One that counts from a day to come runs from when that day was told.
 */
const ranAt = ({ from, closing, known }: Opening, made: Temporal.Instant | undefined): boolean =>
  made === undefined ||
  ([from.moment, from.at, ...(known ? [known.at] : [])].some((since) => !isBefore(made, since)) &&
    (closing === undefined || !isBefore(closing.moment, made)));

const windowOf = (notBefore: Within, opened: Temporal.Instant, due: Temporal.Instant, { entries }: Subject): Window => {
  const first = lastDayBefore(dueAt(opened, { within: notBefore }));
  const last = lastDayBefore(due);
  const agreed = entries.findLast(({ name }) => name === 'switch.dateAgreed')?.fact;
  const day = agreed?.type === 'se.frist.switch.dateAgreed.v1' ? dayOfDate(agreed.data.date) : undefined;
  return { first, last, agreedOutside: day !== undefined && (day < first || day > last) };
};

/** Where the time counts from: the first known of `countsFrom`, until then the opening fact (rows H3, K5). */
const startOfCount = (rule: Rule, { entries }: Subject, opening: SubjectEvent): SubjectEvent => {
  for (const name of rule.countsFrom ?? []) {
    const [known] = entries.filter((entry) => entry.name === name && concernsProvider(entry)).toSorted(byMoment);
    if (known !== undefined) return known;
  }
  return opening;
};

const concernsProvider = ({ fact }: SubjectEvent): boolean =>
  fact.type !== 'se.frist.mail.sent.v1' || fact.data.audience === 'provider';

/** Something that moves a limit to a later instant. */
interface Move {
  readonly until: Temporal.Instant;
  /** It was put off; else another day was ordered or agreed. */
  readonly putOff?: true;
  /** When it was made, if it can come too late. */
  readonly made?: Temporal.Instant;
}

/**
 * Moves a limit, in the order in which the moves were made. What is agreed or put off once the limit has passed no longer
 * moves it, and a date before the limit does not shorten it (row H4: "en senare tidpunkt").
 */
const movedDue = (due: Temporal.Instant, moves: readonly Move[]): Temporal.Instant => {
  let agreed = due;
  let moved = due;
  for (const { until, made, putOff } of moves) {
    // A day in the order that comes before the limit takes back nothing that was said before the order came.
    if (made === undefined ? isBefore(until, due) : !isBefore(made, moved)) continue;
    // The order's own later start and each later agreement replace the one before, counted from the rule's own limit; what is
    // put off is put off from there.
    const from = putOff ? agreed : due;
    moved = isBefore(until, from) ? from : until;
    if (putOff === undefined) agreed = moved;
  }
  return moved;
};

const moveBy = ({ fact, at }: SubjectEvent, rule: Rule): Move | undefined => {
  switch (fact.type) {
    case 'se.frist.deadline.postponed.v1':
      return fact.data.rule === rule.id
        ? { until: instantOrEndOf(fact.data.until), made: at, putOff: true }
        : undefined;
    case 'se.frist.start.agreed.v1':
      if (!rule.laterBy?.includes('start.agreed')) return undefined;
      return { until: endOfDay(dayOfDate(fact.data.date)), made: at };
    case 'se.frist.order.sent.v1':
      return ownStart(fact.data, rule);
    default:
      return undefined;
  }
};

/** What an order says when it is sent once more is not what was ordered. */
const isSentAgain = (entry: SubjectEvent, { orders }: Subject): boolean =>
  entry.name === 'order.sent' && entry !== orders[0]?.sent;

/** The latest of the order's own dates before which it is not to start (rows H4, S7). */
const ownStart = ({ startNotBefore, period }: FactData<'order.sent'>, { laterBy = [] }: Rule): Move | undefined => {
  const days = [
    ...(laterBy.includes('startNotBefore') && startNotBefore !== undefined ? [dayOfDate(startNotBefore)] : []),
    ...(laterBy.includes('period.from') ? [dayOfDate(period.from)] : []),
  ];
  return days.length === 0 ? undefined : { until: endOfDay(Math.max(...days)) };
};

/** An instant as it stands; a date means the end of that day. */
const instantOrEndOf = (until: string): Temporal.Instant =>
  until.length === 'YYYY-MM-DD'.length ? endOfDay(dayOfDate(until)) : Temporal.Instant.from(until);

const postponementBy = ({ fact, at }: SubjectEvent, rule: Rule): Duty['postponements'][number] | undefined => {
  if (fact.type !== 'se.frist.deadline.postponed.v1' || fact.data.rule !== rule.id) return undefined;
  const { until, by, reason } = fact.data;
  return { what: { until, by, reason }, made: at };
};

const snoozeBy = ({ fact, at }: SubjectEvent, rule: Rule): Duty['snoozes'][number] | undefined => {
  if (fact.type !== 'se.frist.deadline.snoozed.v1' || fact.data.rule !== rule.id) return undefined;
  return { what: { until: instantOrEndOf(fact.data.until), reason: fact.data.reason }, made: at };
};

/**
 * Whatever happened first decides: done before the limit, ended before the limit, or the limit passed. An act at the very
 * instant of the limit is late.
 */
const judge = (
  kind: Rule['kind'],
  due: Temporal.Instant,
  closing: SubjectEvent | undefined,
  ending: SubjectEvent | undefined,
  at: Temporal.Instant,
): Pick<Deadline, 'status' | 'closed' | 'ended'> => {
  const inTime = ({ moment }: SubjectEvent): boolean => kind === 'soft' || isBefore(moment, due);
  const doneFirst = closing !== undefined && (ending === undefined || !isBefore(ending.latest, closing.moment));
  if (doneFirst && inTime(closing)) return { status: 'met', closed: closing.at };
  // An end that is told of beforehand takes back at once what falls due after it, and what falls due before runs on.
  const runsOn = endsLater(ending, at);
  if (ending !== undefined && (runsOn ? isBefore(ending.moment, due) : inTime(ending))) return { status: 'cancelled' };
  if (kind === 'soft' || isBefore(at, due)) return { status: 'open' };
  return {
    status: 'breached',
    ...(closing && { closed: closing.at }),
    ...(ending && !runsOn && { ended: ending.moment }),
  };
};

const toldLate = (closing: SubjectEvent, due: Temporal.Instant): boolean =>
  closing.reportedLater && !isBefore(closing.at, due);

const isBefore = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) < 0;

const byMoment = (a: SubjectEvent, b: SubjectEvent): number =>
  Temporal.Instant.compare(a.moment, b.moment) || byTime(a, b);
