import { digest } from '../facts.ts';
import type { MailKey } from './outbox.ts';

/** Notices that fall due for one person at the same moment are gathered, and go out as one mail (row B6). */
export interface Bundles {
  /**
   * Adds an entry to a bundle. Adding it twice is adding it once.
   *
   * @returns `held` when it is in the bundle; `closed` when the bundle is being sent or was, without it.
   */
  readonly add: (bundle: string, entry: string) => Promise<'held' | 'closed'>;
  readonly entries: (bundle: string) => Promise<readonly string[]>;
}

/** The mail that a bundle becomes. */
export const mailOf = (bundle: string): MailKey => ({ partition: bundle, id: `bundle-${digest(bundle)}` });
