/*
 * The addresses of a case and of what is done in it.
 */

export const casePath = (caseNumber: string): string => `/watch/cases/${encodeURIComponent(caseNumber)}`;

/** Where an act is posted; with its name, where its form stands. */
export const actPath = (caseNumber: string, name?: string): string =>
  `${casePath(caseNumber)}/act${name === undefined ? '' : `?${new URLSearchParams({ name }).toString()}`}`;
