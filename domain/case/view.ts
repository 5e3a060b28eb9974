import { Temporal } from 'temporal-polyfill';
import type { Fact } from '../../events/catalogue.ts';
import { soonest } from '../calendar/soonest.ts';
import type { Routines } from '../routine/routines.ts';
import { endsLater, fileCase, type CaseFile } from './case-file.ts';
import { deadlinesOf, type Deadline } from './deadlines.ts';
import { noticesDue, type Due } from './notices.ts';
import { subjectsOf, type Subject } from './subjects.ts';
import { tasksOf, type Task } from './tasks.ts';

/** A case as it stands at an instant. */
export interface CaseView {
  readonly file: CaseFile;
  readonly subjects: readonly Subject[];
  /** By due time, then rule, then what it is about. */
  readonly deadlines: readonly Deadline[];
  readonly tasks: readonly Task[];
}

/**
 * What is known of a case: a pure function of the set of its facts, the routines and the instant. Every order of arrival
 * of the same facts gives the same view.
 */
export const viewCase = (facts: readonly Fact[], routines: Routines, at: Temporal.Instant): CaseView => {
  const file = fileCase(facts, routines);
  const subjects = subjectsOf(file, routines);
  return {
    file,
    subjects,
    deadlines: subjects.flatMap((subject) => deadlinesOf(subject, at)).toSorted(byDue),
    tasks: subjects.flatMap((subject) => tasksOf(subject, file, at)).toSorted(byOpening),
  };
};

/** A case as it stands at an instant, and what is to be told of it then. */
export type DueView = CaseView & Due;

/** What {@link viewCase} tells, and the notices that are due: for who tells them, or wakes the case for the next. */
export const viewDue = (facts: readonly Fact[], routines: Routines, at: Temporal.Instant): DueView => {
  const view = viewCase(facts, routines, at);
  const { notices, nextWake } = noticesDue(view.deadlines, view.file, at);
  return { ...view, notices, nextWake: soonest([nextWake, ...endsOf(view, at)]) };
};

/** When what was missed or is still waited for comes to an end that is told of beforehand, and stands otherwise from then on. */
const endsOf = ({ deadlines, tasks }: CaseView, at: Temporal.Instant): Temporal.Instant[] =>
  [
    ...deadlines.filter(({ status }) => status === 'open' || status === 'breached'),
    ...tasks.filter(({ status, endsWithSubject }) => status === 'open' && endsWithSubject),
  ].flatMap(({ subject: { ended } }) => (ended !== undefined && endsLater(ended, at) ? [ended.moment] : []));

/** Cases as they stand at an instant, as far as it can be told of them together. */
export type CasesView = Pick<DueView, 'deadlines' | 'tasks' | 'notices' | 'nextWake'>;

/** The facts of one or more cases, each case seen by itself: an order of one is none of another's, though they share its id. */
export const viewCases = (facts: readonly Fact[], routines: Routines, at: Temporal.Instant): CasesView => {
  const views = [...Map.groupBy(facts, ({ subject }) => subject)]
    .toSorted(([a], [b]) => byText(a, b))
    .map(([, its]) => viewDue(its, routines, at));
  return {
    deadlines: views.flatMap(({ deadlines }) => deadlines).toSorted(byDue),
    tasks: views.flatMap(({ tasks }) => tasks).toSorted(byOpening),
    notices: views.flatMap(({ notices }) => notices),
    nextWake: soonest(views.map(({ nextWake }) => nextWake)),
  };
};

const byDue = (a: Deadline, b: Deadline): number =>
  Temporal.Instant.compare(a.due, b.due) || byText(a.rule.id, b.rule.id) || byText(a.subject.id, b.subject.id);

const byOpening = (a: Task, b: Task): number => Temporal.Instant.compare(a.opened, b.opened) || byText(a.id, b.id);

const byText = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
