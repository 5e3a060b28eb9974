import { factsAbout } from '../../case/subjects.ts';
import type { FactError } from '../../../events/errors.ts';
import type { Routine, TaskRule } from '../schema.ts';
import { conditionErrors, speakerErrors } from './conditions.ts';
import { WITH_ARTICLE } from './rules.ts';
import { scopeErrors, scopesMeet } from './scopes.ts';

/** What is wrong with the routine's tasks, each by itself and beside the others. */
export const taskErrors = (routine: Routine): FactError[] => {
  const tasks = routine.tasks ?? [];
  return tasks.flatMap((task, index) => {
    const at = `/tasks/${String(index)}`;
    return [
      ...nameErrors(task, at),
      ...scopeErrors(task.for, routine, aboutOf(task), `${at}/for`),
      ...ownerErrors(task, at),
      ...task.opens.flatMap((name) => conditionErrors(task.when, name, at)).slice(0, 1),
      ...closingErrors(task, at),
      ...speakerErrors(task.opensBy, task.opens, `${at}/opensBy`),
      ...speakerErrors(task.closesBy, task.closes ?? [], `${at}/closesBy`),
      ...sameErrors(task, tasks.slice(0, index), routine, at),
    ];
  });
};

const closingErrors = ({ closes = [], closesWhen }: TaskRule, at: string): FactError[] =>
  closesWhen !== undefined && closes.length === 0
    ? [{ path: `${at}/closesWhen`, message: 'there is no fact that it could be about: leave it out' }]
    : closes.flatMap((name) => conditionErrors(closesWhen, name, at, 'closesWhen')).slice(0, 1);

const aboutOf = ({ about = 'order' }: TaskRule) => about;

const nameErrors = (task: TaskRule, at: string): FactError[] => {
  const about = aboutOf(task);
  return (['opens', 'closes'] as const).flatMap((field) =>
    (task[field] ?? []).flatMap((name, index) =>
      factsAbout[about].includes(name)
        ? []
        : [
            {
              path: `${at}/${field}/${String(index)}`,
              message: `${name} never concerns ${WITH_ARTICLE[about]}, so the task ${task.id} can never ${field === 'closes' ? 'close' : 'open'} by it`,
            },
          ],
    ),
  );
};

const OWNERS: Readonly<Record<NonNullable<TaskRule['about']>, readonly TaskRule['owner'][]>> = {
  order: ['provider', 'officer'],
  switch: ['incoming', 'leaving', 'officer'],
  service: ['officer'],
};

const ownerErrors = (task: TaskRule, at: string): FactError[] => {
  const about = aboutOf(task);
  if (OWNERS[about].includes(task.owner)) return [];
  return [
    { path: `${at}/owner`, message: `a task about ${WITH_ARTICLE[about]} is owned by ${OWNERS[about].join(' or ')}` },
  ];
};

/** Tasks are ticked off by their id, so one thing must not get two tasks of one. */
const sameErrors = (task: TaskRule, others: readonly TaskRule[], routine: Routine, at: string): FactError[] => {
  const same = others.findIndex(
    (other) => other.id === task.id && aboutOf(other) === aboutOf(task) && scopesMeet(other.for, task.for, routine),
  );
  if (same === -1) return [];
  return [
    { path: `${at}/id`, message: `is the id of /tasks/${String(same)} too: choose another, or part them by "for"` },
  ];
};
