import type { Temporal } from 'temporal-polyfill';
import type { Routine, SaidBy, TaskRule } from '../routine/schema.ts';
import { commonRoutine } from '../routine/routines.ts';
import { byTime, isA, type CaseFile } from './case-file.ts';
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
}

/** The tasks that a routine opens on a subject, done ones included. */
export const tasksOf = (subject: Subject, file: CaseFile): Task[] =>
  [...(subject.routine ? [subject.routine] : []), commonRoutine].flatMap((routine) =>
    (routine.tasks ?? [])
      .filter((rule) => (rule.about ?? 'order') === subject.kind && inScope(rule.for, subject.circumstances))
      .flatMap((rule) =>
        openings(rule, subject).map((opening, index) => taskOf(rule, routine, subject, opening, index, file)),
      ),
  );

const openings = (rule: TaskRule, subject: Subject): SubjectEvent[] => {
  const opens = subject.entries.filter(
    (entry) =>
      rule.opens.some((name) => name === entry.name) &&
      isSaidBy(rule.opensBy, entry) &&
      meets(rule.when, entry.fact) &&
      !isNotOverdue(entry, subject),
  );
  return rule.repeats === true ? opens : opens.slice(0, 1);
};

const taskOf = (
  rule: TaskRule,
  routine: Routine,
  subject: Subject,
  opening: SubjectEvent,
  index: number,
  file: CaseFile,
): Task => {
  const id = [rule.id, subject.id, ...(index === 0 ? [] : [String(index + 1)])].join(':');
  const ticked = file.entries.find((entry) => isA(entry, 'task.done') && entry.fact.data.task === id);
  const closing =
    subject.entries.find(
      (entry) =>
        byTime(entry, opening) > 0 &&
        rule.closes?.some((name) => name === entry.name) &&
        isSaidBy(rule.closesBy, entry),
    ) ??
    ticked ??
    (outlivesEnding(rule, opening, subject) ? undefined : subject.ended);
  return {
    id,
    rule,
    routine,
    subject,
    opened: opening.at,
    status: closing === undefined ? 'open' : 'done',
    ...(closing && { closed: closing.at }),
    ...(opening.fact.type === 'se.frist.mail.received.v1' && { mail: opening.fact.data.mail }),
  };
};

/** What an ending asks to be done is not done with the ending, nor is a reply read that came after it. */
const outlivesEnding = ({ opens }: TaskRule, opening: SubjectEvent, { ended }: Subject): boolean =>
  opens.some((name) => ENDINGS.has(name)) ||
  (opening.name === 'mail.received' && ended !== undefined && byTime(opening, ended) > 0);

const ENDINGS: ReadonlySet<string> = new Set(['service.ended', 'order.recalled', 'switch.completed']);

const isSaidBy = (by: SaidBy | undefined, { fact }: SubjectEvent): boolean => by === undefined || saidBy(fact) === by;
