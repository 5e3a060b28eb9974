import hemtjanst from './routines/hemtjanst.json' with { type: 'json' };
import kundval from './routines/kundval.json' with { type: 'json' };
import ledsagning from './routines/ledsagning.json' with { type: 'json' };
import lovHemtjanst from './routines/lov-hemtjanst.json' with { type: 'json' };
import own from './routines/own.json' with { type: 'json' };
import paraply from './routines/paraply.json' with { type: 'json' };
import common from './common.json' with { type: 'json' };
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

/** One routine for everything, whatever an order names. */
export const onlyRoutine = (routine: Routine): Routines => ({
  named: () => routine,
  forService: () => routine,
  inForce: [routine],
});

/**
 * The shipped routines with a municipality's choice of routine per service.
 *
 * @throws {RangeError} when the choice names a routine that there is not.
 */
export const routinesOf = (byService: Readonly<Record<string, string>>): Routines => {
  for (const [service, id] of Object.entries(byService))
    if (!shippedRoutines.has(id)) throw new RangeError(`the service ${service} names the unknown routine ${id}`);
  return {
    named: (id) => shippedRoutines.get(id),
    forService: (service) => shippedRoutines.get(byService[service] ?? ''),
    inForce: [...new Set(Object.values(byService))].flatMap((id) => shippedRoutines.get(id) ?? []),
  };
};
