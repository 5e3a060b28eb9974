/** What the secret bytes are for; each is a secret of its own. `client` is what the issuer of logins knows Frist by. */
export type KeyName = 'session' | 'webhooks' | 'client';

/** A key is at least so long. */
export const LEAST_BYTES = 32;

/** A secret of at least 32 random bytes, and what tells it from those before and after it. */
export interface Key {
  readonly version: string;
  readonly bytes: Uint8Array;
}

/** The secrets that signatures and seals are made with. */
export interface Keys {
  /**
   * The keys of a name, the newest first: what is made is made with that one, and what was made with a former one that is
   * still here stays valid. With the version that something was made with, the store is asked anew when it is not known here
   * yet.
   */
  readonly of: (name: KeyName, version?: string) => Promise<readonly [Key, ...Key[]]>;
}
