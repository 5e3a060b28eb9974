import type { Fact } from '../../../events/catalogue.ts';
import type { Officer, Registers } from '../registers/registers.ts';
import type { Person } from './session.ts';

/*
 * What a municipality that keeps its units apart (`ownUnitOnly`) lets a person see: on pages and by the API alike.
 */

/** Whether a municipality that keeps its units apart keeps this person to theirs. */
export const isKeptToUnit = ({ roles }: Person): boolean =>
  !roles.some((role) => role === 'manager' || role === 'administrator');

/** Whether somebody sees a case of these case officers. */
export type Sight = (caseOfficers: readonly string[]) => boolean;

/**
 * Which cases a person sees: all, unless the municipality keeps its units apart. Case numbers are personal data too, so the
 * lists across cases are held to it like the cases themselves, also the one to IVO (row B8); what is counted of all, with small
 * groups withheld, is not.
 */
export const sightOf = async (
  person: Person | undefined,
  {
    registers,
    ownUnitOnly,
  }: { readonly registers: Pick<Registers, 'list'>; readonly ownUnitOnly?: boolean | undefined },
): Promise<Sight> => {
  if (ownUnitOnly !== true || person === undefined || !isKeptToUnit(person)) return () => true;
  const register = await registers.list('officer');
  return (caseOfficers) => isOwn(caseOfficers, person, register);
};

/** The case officers who have sent orders in a case. */
export const officersIn = (facts: readonly Fact[]): readonly string[] => [
  ...new Set(facts.flatMap((fact) => (fact.type === 'se.frist.order.sent.v1' ? [fact.data.officer] : []))),
];

/** Whether a case of these case officers is of a person's own unit, or of somebody they stand in for. A case of nobody is everybody's. */
export const isOwn = (caseOfficers: readonly string[], { id, unit }: Person, register: readonly Officer[]): boolean =>
  caseOfficers.length === 0 ||
  caseOfficers.some((officer) => {
    const known = register.find((one) => one.id === officer);
    return officer === id || known?.substitute === id || (unit !== undefined && known?.unit === unit);
  });
