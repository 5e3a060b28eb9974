import type { Store } from './store.ts';

/** A mail handed to SES, as `GET /local/mails` shows it. */
export interface Mail {
  /** The id that SES answered. */
  readonly id: string;
  /** Every recipient's address, without names. */
  readonly to: readonly string[];
  readonly from: string;
  readonly subject: string;
  /** Empty when the mail has no such part. */
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  /** When it was handed over, on the clock: an instant in UTC. */
  readonly at: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet?: string;
}

/** The mails handed to the local SES, kept for good. */
export interface Mails {
  keep: (mail: Mail) => void;
  /** Newest last. */
  all: () => Mail[];
  find: (id: string) => Mail | undefined;
}

export const openMails = (store: Store): Mails => ({
  keep: (mail) => {
    store.run('INSERT INTO mails (id, mail) VALUES (?, ?)', mail.id, JSON.stringify(mail));
  },
  all: () => store.all<{ mail: string }>('SELECT mail FROM mails ORDER BY number').map(read),
  find: (id) => store.all<{ mail: string }>('SELECT mail FROM mails WHERE id = ?', id).map(read).at(0),
});

const read = ({ mail }: { mail: string }): Mail => JSON.parse(mail) as Mail;
