import type { Kind, OfferOf } from '../shared/case-pages/offers.ts';
import type { Situation } from '../shared/case-pages/situation.ts';
import type { Act, Acts } from './act.ts';
import { anew } from './anew-act.ts';
import { limitActs } from './limit-acts.ts';
import { orderActs } from './order-acts.ts';
import { placementActs } from './placement-acts.ts';
import { serviceActs } from './service-acts.ts';
import { switchActs } from './switch-acts.ts';

const ACTS: Acts<Kind> = {
  task: ({ task, mail: _mail, ...press }) => ({
    ...press,
    fields: [],
    facts: (_, state) => [state('task.done', { task: task.id })],
  }),
  decision: ({ decision, mail: _mail, ...press }) => ({
    ...press,
    fields: [],
    facts: (_, state) => [state('decision.registered', { decision })],
  }),
  ...placementActs,
  ...orderActs,
  ...serviceActs,
  anew,
  ...switchActs,
  ...limitActs,
  note: () => ({
    button: 'Spara anteckningen',
    fields: [
      {
        kind: 'text',
        name: 'text',
        label: 'Anteckning',
        hint: 'Den går inte att ändra efteråt. Skriv inget personnummer.',
        missing: 'Skriv något.',
      },
    ],
    facts: (said, state) => [state('note.written', { text: said('text') })],
    fieldAt: { '/data/text': 'text' },
  }),
};

/** How what is offered is done: what is asked for, and the facts that it comes to. */
export const actOf = <K extends Kind>({ kind, about }: OfferOf<K>, situation: Situation): Act =>
  ACTS[kind](about, situation);
