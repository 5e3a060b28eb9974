import type { Temporal } from 'temporal-polyfill';
import type { ReplyTo } from './replies.ts';

/** What the holder of a link may see and do: one order, as its provider. */
export interface OrderLink {
  readonly case: string;
  readonly order: string;
  readonly audience: 'provider';
}

/** What the holder of a link may see and do: one switch, as one of its two providers. */
export interface SwitchLink {
  readonly case: string;
  readonly switch: string;
  readonly audience: 'incoming' | 'leaving';
}

export type Link = OrderLink | SwitchLink;

/** What a mail to a provider can be answered by: the page that its link opens, and what a reply to it is about. */
export interface Ways {
  readonly link?: Link;
  readonly reply?: ReplyTo;
}

/** The tokens of a mail. */
export interface Tokens {
  /** The link's. */
  readonly page: string;
  /** That of the address to reply to, in letters that survive a mail server which knows no capitals. */
  readonly reply: string;
}

/**
 * Links to the provider's page, and the addresses that the mails with them can be replied to. A link's token is 128 random bits,
 * and the address's follows from it by a hash: who holds the link could know the address, and who sees the address, as every
 * mail server on the way does and whoever it is forwarded to, can open no page by it. Only hashes of both are kept.
 */
export interface Links {
  /** Makes the tokens that lead to what is given. */
  readonly create: (ways: Ways, expires: Temporal.Instant) => Promise<Tokens>;
  /** The page that a link's token opens, unless there is none or it has expired. */
  readonly find: (page: string, now: Temporal.Instant) => Promise<Link | undefined>;
  /** What a reply to an address with this token is about, unless there is no such token or it has expired. */
  readonly answered: (reply: string, now: Temporal.Instant) => Promise<ReplyTo | undefined>;
}
