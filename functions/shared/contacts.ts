import type { CaseView } from '../../domain/case/view.ts';
import type { Role } from './registers/registers.ts';

export interface Contact {
  readonly role: Role['id'];
  readonly mails: readonly string[];
}

/** How the roles are reached that the case's routines tell of it: the unit manager and others (row L3). */
export const contactsOf = ({ subjects }: Pick<CaseView, 'subjects'>, roles: readonly Role[]): Contact[] => {
  const told = new Set<string>(subjects.flatMap(({ routine }) => routine?.tells?.flatMap(({ to }) => to) ?? []));
  return roles.flatMap(({ id, mails }) => (told.has(id) && mails.length > 0 ? [{ role: id, mails }] : []));
};
