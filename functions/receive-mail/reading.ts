import type { FactData } from '../../events/catalogue.ts';
import { answerIn } from './answer.ts';
import type { Message } from './message.ts';

/** What SES says of a check: it held, it did not, it could not be made or there was nothing to check by. */
export type Verdict = 'PASS' | 'FAIL' | 'GRAY' | 'PROCESSING_FAILED' | 'DISABLED';

/** What the mail server that took the message says of it. It comes beside the message, so no sender can write it. */
export interface Receipt {
  /** The envelope's sender (RFC 5321 `MAIL FROM`); empty for what machines send of deliveries. */
  readonly sender: string;
  readonly spf: Verdict;
  readonly dmarc: Verdict;
  readonly spam: Verdict;
  readonly virus: Verdict;
}

export type Reading = Pick<FactData<'mail.received'>, 'reading' | 'why'>;

/**
 * How a reply to a provider's mail is read. Only a plain yes from the provider itself confirms; what machines send confirms
 * nothing; all else is for the case officer to read. What it says of the order's state is judged when it is recorded.
 *
 * @param message what came in, or nothing when it could not be read
 * @param registered the provider's mail address in the register now
 */
export const readReply = (message: Message | undefined, receipt: Receipt, registered: string | undefined): Reading => {
  if (receipt.virus === 'FAIL' || receipt.spam === 'FAIL') return unclear('harmful');
  if (message === undefined) return unclear('unreadable');
  const machine = machineMade(message, receipt);
  if (machine !== undefined) return machine;
  if (!isFromProvider(message, receipt, registered)) return unclear('sender');
  if (isSealed(message)) return unclear('unreadable');
  const answer = answerIn(message);
  if (message.attached.some(isDocument)) return unclear('attachment');
  switch (answer) {
    case 'yes':
      return { reading: 'confirmed' };
    case 'nothing':
      return unclear('empty');
    case 'other':
      return unclear('words');
  }
};

const unclear = (why: NonNullable<Reading['why']>): Reading => ({ reading: 'unclear', why });
const AUTOMATIC: Reading = { reading: 'automatic' };

// What machines send

/**
 * Automatic replies (RFC 3834), reports of deliveries (RFC 3464) and of readings (RFC 8098). Only that a mail did not arrive
 * is worth a person's eyes.
 */
const machineMade = (message: Message, { sender }: Receipt): Reading | undefined => {
  const type = headerOf(message, 'content-type');
  if (/^multipart\/report/iu.test(type) || message.deliveryStatus !== '') {
    if (!/report-type\s*=\s*"?delivery-status/iu.test(type) && message.deliveryStatus === '') return AUTOMATIC;
    return /^action\s*:\s*(?:delayed|delivered|relayed|expanded)/imu.test(message.deliveryStatus)
      ? AUTOMATIC
      : unclear('undelivered');
  }
  if (message.from.some((address) => MAIL_SYSTEM.test(address))) return unclear('undelivered');
  const autoSubmitted = headerOf(message, 'auto-submitted');
  const isAutomatic =
    (autoSubmitted !== '' && !/^no(?![\w-])/iu.test(autoSubmitted)) ||
    /^(?:bulk|junk|list|auto[-_]?reply)\b/iu.test(headerOf(message, 'precedence')) ||
    AUTOMATIC_HEADERS.some((name) => message.headers.has(name)) ||
    /rules agent|oof/iu.test(headerOf(message, 'x-ms-exchange-generated-message-source')) ||
    AUTOMATIC_SUBJECT.test(message.subject.trim()) ||
    sender === '';
  return isAutomatic ? AUTOMATIC : undefined;
};

const MAIL_SYSTEM = /^(?:mailer-daemon|postmaster|mail-daemon|bounces?)@/u;

/** Headers that programs put on what they answer by themselves, beside RFC 3834's own. */
const AUTOMATIC_HEADERS = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponse',
  'x-auto-reply-from',
  'x-mail-autoreply',
  'x-failed-recipients',
  'list-id',
];

/** How Swedish and English programs name an automatic reply or a receipt, where no header does. */
const AUTOMATIC_SUBJECT =
  /^(?:automatiskt? (?:svar|meddelande)|autosvar|autoreply|automatic reply|auto(?:matic)?[: -]|frånvaro|frånvarande|out of (?:the )?office|ej på plats|semester|tjänstledig|föräldraledig|läst:|ej läst:|inte läst:|read:|not read:|levererat:|delivered:|olevererbart:|undeliverable:|kan inte levereras)/iu;

// Who sent it

/**
 * Whether the mail server vouches that the one address in `From` sent it, and that address is the provider's.
 *
 * Vouched for: DMARC held, which ties what SPF or DKIM proved to that address (RFC 7489). Where the domain has no DMARC
 * policy, SPF held for an envelope of that very domain, or of one below it.
 */
const isFromProvider = (message: Message, { sender, spf, dmarc }: Receipt, registered: string | undefined): boolean => {
  const [from, ...others] = message.from;
  if (from === undefined || others.length > 0 || registered === undefined || !ADDRESS.test(from)) return false;
  const domain = domainOf(from);
  const envelope = domainOf(sender.toLowerCase());
  const isVouched =
    dmarc === 'PASS' ||
    (dmarc === 'GRAY' && spf === 'PASS' && (envelope === domain || envelope.endsWith(`.${domain}`)));
  return isVouched && isOf(from, registered.toLowerCase());
};

/**
 * The address that the order was mailed to, or a colleague's: one of the same domain. Domains in which anybody can have an
 * address know no colleagues.
 */
const isOf = (from: string, registered: string): boolean =>
  from === registered || (domainOf(from) === domainOf(registered) && !ANYBODYS.has(domainOf(registered)));

const ADDRESS = /^[^\s@<>"]{1,64}@[a-z0-9\u0080-\uFFFF.-]{1,250}$/u;

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

const ANYBODYS: ReadonlySet<string> = new Set(
  `gmail.com googlemail.com outlook.com outlook.se hotmail.com hotmail.se live.com live.se msn.com icloud.com me.com mac.com
   yahoo.com yahoo.se ymail.com aol.com proton.me protonmail.com pm.me gmx.com gmx.net gmx.se mail.com zoho.com tutanota.com
   telia.com comhem.se bredband.net bredband2.com bahnhof.se tele2.se spray.se home.se passagen.se swipnet.se glocalnet.net
   ownit.se algonet.se brevet.se swedemail.com tuta.com hey.com fastmail.com`.split(/\s+/u),
);

// What it brings

/** A message whose words are shut in: encrypted (RFC 8551, RFC 3156), or in Outlook's own form. */
const isSealed = (message: Message): boolean =>
  /^(?:multipart\/encrypted|application\/(?:x-)?pkcs7-mime)/iu.test(headerOf(message, 'content-type')) ||
  message.attached.some(({ type }) =>
    /^application\/(?:(?:vnd\.)?ms-tnef|(?:x-)?pkcs7-mime|pgp-encrypted)$/u.test(type),
  );

/** What is attached to be read, but for a signature's picture, card and seal. */
const isDocument = ({ type, inline }: Message['attached'][number]): boolean =>
  !(inline && type.startsWith('image/')) &&
  !/^(?:text\/(?:x-)?vcard|application\/(?:(?:x-)?pkcs7-signature|pgp-signature|pgp-keys))$/u.test(type);

const headerOf = ({ headers }: Message, name: string): string => headers.get(name)?.join(', ').trim() ?? '';
