import { Temporal } from 'temporal-polyfill';
import type { Fact } from '../../events/catalogue.ts';
import type { Routines } from '../routine/routines.ts';
import { fileCase, type CaseFile } from './case-file.ts';
import { deadlinesOf, type Deadline } from './deadlines.ts';
import { noticesDue, type Notice } from './notices.ts';
import { subjectsOf, type Subject } from './subjects.ts';
import { tasksOf, type Task } from './tasks.ts';

/** A case as it stands at an instant. */
export interface CaseView {
  readonly file: CaseFile;
  readonly subjects: readonly Subject[];
  /** By due time, then rule, then what it is about. */
  readonly deadlines: readonly Deadline[];
  readonly tasks: readonly Task[];
  /** Reminders, alerts, escalations and annulments that are due and not recorded. */
  readonly notices: readonly Notice[];
  /** The next instant at which a notice may be due. */
  readonly nextWake: Temporal.Instant | undefined;
}

/**
 * What is known of a case: a pure function of the set of its facts, the routines and the instant. Every order of arrival
 * of the same facts gives the same view.
 */
export const viewCase = (facts: readonly Fact[], routines: Routines, at: Temporal.Instant): CaseView => {
  const file = fileCase(facts, routines);
  const subjects = subjectsOf(file, routines);
  const deadlines = subjects.flatMap((subject) => deadlinesOf(subject, at)).toSorted(byDue);
  return {
    file,
    subjects,
    deadlines,
    tasks: subjects.flatMap((subject) => tasksOf(subject, file)).toSorted(byOpening),
    ...noticesDue(deadlines, file, at),
  };
};

/** Cases as they stand at an instant, as far as it can be told of them together. */
export type CasesView = Pick<CaseView, 'deadlines' | 'tasks' | 'notices' | 'nextWake'>;

/** The facts of one or more cases, each case seen by itself: an order of one is none of another's, though they share its id. */
export const viewCases = (facts: readonly Fact[], routines: Routines, at: Temporal.Instant): CasesView => {
  const views = [...Map.groupBy(facts, ({ subject }) => subject)]
    .toSorted(([a], [b]) => byText(a, b))
    .map(([, its]) => viewCase(its, routines, at));
  return {
    deadlines: views.flatMap(({ deadlines }) => deadlines).toSorted(byDue),
    tasks: views.flatMap(({ tasks }) => tasks).toSorted(byOpening),
    notices: views.flatMap(({ notices }) => notices),
    nextWake: views
      .flatMap(({ nextWake }) => nextWake ?? [])
      .toSorted((a, b) => Temporal.Instant.compare(a, b))
      .at(0),
  };
};

const byDue = (a: Deadline, b: Deadline): number =>
  Temporal.Instant.compare(a.due, b.due) || byText(a.rule.id, b.rule.id) || byText(a.subject.id, b.subject.id);

const byOpening = (a: Task, b: Task): number => Temporal.Instant.compare(a.opened, b.opened) || byText(a.id, b.id);

const byText = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
