import type { Temporal } from 'temporal-polyfill';
import { keyOf } from '../../domain/case/case-file.ts';
import { yearAt } from '../../domain/calendar/swedish.ts';
import type { Fact } from '../../events/catalogue.ts';
import type { FactError } from '../../events/errors.ts';
import { offersOf, type Offer } from '../shared/case-pages/offers.ts';
import type { Situation } from '../shared/case-pages/situation.ts';
import { SOURCE, STATEMENT } from '../shared/case-pages/statement.ts';
import { objectionsToAll, readFact } from '../shared/doors.ts';
import { makeFact } from '../shared/facts.ts';
import { readFields, type FieldError } from '../shared/web/fields.ts';
import type { Mistake } from '../shared/web/form.ts';
import { sayObjection } from '../shared/web/objection-words.ts';
import type { Act, State } from './act.ts';
import { actOf } from './acts.ts';
import type { Dependencies } from './dependencies.ts';

/** What a posted form comes to. */
export type Judged =
  | { readonly kind: 'stated'; readonly offer: Offer; readonly statement: string; readonly facts: readonly Fact[] }
  /** Said before, and in the journal. */
  | { readonly kind: 'repeated'; readonly statement: string }
  | { readonly kind: 'mistaken'; readonly offer: Offer; readonly act: Act; readonly mistake: Mistake }
  /** The case has changed: what was posted is not to be done any more. */
  | { readonly kind: 'needless' };

/**
 * Reads a form, makes its facts, and asks of them what every door asks. Nothing is on its way before all of it holds.
 */
export const judge = async (posted: URLSearchParams, situation: Situation, deps: Dependencies): Promise<Judged> => {
  const statement = posted.get('statement') ?? '';
  if (!STATEMENT.test(statement)) return { kind: 'needless' };
  if (situation.journal.some((fact) => keyOf(fact) === keyOf({ source: SOURCE, id: partOf(statement, 0) })))
    return { kind: 'repeated', statement };
  const name = posted.get('answer') ?? '';
  const offer = offersOf(situation).find((one) => one.name === name);
  if (offer === undefined) return { kind: 'needless' };
  const act = actOf(offer, situation);
  const mistaken = (errors: readonly FieldError[]): Judged => ({
    kind: 'mistaken',
    offer,
    act,
    mistake: { form: name, posted, errors },
  });
  const read = readFields(act.fields, posted);
  if (!read.ok) return mistaken(read.errors);
  const errors = act.check?.(read.said) ?? [];
  if (errors.length > 0) return mistaken(errors);

  let parts = 0;
  const state: State = (factName, data, time = situation.now) => {
    const id = partOf(statement, parts);
    parts += 1;
    return makeFact(factName, { id, source: SOURCE, subject: situation.case, time }, data);
  };
  const facts = act.facts(read.said, state);
  const objections = [
    ...facts.flatMap((fact) => {
      const admitted = readFact(fact);
      return admitted.ok ? [] : admitted.errors;
    }),
    ...(await objectionsToAll(facts, { ...deps, routines: deps.municipality.routines })).flat(),
  ];
  if (objections.length > 0) return mistaken(besideFields(objections, act, situation.now));
  // Whoever has signed in said it; what a form says of that itself is no part of it.
  return { kind: 'stated', offer, statement, facts: facts.map((fact) => ({ ...fact, actor: situation.person.id })) };
};

const partOf = (statement: string, part: number): string =>
  part === 0 ? statement : `${statement}-${String(part + 1)}`;

/** What the doors object to, in Swedish, at the field where it is put right. */
const besideFields = (
  objections: readonly FactError[],
  { fields, fieldAt = {} }: Act,
  now: Temporal.Instant,
): readonly FieldError[] =>
  objections.map((objection) => ({
    field: fieldAt[objection.path] ?? fields[0]?.name ?? '',
    message: objection.code === undefined ? sayMisfit(objection) : sayObjection(objection, yearAt(now)),
  }));

/** What a form's fields can be filled in to, one by one, that is no fact together. */
const sayMisfit = ({ path }: FactError): string =>
  path === '/data/period/to'
    ? 'Slutet kan inte vara före början.'
    : 'Det här går inte att spara som det står. Ändra och försök igen.';
