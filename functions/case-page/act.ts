import type { Temporal } from 'temporal-polyfill';
import type { Fact, FactData, FactName } from '../../events/catalogue.ts';
import type { Field, FieldError, Said } from '../shared/web/fields.ts';
import type { Form } from '../shared/web/form.ts';

/*
 * An act is a form, and the facts that it becomes when it is filled in.
 */

/** States a fact in the case, now where no other moment is given. */
export type State = <N extends FactName>(name: N, data: FactData<N>, time?: Temporal.Instant) => Fact;

export interface Act extends Form {
  readonly title: string;
  readonly intro?: string;
  /** The mail that is to be read for it. */
  readonly mail?: string;
  /** It lists all providers, so that its form is on the page only when it is asked for. */
  readonly isLong?: true;
  /** Whether something waits for it: those come first. */
  readonly isAsked: boolean;
  readonly check: (said: Said) => readonly FieldError[];
  readonly facts: (said: Said, state: State) => readonly Fact[];
  /** The fields where what the doors object to is put right, by place in the fact. */
  readonly fieldAt: Readonly<Record<string, string>>;
}

/** Why something is done, in words of one's own. */
export const reason = (label: string): Field => ({
  kind: 'text',
  name: 'reason',
  label,
  hint: 'Skriv inget personnummer.',
  missing: 'Skriv varför.',
});
