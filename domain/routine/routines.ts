import hemtjanst from './routines/hemtjanst.json' with { type: 'json' };
import kundval from './routines/kundval.json' with { type: 'json' };
import ledsagning from './routines/ledsagning.json' with { type: 'json' };
import lovHemtjanst from './routines/lov-hemtjanst.json' with { type: 'json' };
import own from './routines/own.json' with { type: 'json' };
import paraply from './routines/paraply.json' with { type: 'json' };
import common from './common.json' with { type: 'json' };
import type { Within } from '../calendar/limit.ts';
import type { Routine } from './schema.ts';

/*
 * The files are checked by the tests (`checkRoutine` on each), so that no function spends time on it when it starts.
 */

/** The routines that Frist is shipped with, and beside them those of the municipality's own (`own.json`), by id. */
export const shippedRoutines: ReadonlyMap<string, Routine> = /* @__PURE__ */ byId(
  [kundval, hemtjanst, lovHemtjanst, paraply, ledsagning],
  own,
);

/** A call that is marked as pure, so that a function that judges nothing does not carry the routines. */
function byId(shipped: readonly object[], added: readonly object[]): ReadonlyMap<string, Routine> {
  return new Map(([...shipped, ...added] as readonly Routine[]).map((routine) => [routine.id, routine]));
}

/** What holds beside every routine: the limits of the law (row B8), and what is done when a mail does not arrive (row B7). */
export const commonRoutine = common as unknown as Routine;

/** The routines in force in a municipality. */
export interface Routines {
  /** The routine of this id, if there is one. */
  readonly named: (id: string) => Routine | undefined;
  /** The routine that an order of this service follows when it names none. */
  readonly forService: (service: string) => Routine | undefined;
  /** Every routine that some service follows. */
  readonly inForce: readonly Routine[];
}

/**
 * The routine that an order or decision follows: the one it was recorded under, else the one it names, else that of its
 * service.
 */
export const routineOf = (
  fact: { readonly routine?: string; readonly data: { readonly service: string; readonly routine?: string } },
  routines: Routines,
): Routine | undefined => {
  const named = fact.routine ?? fact.data.routine;
  return named === undefined ? routines.forService(fact.data.service) : routines.named(named);
};

/** One routine for everything, whatever an order names: to try it, for which its examples do. */
export const onlyRoutine = (routine: Routine): Routines => {
  const tried = exampleParameters(routine).length === 0 ? routine : withExamples(routine);
  return { named: () => tried, forService: () => tried, inForce: [tried] };
};

/** The limits that routines leave to the municipality (row S5): by routine id, then by the parameter's name. */
export type Parameters = Readonly<Record<string, Readonly<Record<string, Within>>>>;

/**
 * The shipped routines with a municipality's choice of routine per service, and with its own values of their parameters.
 *
 * @throws {RangeError} when they name a routine or a parameter that there is not, or leave a parameter of a routine in
 *   force at the example that it is shipped with.
 */
export const routinesOf = (byService: Readonly<Record<string, string>>, parameters: Parameters = {}): Routines => {
  const routines = new Map(shippedRoutines);
  for (const [id, values] of Object.entries(parameters)) {
    const routine = routines.get(id);
    if (routine === undefined) throw new RangeError(`parameters are set for the unknown routine ${id}`);
    routines.set(id, withParameters(routine, values));
  }
  for (const [service, id] of Object.entries(byService)) {
    const routine = routines.get(id);
    if (routine === undefined) throw new RangeError(`the service ${service} names the unknown routine ${id}`);
    const [unset] = exampleParameters(routine);
    if (unset !== undefined) throw new RangeError(`the parameter ${unset} of the routine ${id} is to be set`);
  }
  return {
    named: (id) => routines.get(id),
    forService: (service) => routines.get(byService[service] ?? ''),
    inForce: [...new Set(Object.values(byService))].flatMap((id) => routines.get(id) ?? []),
  };
};

/** The parameters of a routine whose value is only an example: whoever takes it into use sets them (row S5). */
export const exampleParameters = ({ parameters = {} }: Routine): string[] =>
  Object.keys(parameters).filter((name) => parameters[name]?.example === true);

const withExamples = (routine: Routine): Routine =>
  withParameters(
    routine,
    Object.fromEntries(Object.entries(routine.parameters ?? {}).map(([name, { within }]) => [name, within])),
  );

const withParameters = (routine: Routine, values: Readonly<Record<string, Within>>): Routine => {
  const parameters = { ...routine.parameters };
  for (const [name, within] of Object.entries(values)) {
    const parameter = parameters[name];
    if (parameter === undefined) throw new RangeError(`the routine ${routine.id} has no parameter ${name}`);
    parameters[name] = { words: parameter.words, within };
  }
  return { ...routine, parameters };
};
