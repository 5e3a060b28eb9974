/** One secret of a partner system, by what it is made from; the secret itself is kept nowhere. */
export interface Generation {
  readonly number: number;
  /** The version of the key `webhooks` that it is made from. */
  readonly key: string;
  /** Until when it is valid, where a newer one has taken its place: RFC 3339. */
  readonly until?: string;
}

/** What is kept of a partner system beside its entry in the register. */
export interface PartnerState {
  /** The newest first. */
  readonly generations: readonly Generation[];
  /** Since when it has an address to be told at: it is told of what was recorded from then on. */
  readonly since?: string;
  /** When its address answered that it is gone (410). */
  readonly disabled?: string;
}

export interface KeptState extends PartnerState {
  /** How often the state has changed. */
  readonly revision: number;
}

export interface PartnerStates {
  readonly find: (partner: string) => Promise<KeptState | undefined>;
  /**
   * Keeps a state in the place of the one of the revision given; `undefined` for none.
   *
   * @returns whether it was kept; `false` when somebody else changed it meanwhile
   */
  readonly put: (partner: string, state: PartnerState, after: number | undefined) => Promise<boolean>;
}
