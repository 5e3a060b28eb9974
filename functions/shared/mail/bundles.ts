import type { Temporal } from 'temporal-polyfill';
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

/** How long, in milliseconds, notices are gathered: the spread of the wakes, and as late as one may be. */
export const GATHERED_MS = 180_000;

/** When the gathering began that something of a limit belongs to, in milliseconds since the epoch: they follow each other from the limit on. */
export const gatheredFrom = (due: Temporal.Instant, at: Temporal.Instant): number =>
  due.epochMilliseconds + Math.floor((at.epochMilliseconds - due.epochMilliseconds) / GATHERED_MS) * GATHERED_MS;

/** The mail that a bundle becomes. */
export const mailOf = (bundle: string): MailKey => keyOf(digest(bundle));

/** The key of a mail that may be about several cases, by its id, which is all that is told of it later. */
export const bundledMail = (id: string): MailKey | undefined =>
  id.startsWith(PREFIX) ? keyOf(id.slice(PREFIX.length)) : undefined;

const PREFIX = 'bundle-';

const keyOf = (name: string): MailKey => ({ partition: `bundle#${name}`, id: `${PREFIX}${name}` });
