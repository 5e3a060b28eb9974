import { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';
import type { Bus } from '../shared/bus/bus.ts';
import { digest, makeFact } from '../shared/facts.ts';
import type { Log } from '../shared/log.ts';
import { detailOf, queueHandler } from '../shared/queue.ts';

export interface Dependencies {
  readonly bus: Bus;
  readonly log: Log;
}

const tag = z.optional(z.array(z.string()));

/** What is read of an event that SES publishes: which mail by its tags, and what became of it. */
const eventSchema = z.object({
  eventType: z.string(),
  mail: z.object({
    messageId: z.string(),
    timestamp: z.string(),
    tags: z.optional(z.object({ mail: tag, audience: tag, case: tag, about: tag })),
  }),
  delivery: z.optional(z.object({ timestamp: z.string() })),
  bounce: z.optional(
    z.object({ timestamp: z.string(), bounceType: z.string(), bounceSubType: z.optional(z.string()) }),
  ),
  complaint: z.optional(z.object({ timestamp: z.string() })),
  reject: z.optional(z.object({ reason: z.string() })),
});

type MailEvent = z.output<typeof eventSchema>;

/**
 * Turns what SES tells of a mail into a fact of its case: `mail.delivered` when the receiver's mail server took it, whose
 * time is when it has arrived (förvaltningslagen 22 §); `mail.bounced` when it did not, or SES or the receiver refused it.
 */
export const createHandler = (deps: Dependencies) =>
  queueHandler((body) => tell(detailOf(body), deps), { log: deps.log });

const tell = async (body: unknown, { bus, log }: Dependencies): Promise<void> => {
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
      : makeFact('mail.bounced', origin, { ...data, reason: outcome.reason }),
  ]);
};

type Outcome =
  | { readonly name: 'mail.delivered'; readonly at: string }
  | { readonly name: 'mail.bounced'; readonly at: string; readonly reason: string };

const outcomeOf = ({ mail, delivery, bounce, complaint, reject }: MailEvent): Outcome | undefined => {
  if (delivery) return { name: 'mail.delivered', at: delivery.timestamp };
  if (bounce) {
    const reason = [bounce.bounceType, bounce.bounceSubType].filter((part) => part !== undefined).join(' ');
    return { name: 'mail.bounced', at: bounce.timestamp, reason };
  }
  if (complaint) return { name: 'mail.bounced', at: complaint.timestamp, reason: 'complaint' };
  return reject && { name: 'mail.bounced', at: mail.timestamp, reason: reject.reason };
};

const untag = (values: readonly string[] | undefined): string | undefined => {
  const [value] = values ?? [];
  return value === undefined ? undefined : Buffer.from(value, 'base64url').toString('utf8');
};
