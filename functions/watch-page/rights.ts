import type { Person } from '../shared/session/session.ts';

/** Whoever is no case officer of their own begins with everybody's cases. */
export const seesAll = ({ roles }: Person): boolean => !roles.includes('officer');
