import type { Fact } from '../../../events/catalogue.ts';
import type { Officer } from '../registers/registers.ts';
import type { Person } from './session.ts';

/*
 * What a municipality that keeps its units apart (`ownUnitOnly`) lets a person see: on pages and by the API alike.
 */

/** Whether a municipality that keeps its units apart keeps this person to theirs. */
export const isKeptToUnit = ({ roles }: Person): boolean =>
  !roles.some((role) => role === 'manager' || role === 'administrator');

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
