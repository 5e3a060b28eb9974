/** Somebody looked at a case. */
export interface Reading {
  readonly case: string;
  /** The person's id, and the name they had signed in with. */
  readonly person: string;
  readonly name: string;
  /** An instant, UTC with `Z`. */
  readonly at: string;
  /** As what it was looked at: as it stood, or as it was known at an earlier instant. */
  readonly asOf?: string;
  /** The mail that was read, where it was one of the case's mails. */
  readonly mail?: string;
}

/**
 * Who has read which case. A reading is kept as long as the case is, and goes with it: whoever asks who has seen a case can
 * be answered as long as there is anything to have seen.
 */
export interface Readings {
  readonly note: (reading: Reading) => Promise<void>;
  /** The latest first. */
  readonly latest: (caseNumber: string, limit: number) => Promise<readonly Reading[]>;
}
