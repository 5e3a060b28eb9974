import type { Temporal } from 'temporal-polyfill';
import type { TaskRule } from '../routine/schema.ts';
import { isA, type CaseFile, type Entry } from './case-file.ts';
import { inScope, type Subject } from './subjects.ts';

/** Something to be done that has no limit of its own, opened by a fact and closed by another or ticked off. */
export interface Task {
  /** `<task rule>:<order>`, the id that `task.done` names. */
  readonly id: string;
  readonly rule: TaskRule;
  readonly subject: Subject;
  readonly opened: Temporal.Instant;
  readonly status: 'open' | 'done';
  readonly closed?: Temporal.Instant;
}

/** The tasks that a routine opens on an order, done ones included. */
export const tasksOf = (subject: Subject, file: CaseFile): Task[] => {
  if (subject.kind !== 'order') return [];
  return (subject.routine?.tasks ?? [])
    .filter((rule) => inScope(rule.for, subject.circumstances))
    .flatMap((rule) => {
      const opening = subject.entries.find(({ name }) => rule.opens.includes(name));
      return opening === undefined ? [] : [taskOf(rule, subject, opening, file)];
    });
};

const taskOf = (rule: TaskRule, subject: Subject, opening: Entry, file: CaseFile): Task => {
  const id = `${rule.id}:${subject.id}`;
  const ticked = file.entries.find((entry) => isA(entry, 'task.done') && entry.fact.data.task === id);
  const closing = subject.entries.find(({ name }) => rule.closes?.includes(name)) ?? ticked ?? subject.ended;
  return {
    id,
    rule,
    subject,
    opened: opening.at,
    status: closing === undefined ? 'open' : 'done',
    ...(closing && { closed: closing.at }),
  };
};
