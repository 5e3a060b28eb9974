import type { Temporal } from 'temporal-polyfill';

/** Mail to an address comes back: since when, and what SES says of it. */
export interface MailProblem {
  /** RFC 3339 in UTC. */
  readonly since: string;
  readonly reason: string;
}

/**
 * The addresses that mail does not reach, by what SES tells of the mails sent to them (row B7). What is known of an address
 * stays when a register's entry gets another one, and a later mail that arrives ends it.
 */
export interface MailProblems {
  /** A mail to the address came back. The first time since one arrived is what counts. */
  readonly note: (address: string, at: Temporal.Instant, reason: string) => Promise<void>;
  /** A mail to the address arrived. */
  readonly clear: (address: string, at: Temporal.Instant) => Promise<void>;
  /** The problems there are, by address in small letters. */
  readonly list: () => Promise<ReadonlyMap<string, MailProblem>>;
}
