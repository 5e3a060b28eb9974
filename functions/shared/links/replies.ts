import type { Temporal } from 'temporal-polyfill';

/** What a reply to a mail is about: one order as its provider, or one switch as one of its two. */
export interface ReplyTo {
  readonly case: string;
  /** The id of the order or the switch. */
  readonly about: string;
  readonly audience: 'provider' | 'incoming' | 'leaving';
  /** The provider that was written to, as the register knows it. */
  readonly provider: string;
}

/**
 * The tokens in the addresses that mails can be replied to. A token is 128 random bits; only its hash is kept. It is not the
 * token of the link in the mail: an address is seen by every mail server on the way, stands in whatever the mail is forwarded
 * or quoted in, and must open no page.
 */
export interface Replies {
  /** Makes a token and answers it, in letters that survive a mail server which knows no capitals. */
  readonly create: (reply: ReplyTo, expires: Temporal.Instant) => Promise<string>;
  /** What a reply with this token is about, unless there is no such token or it has expired. */
  readonly find: (token: string, now: Temporal.Instant) => Promise<ReplyTo | undefined>;
}

/** The address to reply to by a token. */
export const replyAddress = (token: string, domain: string): string => `svar+${token}@${domain}`;

/** The tokens in those of the addresses given that are addresses to reply to. */
export const tokensIn = (addresses: readonly string[], domain: string): string[] =>
  addresses.flatMap((address) => {
    const [, token, at] = /^svar\+([0-9a-f]{32})@(.+)$/u.exec(address.toLowerCase()) ?? [];
    return token !== undefined && at === domain.toLowerCase() ? [token] : [];
  });
