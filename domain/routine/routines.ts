import hemtjanst from './routines/hemtjanst.json' with { type: 'json' };
import kundval from './routines/kundval.json' with { type: 'json' };
import ledsagning from './routines/ledsagning.json' with { type: 'json' };
import lovHemtjanst from './routines/lov-hemtjanst.json' with { type: 'json' };
import paraply from './routines/paraply.json' with { type: 'json' };
import law from './law.json' with { type: 'json' };
import type { Routine } from './schema.ts';

/*
 * The files are checked by the tests (`checkRoutine` on each), so that no function spends time on it when it starts.
 */

/** The routines that Frist is shipped with, by id. */
export const shippedRoutines: ReadonlyMap<string, Routine> = new Map(
  ([kundval, hemtjanst, lovHemtjanst, paraply, ledsagning] as unknown as readonly Routine[]).map((routine) => [
    routine.id,
    routine,
  ]),
);

/** The limits of the law, which hold beside every routine (row B8). */
export const lawRoutine = law as unknown as Routine;

/** The routines in force in a municipality. */
export interface Routines {
  /** The routine of this id, if there is one. */
  readonly named: (id: string) => Routine | undefined;
  /** The routine that an order of this service follows when it names none. */
  readonly forService: (service: string) => Routine | undefined;
}

/** One routine for everything, whatever an order names. */
export const onlyRoutine = (routine: Routine): Routines => ({ named: () => routine, forService: () => routine });

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
  };
};
