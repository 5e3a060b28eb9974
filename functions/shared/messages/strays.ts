import type { Temporal } from 'temporal-polyfill';

/** A mail that came in and belongs to no case. */
export interface Stray {
  readonly mail: string;
  /** When the mail server took it: RFC 3339 in UTC. */
  readonly received: string;
}

/** The mails that belong to no case: none is lost before a person could have looked at it. */
export interface Strays {
  /** Adding one twice is adding it once. */
  readonly add: (stray: Stray) => Promise<void>;
  /** Those not gone yet, the latest first, at most a hundred. */
  readonly list: (now: Temporal.Instant) => Promise<readonly Stray[]>;
}

/** How long a stray mail is kept. The bucket's lifecycle says the same. */
export const STRAY_DAYS = 90;
