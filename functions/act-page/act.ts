import type { Temporal } from 'temporal-polyfill';
import type { Fact, FactData, FactName } from '../../events/catalogue.ts';
import type { About, Kind } from '../shared/case-pages/offers.ts';
import type { Situation } from '../shared/case-pages/situation.ts';
import type { Field, FieldError, Said } from '../shared/web/fields.ts';
import type { Form } from '../shared/web/form.ts';

/*
 * An act is a form, and the facts that it becomes when it is filled in.
 */

/** States a fact in the case, now where no other moment is given. */
export type State = <N extends FactName>(name: N, data: FactData<N>, time?: Temporal.Instant) => Fact;

/** Its form is called as what is offered is. */
export interface Act extends Omit<Form, 'name' | 'action' | 'hidden'> {
  readonly intro?: string;
  /** What is wrong with the fields taken together. */
  readonly check?: (said: Said) => readonly FieldError[];
  readonly facts: (said: Said, state: State) => readonly Fact[];
  /** The fields where what the doors object to is put right, by place in the fact. */
  readonly fieldAt?: Readonly<Record<string, string>>;
}

/** How each of some kinds of act is done. */
export type Acts<K extends Kind> = {
  readonly [One in K]: (about: About[One], situation: Situation) => Act;
};

/** Why something is done, in words of one's own. */
export const reason = (label: string): Field => ({
  kind: 'text',
  name: 'reason',
  label,
  hint: 'Skriv inget personnummer.',
  missing: 'Skriv varför.',
});
