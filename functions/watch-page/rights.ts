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
