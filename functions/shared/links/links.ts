import type { Temporal } from 'temporal-polyfill';

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

/** Links to the provider's page. A token is 128 random bits; only its hash is kept. */
export interface Links {
  /** Makes a link and answers its token. */
  readonly create: (link: Link, expires: Temporal.Instant) => Promise<string>;
  /** The link of a token, unless there is none or it has expired. */
  readonly find: (token: string, now: Temporal.Instant) => Promise<Link | undefined>;
}
