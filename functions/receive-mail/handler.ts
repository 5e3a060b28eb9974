import { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import type { Bus } from '../shared/bus/bus.ts';
import type { Office } from '../shared/environment.ts';
import { TryAgain } from '../shared/errors.ts';
import { digest, makeFact } from '../shared/facts.ts';
import type { Links } from '../shared/links/links.ts';
import { tokensIn, type ReplyTo } from '../shared/links/replies.ts';
import type { Log } from '../shared/log.ts';
import type { Mailer } from '../shared/mail/mailer.ts';
import type { Outbox } from '../shared/mail/outbox.ts';
import { MAIL_ID, type Messages } from '../shared/messages/messages.ts';
import type { Strays } from '../shared/messages/strays.ts';
import { queueHandler } from '../shared/queue.ts';
import type { Registers } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';
import { readMessage } from './message.ts';
import { readReply } from './reading.ts';
import { tellOfStray } from './stray.ts';

export interface Dependencies {
  readonly messages: Messages;
  readonly links: Pick<Links, 'answered'>;
  readonly registers: Pick<Registers, 'find'>;
  readonly strays: Strays;
  readonly outbox: Outbox;
  readonly mailer: Mailer;
  readonly bus: Bus;
  readonly office: Office;
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly log: Log;
}

const verdict = z._default(z.object({ status: z.enum(['PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED', 'DISABLED']) }), {
  status: 'GRAY',
});

/**
 * What SES notifies of when it has laid a message down: for whom it came, what the checks said, and when the mail server took
 * it. The message's own headers are not believed in any of that: whoever wrote the message wrote them.
 */
const notificationSchema = z.object({
  notificationType: z.literal('Received'),
  mail: z.object({
    messageId: z.string().check(z.regex(MAIL_ID)),
    timestamp: z.string(),
    source: z._default(z.string(), ''),
  }),
  receipt: z.object({
    recipients: z.array(z.string()),
    spfVerdict: verdict,
    dmarcVerdict: verdict,
    spamVerdict: verdict,
    virusVerdict: verdict,
  }),
});

type Notification = z.output<typeof notificationSchema>;

/**
 * Reads the mails that come in. A reply to a mail of Frist's becomes `mail.received` in its case, at the time when the mail
 * server took it (förvaltningslagen 22 §), and is kept with it; what a plain yes confirms is judged when it is recorded. A mail
 * that answers none of Frist's is never guessed about: it is listed apart, and the case officers are told that there is one.
 */
export const createHandler = (deps: Dependencies) => queueHandler((body) => work(body, deps), { log: deps.log });

const work = async (body: unknown, deps: Dependencies): Promise<void> => {
  const notification = notificationSchema.parse(body);
  const answers = await answered(notification, deps);
  if (answers.length === 0) await setAside(notification, deps);
  for (const reply of answers) await receive(notification, reply, deps);
};

/** What is answered, each order and switch once, by the tokens in the addresses that the message came to. */
const answered = async (
  { receipt }: Notification,
  { links, office: { replyDomain = '' }, clock }: Dependencies,
): Promise<readonly ReplyTo[]> => {
  const found = new Map<string, ReplyTo>();
  for (const token of tokensIn(receipt.recipients, replyDomain)) {
    const reply = await links.answered(token, clock());
    if (reply === undefined) continue;
    const what = JSON.stringify([reply.case, reply.about, reply.audience]);
    if (!found.has(what)) found.set(what, reply);
  }
  return [...found.values()];
};

const receive = async (
  { mail, receipt }: Notification,
  { case: subject, about, audience, provider }: ReplyTo,
  { messages, registers, bus, log }: Dependencies,
): Promise<void> => {
  const raw = await messages.read('inbound', mail.messageId);
  if (raw === undefined) throw new TryAgain('the message is not there yet');
  const { reading, why } = readReply(
    await readMessage(raw),
    {
      sender: mail.source,
      spf: receipt.spfVerdict.status,
      dmarc: receipt.dmarcVerdict.status,
      spam: receipt.spamVerdict.status,
      virus: receipt.virusVerdict.status,
    },
    (await registers.find('provider', provider))?.mail,
  );
  await messages.keep(mail.messageId);
  const id = `mail.received-${digest(mail.messageId, about, audience)}`;
  const fact = makeFact(
    'mail.received',
    { id, source: '/frist/receive-mail', subject, time: Temporal.Instant.from(mail.timestamp) },
    { mail: mail.messageId, audience, about, reading, ...(why !== undefined && { why }) },
  );
  await bus.publish('frist.inbound', [{ ...fact, door: 'mail' }]);
  log('MAIL_READ_IN', { mail: mail.messageId, reading, ...(why !== undefined && { why }) });
};

const setAside = async ({ mail, receipt }: Notification, deps: Dependencies): Promise<void> => {
  deps.log('MAIL_STRAY', { mail: mail.messageId });
  // Nobody is to look at what the mail server found harmful.
  if (receipt.spamVerdict.status === 'FAIL' || receipt.virusVerdict.status === 'FAIL') return;
  const received = Temporal.Instant.from(mail.timestamp);
  await deps.strays.add({ mail: mail.messageId, received: formatInstant(received) });
  await tellOfStray(received, deps);
};
