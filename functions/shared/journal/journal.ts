import type { RecordedFact } from '../facts.ts';

/** The journals of all cases: facts are appended, and never changed or taken away. */
export interface Journal {
  /** Every fact of a case in order of recording; none for a case that is not known. Reads its own writes. */
  readonly load: (caseNumber: string) => Promise<readonly RecordedFact[]>;
  /**
   * Appends a fact under its own `sequence`.
   *
   * @returns whether it was appended; `false` when that place was taken meanwhile, and nothing was written.
   */
  readonly append: (fact: RecordedFact) => Promise<boolean>;
}
