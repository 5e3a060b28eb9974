/** That a case was erased. It names nobody and nothing of what was in it. */
export interface Erasure {
  /** A hash of the case number: whoever knows the number can ask for it, nobody can read it back from the receipt. */
  readonly case: string;
  /** When it was erased: RFC 3339 in UTC. */
  readonly at: string;
  /** The day of the last note in it, and the years after which it was to go, by which day at the latest. */
  readonly lastNote: string;
  readonly years: number;
  readonly eraseBy: string;
  /** How many items were kept of it in the table, and how many mails. */
  readonly items: number;
  readonly mails: number;
}

/** The erasure of cases and the receipts of it. */
export interface Erasures {
  /** How much is kept of a case. */
  readonly count: (caseNumber: string) => Promise<number>;
  /**
   * Erases all that is kept of a case, and how far each partner system was told of it. The oldest facts go first, and what
   * tells that the case is to be erased goes last, so that an erasure that was broken off is found and ended.
   */
  readonly erase: (caseNumber: string, partners: readonly string[]) => Promise<void>;
  /** Keeps a receipt. Keeping it twice is keeping it once. */
  readonly note: (erasure: Erasure) => Promise<void>;
  /** The receipts, newest first, at most so many. */
  readonly list: (limit: number) => Promise<readonly Erasure[]>;
}
