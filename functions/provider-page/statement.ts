import { formatDay } from '../../domain/calendar/stockholm.ts';
import { nameOf, type Fact } from '../../events/catalogue.ts';
import { digest } from '../shared/facts.ts';
import type { Said } from '../shared/web/fields.ts';
import type { Offer } from './offers.ts';
import type { Situation } from './situation.ts';

export const SOURCE = '/frist/provider-page';

/**
 * The fact that an answer becomes, at the time of the door. Its id follows from what was said, so that a form that is sent
 * twice is one fact. The same words on another day are another statement, and so are they after something else was said.
 */
export const statementOf = (offer: Offer, said: Said, situation: Situation): Fact => {
  const origin = { source: SOURCE, subject: situation.link.case, time: situation.now };
  const draft = offer.factOf(said, { ...origin, id: 'draft' });
  const parts = offer.once
    ? [stable(aboutOf(draft))]
    : [stable(draft.data), draft.claimedtime ?? '', ...occasion(draft, situation)];
  const id = `${nameOf(draft)}-${digest(situation.link.case, situation.subject.id, situation.reader, offer.name, ...parts)}`;
  return { ...draft, id, door: 'link' };
};

/** Of a fact that is said once, only what it is about. */
const aboutOf = ({ data }: Fact): object => ('task' in data ? { task: data.task } : {});

/** The day, and how often something else of the kind has been said. */
const occasion = (draft: Fact, { subject, today }: Situation): readonly string[] => {
  const others = subject.entries.filter(
    ({ name, fact }) => name === nameOf(draft) && stable(fact.data) !== stable(draft.data),
  );
  return [formatDay(today), String(others.length)];
};

/** The same text for the same data, whatever order a store keeps its fields in. */
const stable = (data: object): string => JSON.stringify(Object.entries(data).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** The id of a statement, as an address names it. */
export const STATEMENT_ID = /^([a-zA-Z.]{3,40})-[0-9a-f]{32}$/u;
