import { formatInstant, startOfDay, dayOfDate } from '../../domain/calendar/stockholm.ts';
import type { EventName } from '../../domain/routine/schema.ts';
import { nameOf, type Fact, type FactData, type FactName, type FactOf } from '../../events/catalogue.ts';
import { makeFact } from '../shared/facts.ts';
import type { Field, FieldError, Said } from '../shared/web/fields.ts';
import type { Situation } from './situation.ts';

/*
 * What a provider can answer on its page. An answer is a row of a table: when there is room for it, what its form asks, and
 * the fact that what was said becomes.
 */

/** Where a fact comes from, without what it says. */
export type Origin = Parameters<typeof makeFact>[1];

/** The words of an answer beside its form. */
export interface Words {
  /** The heading of the form: what the provider does by answering. */
  readonly title: string;
  readonly button: string;
  readonly intro?: string;
  /** The heading of the thank-you. */
  readonly thanks: string;
  /** What it is called among what has come in. */
  readonly past: string;
}

export interface Answer<S extends Situation = Situation> extends Words {
  /** The fact it becomes; also the name of its form. */
  readonly name: FactName;
  /** The names under which a routine closes something by it. */
  readonly closes: readonly EventName[];
  /** A step of every order or switch: asked for even when no limit and no task does. */
  readonly step: boolean;
  /** It can be said once: whatever is said again is the same statement. */
  readonly once: boolean;
  /** Whether the state has room for it; whether the routine names it is another matter. */
  readonly permits: (situation: S) => boolean;
  readonly fields: (situation: S) => readonly Field[];
  /** What is wrong with the fields taken together. */
  readonly check: (said: Said, situation: S) => readonly FieldError[];
  readonly fact: (said: Said, situation: S, origin: Origin) => Fact;
  /** What a fact of its name says that the page may show again: never free text. */
  readonly detail: (fact: Fact, at: Pick<Situation, 'today' | 'year'>) => string;
}

type Definition<S extends Situation, N extends FactName> = Words &
  Pick<Answer<S>, 'permits' | 'fields'> & {
    readonly closes?: readonly EventName[];
    readonly step?: true;
    readonly once?: true;
    readonly check?: Answer<S>['check'];
    readonly data: (said: Said, situation: S) => FactData<N>;
    /** The field with the day on which it was done, for a fact that holds no date of its own. */
    readonly doneOn?: string;
    readonly detail?: (data: FactData<N>, at: Pick<Situation, 'today' | 'year'>) => string;
  };

/** A row of the table of answers. */
export const defineAnswer = <S extends Situation, N extends FactName>(
  name: N,
  { closes = [], step, once, check, data, doneOn, detail, ...rest }: Definition<S, N>,
): Answer<S> => ({
  ...rest,
  name,
  closes: [name, ...closes],
  step: step === true,
  once: once === true,
  check: check ?? (() => []),
  fact: (said, situation, origin) => {
    const fact = makeFact(name, origin, data(said, situation));
    const day = doneOn === undefined ? situation.today : dayOfDate(said(doneOn));
    return day === situation.today ? fact : { ...fact, claimedtime: formatInstant(startOfDay(day)) };
  },
  detail: (fact, at) => (detail !== undefined && nameOf(fact) === name ? detail((fact as FactOf<N>).data, at) : ''),
});
