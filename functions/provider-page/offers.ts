import type { Deadline } from '../../domain/case/deadlines.ts';
import type { Task } from '../../domain/case/tasks.ts';
import type { EventName } from '../../domain/routine/schema.ts';
import type { Fact, FactName } from '../../events/catalogue.ts';
import { makeFact } from '../shared/facts.ts';
import type { FieldError, Said } from '../shared/web/fields.ts';
import type { Form } from '../shared/web/form.ts';
import type { Answer, Origin, Words } from './answers.ts';
import { orderAnswers } from './order-answers.ts';
import { closesBy, owes, type Situation } from './situation.ts';
import { switchAnswers } from './switch-answers.ts';

/** A form that the page offers now, and what becomes of it when it is filled in. */
export interface Offer extends Form, Pick<Words, 'title' | 'intro'> {
  readonly fact: FactName;
  readonly once: boolean;
  /** The soonest limit that it keeps, or the task that it does, if there is one. */
  readonly deadline: Deadline | undefined;
  readonly task: Task | undefined;
  readonly step: boolean;
  readonly check: (said: Said) => readonly FieldError[];
  readonly factOf: (said: Said, origin: Origin) => Fact;
}

/**
 * What is asked of the reader now: what the routine names and the state has room for, soonest limit first, then tasks, then
 * the steps that every order takes, then the rest.
 */
export const offersOf = (situation: Situation): readonly Offer[] => {
  const answers = situation.kind === 'order' ? offered(orderAnswers, situation) : offered(switchAnswers, situation);
  const closed = new Set(answers.flatMap(({ closes }) => closes));
  const ticks = situation.tasks.filter((task) => !closesBy(task.rule, [...closed])).map(tickOf);
  return [...answers, ...ticks].toSorted(byUrgency);
};

/** The words for all that a page can answer, by the fact that it becomes. */
export const wordsOf = (name: FactName): (Words & Partial<Pick<Answer, 'detail'>>) | undefined =>
  name === 'task.done' ? TICK_WORDS : [...orderAnswers, ...switchAnswers].find((answer) => answer.name === name);

const offered = <S extends Situation>(
  answers: readonly Answer<S>[],
  situation: S,
): (Offer & Pick<Answer, 'closes'>)[] =>
  answers.filter((answer) => isAsked(answer, situation)).map((answer) => offerOf(answer, situation));

const isAsked = <S extends Situation>({ closes, permits }: Answer<S>, situation: S): boolean => {
  // Once it has ended nothing is left to answer but what the ending itself asks for (row K9).
  const asked = situation.isOver ? owes(situation, closes) : closes.some((name) => situation.named.has(name));
  return asked && permits(situation);
};

const offerOf = <S extends Situation>(answer: Answer<S>, situation: S): Offer & Pick<Answer, 'closes'> => {
  const { name, title, button, intro, closes, step, once, fields, check, fact } = answer;
  return {
    name,
    fact: name,
    title,
    button,
    ...(intro !== undefined && { intro }),
    closes,
    step,
    once,
    ...owedBy(situation, closes),
    fields: fields(situation),
    check: (said) => check(said, situation),
    factOf: (said, origin) => fact(said, situation, origin),
  };
};

const owedBy = (
  { reader, limits, tasks }: Situation,
  names: readonly EventName[],
): Pick<Offer, 'deadline' | 'task'> => ({
  deadline: limits.find(({ rule }) => rule.owner === reader && closesBy(rule, names)),
  task: tasks.find(({ rule }) => closesBy(rule, names)),
});

const TICK_WORDS: Words = {
  title: 'Markera som gjort',
  button: 'Markera som gjort',
  thanks: 'Tack, uppgiften är markerad som gjord',
  past: 'Uppgift gjord',
};

/** A task that no other form does is ticked off. The form is named by the rule, so that no id stands on the page. */
const tickOf = (task: Task, index: number): Offer => ({
  ...TICK_WORDS,
  name: `task.done.${task.rule.id}.${String(index)}`,
  fact: 'task.done',
  once: true,
  deadline: undefined,
  task,
  step: false,
  fields: [
    {
      kind: 'tick',
      name: 'done',
      label: `Vi har gjort det här: ${task.rule.duty}.`,
      missing: 'Kryssa i rutan när det är gjort.',
    },
  ],
  check: () => [],
  factOf: (_, origin) => makeFact('task.done', origin, { task: task.id }),
});

const byUrgency = (a: Offer, b: Offer): number =>
  rankOf(a) - rankOf(b) || (a.deadline?.due.epochMilliseconds ?? 0) - (b.deadline?.due.epochMilliseconds ?? 0);

const rankOf = ({ deadline, task, step }: Offer): number => {
  if (deadline !== undefined) return 0;
  if (task !== undefined) return 1;
  return step ? 2 : 3;
};
