import type { Rule } from '../routine/schema.ts';
import type { CaseFile } from './case-file.ts';
import type { Subject } from './subjects.ts';

/**
 * The id of the provider that something about a subject concerns: the one that it is placed with, which of a switch is the one
 * that leaves, unless it is for the one that takes over to do. `undefined` where none is known.
 */
export const providerOf = (
  owner: Rule['owner'],
  subject: Subject | undefined,
  { switches }: Pick<CaseFile, 'switches'>,
): string | undefined =>
  owner === 'incoming'
    ? switches.get(subject?.id ?? '')?.requested?.fact.data.toProvider
    : subject?.circumstances.provider;
