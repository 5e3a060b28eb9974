import type { RecordedFact } from '../facts.ts';

/** No case number is longer (`subject` in `events/define.ts`). */
export const LONGEST_CASE_NUMBER = 64;

/** The journals of all cases: facts are appended, and never changed or taken away. */
export interface Journal {
  /** Every fact of a case in order of recording; none for a case that is not known, or cannot be. Reads its own writes. */
  readonly load: (caseNumber: string) => Promise<readonly RecordedFact[]>;
  /**
   * Appends a fact under its own `sequence`.
   *
   * @returns whether it was appended; `false` when that place was taken meanwhile, and nothing was written.
   */
  readonly append: (fact: RecordedFact) => Promise<boolean>;
}
