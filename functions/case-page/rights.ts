import type { Person } from '../shared/session/session.ts';

/*
 * What a person may do on the page of a case, by the roles of the login.
 */

export const mayAct = ({ roles }: Person): boolean =>
  roles.some((role) => role === 'officer' || role === 'manager' || role === 'administrator');

/** May see who has read a case. */
export const mayAudit = ({ roles }: Person): boolean =>
  roles.some((role) => role === 'manager' || role === 'administrator');
