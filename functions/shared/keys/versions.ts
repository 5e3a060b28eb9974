import type { Temporal } from 'temporal-polyfill';

/** How a secret's versions stand: one is current, the one before it is the former. */
export interface Staged {
  readonly current: string;
  /** When the current one was made. */
  readonly since: Temporal.Instant;
  readonly former?: string;
}

/**
 * The versions of secrets, as whoever rotates them sees them. {@link Keys} is how everybody else does.
 *
 * A new version is proposed first, which changes nothing for anybody, and then made the current one: the one that was current
 * is then the former, and the one that was the former is gone.
 */
export interface SecretVersions {
  readonly staged: (secret: string) => Promise<Staged>;
  /** The value of a version; undefined when there is none (any more). */
  readonly valueOf: (secret: string, version: string) => Promise<string | undefined>;
  readonly propose: (secret: string, version: string, value: string) => Promise<void>;
  /** @throws when the version was not proposed, or another than `current` is the current one */
  readonly promote: (secret: string, version: string, current: string) => Promise<void>;
}
