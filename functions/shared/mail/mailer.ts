/** A mail as it is handed over for sending. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where an answer goes, when not to the sender. */
  readonly replyTo?: string;
  /** Comes back with what is told of the mail's delivery. Letters, digits, `-`, `_` and `.` only. */
  readonly tags: Readonly<Record<string, string>>;
}

export interface Mailer {
  /**
   * Hands a mail over.
   *
   * @returns the id that the mail service gave it.
   * @throws {MailRefused} when it was certainly not sent; any other error leaves that unknown.
   */
  readonly send: (mail: Mail) => Promise<string>;
}

/** The mail was certainly not sent. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
  /** Whether it can never be sent as it is: a bad address, a suppressed recipient. */
  readonly forGood: boolean;

  constructor(reason: string, forGood: boolean) {
    super(reason);
    this.forGood = forGood;
  }
}
