/** What a partner system is yet to be told of a case, since a delivery to it failed. */
export interface Failure {
  readonly partner: string;
  readonly case: string;
  /** The fact that was not taken, by its place in the journal; those after it wait. */
  readonly sequence: number;
  readonly type: string;
  /** `retrying` until three days have passed, then `stopped`; `disabled` while the partner's address is gone. */
  readonly status: 'retrying' | 'stopped' | 'disabled';
  readonly attempts: number;
  /** The last failure, in a word: `timeout`, `500` … */
  readonly why: string;
  /** The first and the last attempt, and the next: RFC 3339. */
  readonly first: string;
  readonly last: string;
  readonly next?: string;
}

/** A turn at telling a partner of a case, by whom. */
export interface Turn {
  readonly partner: string;
  readonly case: string;
  readonly holder: string;
}

/** As long as the function may run. */
export const TURN_MS = 60_000;

export const STATUSES = ['retrying', 'stopped', 'disabled'] as const satisfies readonly Failure['status'][];

/** How far each partner system has been told of each case, and where it stands still. */
export interface Deliveries {
  /**
   * Takes a turn at telling a partner of a case; one at a time has it. Who comes meanwhile is noted, and told by `false` that
   * the one whose turn it is will look again. A turn that is never ended is over when the function's time is.
   *
   * @returns whether it is ours
   */
  readonly takeTurn: (turn: Turn) => Promise<boolean>;
  /** Ends a turn, unless somebody came meanwhile: then it goes on, and the answer is `false`. */
  readonly endTurn: (turn: Turn) => Promise<boolean>;
  /** The place in the journal up to which the partner has been told, or between two; 0 before the first. Reads its own writes. */
  readonly told: (partner: string, caseNumber: string) => Promise<number>;
  /** Says that the partner has been told up to a place; never back. */
  readonly markTold: (partner: string, caseNumber: string, sequence: number) => Promise<void>;
  readonly failure: (partner: string, caseNumber: string) => Promise<Failure | undefined>;
  readonly putFailure: (failure: Failure) => Promise<void>;
  readonly clearFailure: (partner: string, caseNumber: string) => Promise<void>;
  /** By case. */
  readonly failures: (partner: string) => Promise<readonly Failure[]>;
}

/** The id of a failed delivery in an address. */
export const idOf = (failure: Pick<Failure, 'partner' | 'case'>): string =>
  Buffer.from(`${failure.partner}\n${failure.case}`).toString('base64url');

/** What an id stands for; `undefined` for one that cannot be. */
export const deliveryOf = (id: string): Pick<Failure, 'partner' | 'case'> | undefined => {
  const [partner, caseNumber, ...more] = Buffer.from(id, 'base64url').toString('utf8').split('\n');
  return partner === undefined || caseNumber === undefined || more.length > 0 || id.length > LONGEST_ID
    ? undefined
    : { partner, case: caseNumber };
};

/** A partner's id has at most 63 letters and a case number 64 of up to four bytes; a third is added by base64. */
const LONGEST_ID = 450;
