import { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';
import type { Bus } from '../shared/bus/bus.ts';
import { digest, makeFact } from '../shared/facts.ts';
import type { Log } from '../shared/log.ts';
import { detailOf, queueHandler } from '../shared/queue.ts';
import type { MailProblems } from '../shared/registers/mail-problems.ts';

export interface Dependencies {
  readonly bus: Bus;
  readonly problems: MailProblems;
  readonly log: Log;
}

const tag = z.optional(z.array(z.string()));
const recipients = z.optional(z.array(z.object({ emailAddress: z.string() })));

/** What is read of an event that SES publishes: which mail by its tags, and what became of it. */
const eventSchema = z.object({
  eventType: z.string(),
  mail: z.object({
    messageId: z.string(),
    timestamp: z.string(),
    tags: z.optional(z.object({ mail: tag, audience: tag, case: tag, about: tag })),
  }),
  delivery: z.optional(z.object({ timestamp: z.string(), recipients: z.optional(z.array(z.string())) })),
  deliveryDelay: z.optional(z.object({ timestamp: z.string(), delayType: z.optional(z.string()) })),
  bounce: z.optional(
    z.object({
      timestamp: z.string(),
      bounceType: z.string(),
      bounceSubType: z.optional(z.string()),
      bouncedRecipients: recipients,
    }),
  ),
  complaint: z.optional(z.object({ timestamp: z.string(), complainedRecipients: recipients })),
  reject: z.optional(z.object({ reason: z.string() })),
  failure: z.optional(z.object({})),
});

type MailEvent = z.output<typeof eventSchema>;

/**
 * Turns what SES tells of a mail into a fact of its case: `mail.delivered` when the receiver's mail server took it, whose
 * time is when it has arrived (förvaltningslagen 22 §); `mail.delayed` while it does not; `mail.bounced` when it will not, or
 * SES or the receiver refused it. An address that mail comes back from is noted, until a mail reaches it.
 */
export const createHandler = (deps: Dependencies) =>
  queueHandler((body) => tell(detailOf(body), deps), { log: deps.log });

const tell = async (body: unknown, { bus, problems, log }: Dependencies): Promise<void> => {
  const event = eventSchema.parse(body);
  const { tags } = event.mail;
  const mail = untag(tags?.mail);
  const subject = untag(tags?.case);
  const outcome = outcomeOf(event);
  if (mail === undefined || subject === undefined || outcome === undefined) {
    log('MAIL_EVENT_FOREIGN', { event: event.eventType });
    return;
  }
  const about = untag(tags?.about);
  const origin = {
    id: `${outcome.name}-${digest(event.mail.messageId, event.eventType)}`,
    source: '/frist/receive-mail-event',
    subject,
    time: Temporal.Instant.from(outcome.at),
  };
  const data = { mail, audience: untag(tags?.audience) ?? 'unknown', ...(about !== undefined && { about }) };
  await bus.publish('frist.inbound', [
    outcome.name === 'mail.delivered'
      ? makeFact('mail.delivered', origin, data)
      : makeFact(outcome.name, origin, { ...data, ...(outcome.reason !== undefined && { reason: outcome.reason }) }),
  ]);
  for (const address of outcome.reached ?? []) await problems.clear(address, origin.time);
  for (const address of outcome.refusing ?? []) await problems.note(address, origin.time, outcome.reason ?? '');
};

interface Outcome {
  readonly name: 'mail.delivered' | 'mail.delayed' | 'mail.bounced';
  readonly at: string;
  readonly reason?: string | undefined;
  /** The addresses that the mail reached, and those that are the cause that it did not. */
  readonly reached?: readonly string[] | undefined;
  readonly refusing?: readonly string[] | undefined;
}

const outcomeOf = (event: MailEvent): Outcome | undefined => {
  const { mail, delivery, deliveryDelay, bounce, complaint, reject, failure } = event;
  if (delivery) return { name: 'mail.delivered', at: delivery.timestamp, reached: delivery.recipients };
  if (deliveryDelay) return { name: 'mail.delayed', at: deliveryDelay.timestamp, reason: deliveryDelay.delayType };
  if (bounce) {
    const reason = [bounce.bounceType, bounce.bounceSubType].filter((part) => part !== undefined).join(' ');
    const refusing = bounce.bouncedRecipients?.map(({ emailAddress }) => emailAddress);
    return { name: 'mail.bounced', at: bounce.timestamp, reason, refusing };
  }
  if (complaint) {
    const refusing = complaint.complainedRecipients?.map(({ emailAddress }) => emailAddress);
    return { name: 'mail.bounced', at: complaint.timestamp, reason: 'complaint', refusing };
  }
  // What is wrong with the mail itself says nothing of the address.
  if (reject) return { name: 'mail.bounced', at: mail.timestamp, reason: reject.reason };
  return failure && { name: 'mail.bounced', at: mail.timestamp, reason: 'rendering failed' };
};

const untag = (values: readonly string[] | undefined): string | undefined => {
  const [value] = values ?? [];
  return value === undefined ? undefined : Buffer.from(value, 'base64url').toString('utf8');
};
