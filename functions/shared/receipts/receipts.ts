import type { Temporal } from 'temporal-polyfill';

/** A webhook that was verified, as its sender names it. */
export interface Received {
  readonly partner: string;
  readonly id: string;
  /** When the sender signed this attempt: another for each. */
  readonly timestamp: Temporal.Instant;
  readonly body: string;
}

export type Receipt =
  /** The first of its id, or the same again, signed anew: `at` is when the first came. */
  | { readonly kind: 'taken'; readonly at: Temporal.Instant }
  /** This very attempt has been here before. */
  | { readonly kind: 'replayed' }
  /** The id has been used for another body. */
  | { readonly kind: 'reused' };

/** The webhooks that were taken. An id is remembered for as long as senders try again, and longer. */
export interface Receipts {
  readonly take: (received: Received, now: Temporal.Instant) => Promise<Receipt>;
}

/** Senders try for three days, some for longer. */
export const KEPT_DAYS = 14;
