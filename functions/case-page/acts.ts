import { capital } from '../../domain/calendar/swedish.ts';
import { isOwed } from '../../domain/case/owed.ts';
import type { Task } from '../../domain/case/tasks.ts';
import type { Act } from './act.ts';
import { snooze } from './limit-acts.ts';
import { orderActs } from './order-acts.ts';
import { placementActs } from './placement-acts.ts';
import { isRunning, type RunningOrder } from './running-order.ts';
import { serviceName, type Situation } from './situation.ts';
import { nameOf } from '../shared/watch-pages/words.ts';
import { ownerOf } from './standing.ts';
import { switchActs } from './switch-acts.ts';

/*
 * What a case officer can do in a case.
 */

/** All that can be done in a case now, what something waits for first. */
export const actsOf = (situation: Situation): readonly Act[] => {
  const { view, at } = situation;
  const tasks = view.tasks.filter(({ status }) => status === 'open');
  const orders = [...view.file.orders.values()].filter((order) => isRunning(order, at));
  const several = orders.length > 1;
  const ofOrders = orders.flatMap((order) =>
    orderActs(order, situation).map((act) => ({
      ...act,
      title: several ? `${act.title} (${titleOf(order, situation)})` : act.title,
    })),
  );
  const acts = [
    ...tasks.map((task) => tick(task, situation)),
    ...registerDecision(situation),
    ...placementActs(situation),
    ...ofOrders,
    ...switchActs(situation),
    ...snooze(situation),
    note(),
  ];
  return [...acts.filter(({ isAsked }) => isAsked), ...acts.filter(({ isAsked }) => !isAsked)];
};

const titleOf = ({ sent }: RunningOrder, { providers, routines }: Situation): string =>
  `${serviceName(routines, sent.fact.data.service)}, ${nameOf(providers, sent.fact.data.provider)}`;

// The acts on the whole case

/** Only where a limit waits for it: where there is none, the operational system knows. */
const registerDecision = ({ view }: Situation): readonly Act[] =>
  [...view.file.decisions.values()]
    .filter(({ id }) =>
      view.deadlines.some(
        (one) => one.subject.id === id && isOwed(one) && one.rule.closes.includes('decision.registered'),
      ),
    )
    .map(({ id }) => ({
      name: `decision:${id}`,
      title: `Registrera beslut ${id} i verksamhetssystemet`,
      button: 'Beslutet är registrerat',
      isAsked: true,
      fields: [],
      check: () => [],
      facts: (_, state) => [state('decision.registered', { decision: id })],
      fieldAt: {},
    }));

/** A task is ticked off by its button alone; for a provider, where it has said so in another way than by Frist. */
const tick = (task: Task, { view, providers }: Situation): Act => ({
  name: `task:${task.id}`,
  title: capital(task.rule.duty),
  ...(task.rule.owner !== 'officer' && {
    intro: `Det här ska ${ownerOf(task.rule.owner, task.subject, view.file, (id) => nameOf(providers, id))} göra. Bocka av när det är gjort.`,
  }),
  button: 'Bocka av',
  isAsked: true,
  fields: [],
  check: () => [],
  facts: (_, state) => [state('task.done', { task: task.id })],
  fieldAt: {},
  ...(task.mail !== undefined && { mail: task.mail }),
});

const note = (): Act => ({
  name: 'note',
  title: 'Anteckna',
  button: 'Spara anteckningen',
  isAsked: false,
  fields: [
    {
      kind: 'text',
      name: 'text',
      label: 'Anteckning',
      hint: 'Den går inte att ändra efteråt. Skriv inget personnummer.',
      missing: 'Skriv något.',
    },
  ],
  check: () => [],
  facts: (said, state) => [state('note.written', { text: said('text') })],
  fieldAt: { '/data/text': 'text' },
});
