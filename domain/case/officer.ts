import type { CaseFile } from './case-file.ts';
import type { Subject } from './subjects.ts';

/**
 * The id of the case officer whom news of something in a case is for: who sent its latest order, else who is named last in
 * what is known of it, else last in the case. `undefined` as long as nothing names one.
 */
export const officerOf = (subject: Subject | undefined, file: CaseFile): string | undefined =>
  subject?.orders.findLast(({ sent }) => sent !== undefined)?.sent?.fact.data.officer ??
  lastNamed(subject?.entries ?? []) ??
  lastNamed(file.entries);

const lastNamed = (entries: readonly { readonly fact: { readonly data: object } }[]): string | undefined =>
  entries
    .flatMap(({ fact: { data } }) => ('officer' in data && typeof data.officer === 'string' ? data.officer : []))
    .at(-1);
