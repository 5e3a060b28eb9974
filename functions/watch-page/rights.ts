import type { Officer } from '../shared/registers/registers.ts';
import type { Person, PersonRole } from '../shared/session/session.ts';

/*
 * What a person may do on these pages, by the roles of the login.
 */

const has = ({ roles }: Person, ...wanted: readonly PersonRole[]): boolean =>
  roles.some((role) => wanted.includes(role));

export const mayAct = (person: Person): boolean => has(person, 'officer', 'manager', 'administrator');

/** Whoever is no case officer of their own begins with everybody's cases. */
export const seesAll = (person: Person): boolean => !has(person, 'officer');

/** May see who has read a case. */
export const mayAudit = (person: Person): boolean => has(person, 'manager', 'administrator');

/** Whether a municipality that keeps its units apart keeps this person to theirs. */
export const isKeptToUnit = (person: Person): boolean => !has(person, 'manager', 'administrator');

/** Whether a case of these case officers is of a person's own unit, or of somebody they stand in for. A case of nobody is everybody's. */
export const isOwn = (caseOfficers: readonly string[], { id, unit }: Person, register: readonly Officer[]): boolean =>
  caseOfficers.length === 0 ||
  caseOfficers.some((officer) => {
    const known = register.find((one) => one.id === officer);
    return officer === id || known?.substitute === id || (unit !== undefined && known?.unit === unit);
  });
