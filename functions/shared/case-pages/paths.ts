/*
 * The addresses of a case and of what is done in it.
 */

export const casePath = (caseNumber: string): string => `/watch/cases/${encodeURIComponent(caseNumber)}`;

/** Where the form of an act stands, and is posted. */
export const actPath = (caseNumber: string, name: string): string =>
  `${casePath(caseNumber)}/act?${new URLSearchParams({ name }).toString()}`;
