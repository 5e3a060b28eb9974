/**
 * The mails that came in, as the mail server laid them down. One that belongs to a case is kept with it; the others are gone
 * some months later.
 */
export interface Messages {
  /** A message that came in, or that is kept with a case. Nothing when there is none (any more). */
  readonly read: (shelf: Shelf, mail: string) => Promise<Uint8Array | undefined>;
  /** Keeps a message that came in, for as long as its case. Keeping it twice is keeping it once. */
  readonly keep: (mail: string) => Promise<void>;
  /** Erases a mail that is kept with a case. Erasing what is not there is no error. */
  readonly erase: (mail: string) => Promise<void>;
  /** An address at which a message can be fetched for a minute, by whoever has it. */
  readonly address: (shelf: Shelf, mail: string) => Promise<string>;
}

/** `inbound`: as it came in. `kept`: with its case. */
export type Shelf = 'inbound' | 'kept';

/** The ids that the mail server gives; no other is looked for. */
export const MAIL_ID = /^[\w-]{1,128}$/u;
