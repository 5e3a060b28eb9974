import type { Fact, FactName } from '../../events/catalogue.ts';
import { readFields } from '../shared/web/fields.ts';
import type { Mistake } from '../shared/web/form.ts';
import { wordsOf, type Offer } from './offers.ts';
import type { Situation } from './situation.ts';
import { statementOf } from './statement.ts';

/**
 * What a posted form comes to: a fact, something to be put right, or nothing, because what it says is done already or not
 * asked for any more.
 */
export type Judged =
  | { readonly kind: 'stated'; readonly fact: Fact }
  | { readonly kind: 'mistaken'; readonly mistake: Mistake }
  | { readonly kind: 'needless'; readonly name: FactName | 'unknown'; readonly isOver: boolean };

export const judge = (posted: URLSearchParams, offers: readonly Offer[], situation: Situation): Judged => {
  const name = posted.get('answer') ?? MAIN_ANSWERS[situation.kind];
  const offer = offers.find((one) => one.name === name);
  if (offer === undefined) return needless(name, situation);
  const read = readFields(offer.fields, posted);
  const errors = read.ok ? offer.check(read.said) : read.errors;
  if (!read.ok || errors.length > 0) return { kind: 'mistaken', mistake: { form: name, posted, errors } };
  return { kind: 'stated', fact: statementOf(offer, read.said, situation) };
};

/** What a post that names no form answers: what the mail asked for. */
const MAIN_ANSWERS = { order: 'order.confirmed', switch: 'switch.dateAgreed' } as const;

const needless = (name: string, { subject, isOver }: Situation): Judged => {
  const isKnown = wordsOf(name as FactName) !== undefined;
  const isDone = isKnown && subject.entries.some((entry) => entry.name === name);
  return {
    kind: 'needless',
    name: isKnown ? (name as FactName) : 'unknown',
    isOver: isDone || isOver,
  };
};
