import type { Temporal } from 'temporal-polyfill';

/** Which mail: an id within a partition of the table (a case, or a bundle of notices). */
export interface MailKey {
  readonly partition: string;
  readonly id: string;
}

/**
 * `claimed`: this attempt may send it. `sent`: it was sent before. `busy`: another attempt may be at work on it. `usedUp`:
 * it was tried as often as allowed and nobody knows how the last one ended.
 */
export type Claim =
  | { readonly state: 'claimed' }
  | { readonly state: 'sent'; readonly at: Temporal.Instant }
  | { readonly state: 'busy' }
  | { readonly state: 'usedUp' };

/**
 * What was mailed. SES has no idempotency token, so an attempt is claimed before it sends and marked after: a mail goes
 * out twice only when an attempt died between the two.
 */
export interface Outbox {
  /** Claims an attempt for as long as an attempt can last. */
  readonly claim: (key: MailKey) => Promise<Claim>;
  /** Gives a claim back: nothing was sent, and the attempt does not count. */
  readonly release: (key: MailKey) => Promise<void>;
  readonly markSent: (
    key: MailKey,
    sent: { readonly at: Temporal.Instant; readonly messageId: string },
  ) => Promise<void>;
  /**
   * Notes the cases that a mail is about before it goes out, where they are several: what becomes of it concerns them all. An
   * attempt may be about fewer than the one before, of which nobody knows whether it went out: those of both are kept.
   */
  readonly noteCases: (key: MailKey, cases: readonly string[]) => Promise<void>;
  /** The cases that a mail is about, in order, where they are several. Kept for as long as news of a mail can come. */
  readonly cases: (key: MailKey) => Promise<readonly string[]>;
}

/** Attempts whose end is unknown before somebody must look. */
export const MAX_ATTEMPTS = 3;

/** How long a claim keeps others away: the time limit of the function that sends. */
export const LEASE_MS = 10_000;
