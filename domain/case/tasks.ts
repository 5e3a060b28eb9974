import { Temporal } from 'temporal-polyfill';
import { soonest } from '../calendar/soonest.ts';
import type { Routine, SaidBy, TaskRule } from '../routine/schema.ts';
import { commonRoutine } from '../routine/routines.ts';
import { byTime, endsLater, isA, type CaseFile } from './case-file.ts';
import { isNotOverdue } from './mails.ts';
import { inScope, meets, saidBy, type Subject, type SubjectEvent } from './subjects.ts';

/** Something to be done that has no limit of its own, opened by a fact and closed by another or ticked off. */
export interface Task {
  /** `<task rule>:<what it is about>`, the id that `task.done` names; from the second of a kind on with `:2`, `:3` … */
  readonly id: string;
  readonly rule: TaskRule;
  readonly routine: Routine;
  readonly subject: Subject;
  readonly opened: Temporal.Instant;
  readonly status: 'open' | 'done';
  readonly closed?: Temporal.Instant;
  /** The mail that came in and is to be read. */
  readonly mail?: string;
  /** It is done with its subject's end, if nobody does it before. */
  readonly endsWithSubject: boolean;
}

/** The tasks that a routine opens on a subject, done ones included, as they stand at an instant. */
export const tasksOf = (subject: Subject, file: CaseFile, at: Temporal.Instant): Task[] =>
  [...(subject.routine ? [subject.routine] : []), commonRoutine].flatMap((routine) =>
    (routine.tasks ?? [])
      .filter((rule) => (rule.about ?? 'order') === subject.kind && inScope(rule.for, subject.circumstances))
      .flatMap((rule) => tasksBy(rule, routine, subject, file, at)),
  );

const tasksBy = (rule: TaskRule, routine: Routine, subject: Subject, file: CaseFile, at: Temporal.Instant): Task[] => {
  const tasks: Task[] = [];
  for (const opening of openings(rule, subject)) {
    const last = tasks.at(-1);
    // What is still to be done need not be asked for again.
    if (rule.repeats === 'onceDone' && last !== undefined && !isDoneBy(opening, last)) continue;
    tasks.push(taskOf(rule, routine, subject, opening, tasks.length, file, at));
  }
  return tasks;
};

const isDoneBy = ({ at }: SubjectEvent, { closed }: Task): boolean =>
  closed !== undefined && Temporal.Instant.compare(closed, at) <= 0;

/** Each that opens it where it repeats; else the first, and the first mail about the ending that did not arrive. */
const openings = (rule: TaskRule, subject: Subject): SubjectEvent[] => {
  const opens = subject.entries.filter(
    (entry) =>
      rule.opens.some((name) => name === entry.name) &&
      isSaidBy(rule.opensBy, entry) &&
      meets(rule.when, entry.fact) &&
      !isNotOverdue(entry, subject),
  );
  if (rule.repeats !== undefined) return opens;
  const [first] = opens;
  const unheard = opens.find((entry) => isEndingUnheard(entry, subject));
  return opens.filter((entry) => entry === first || entry === unheard);
};

const taskOf = (
  rule: TaskRule,
  routine: Routine,
  subject: Subject,
  opening: SubjectEvent,
  index: number,
  file: CaseFile,
  at: Temporal.Instant,
): Task => {
  const id = [rule.id, subject.id, ...(index === 0 ? [] : [String(index + 1)])].join(':');
  const endsWithSubject = !outlivesEnding(rule, opening, subject);
  const ticked = file.entries.find((entry) => isA(entry, 'task.done') && entry.fact.data.task === id);
  const closing = subject.entries.find(
    (entry) =>
      (byTime(entry, opening) > 0 || isToldBefore(entry, opening, rule)) &&
      rule.closes?.some((name) => name === entry.name) &&
      isSaidBy(rule.closesBy, entry) &&
      meets(rule.closesWhen, entry.fact),
  );
  const ended = !endsWithSubject || endsLater(subject.ended, at) ? undefined : subject.ended;
  // Whatever comes first; what was told of beforehand took effect on its day, and nothing is done before it is asked for.
  const done = soonest([closing?.at, ticked?.at, ended && later(ended.at, ended.moment)]);
  const closed = done && later(opening.at, done);
  return {
    id,
    rule,
    routine,
    subject,
    opened: opening.at,
    status: done === undefined ? 'open' : 'done',
    ...(closed && { closed }),
    ...(opening.fact.type === 'se.frist.mail.received.v1' && { mail: opening.fact.data.mail }),
    endsWithSubject,
  };
};

/**
 * Whether what closes a task was said before what opens it: of two who tell the same, the one from whom it is awaited may tell
 * it first (row K9), and a day may be registered before it is reported (rows K7, H10).
 */
const isToldBefore = (entry: SubjectEvent, opening: SubjectEvent, { repeats }: TaskRule): boolean =>
  repeats === undefined &&
  entry !== opening &&
  (entry.name === opening.name ||
    ('date' in entry.fact.data && 'date' in opening.fact.data && entry.fact.data.date === opening.fact.data.date));

const later = (one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(one, other) < 0 ? other : one;

/** What an ending asks to be done is not done with the ending, nor is a reply read or a mail made up for that came of it. */
const outlivesEnding = ({ opens }: TaskRule, opening: SubjectEvent, subject: Subject): boolean =>
  opens.some((name) => ENDINGS.has(name)) ||
  (opening.name === 'mail.received' && subject.ended !== undefined && byTime(opening, subject.ended) > 0) ||
  isEndingUnheard(opening, subject);

/**
 * Whether the mail that came back is one that went out, or could not, after the subject had ended: it told of that, and whoever
 * did not get it does not know (row S4). What was sent before needs not arrive any more.
 */
const isEndingUnheard = (entry: SubjectEvent, { entries, ended }: Subject): boolean => {
  if (entry.name !== 'mail.bounced' || ended === undefined || byTime(entry, ended) <= 0) return false;
  const mail = mailOf(entry);
  return !entries.some((sent) => sent.name === 'mail.sent' && mailOf(sent) === mail && byTime(sent, ended) < 0);
};

const mailOf = ({ fact: { data } }: SubjectEvent): string | undefined => ('mail' in data ? data.mail : undefined);

const ENDINGS: ReadonlySet<string> = new Set(['service.ended', 'order.recalled', 'switch.completed']);

const isSaidBy = (by: SaidBy | undefined, { fact }: SubjectEvent): boolean => by === undefined || saidBy(fact) === by;
