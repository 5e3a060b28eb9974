/** What a reply to a mail is about: one order as its provider, or one switch as one of its two. */
export interface ReplyTo {
  readonly case: string;
  /** The id of the order or the switch. */
  readonly about: string;
  readonly audience: 'provider' | 'incoming' | 'leaving';
  /** The provider that was written to, as the register knows it. */
  readonly provider: string;
}

/** The address to reply to by a token. */
export const replyAddress = (token: string, domain: string): string => `svar+${token}@${domain}`;

/** The tokens in those of the addresses given that are addresses to reply to. */
export const tokensIn = (addresses: readonly string[], domain: string): string[] =>
  addresses.flatMap((address) => {
    const [, token, at] = /^svar\+([0-9a-f]{32})@(.+)$/u.exec(address.toLowerCase()) ?? [];
    return token !== undefined && at === domain.toLowerCase() ? [token] : [];
  });
