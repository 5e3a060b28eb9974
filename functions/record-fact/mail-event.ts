import { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';
import type { Fact } from '../../events/catalogue.ts';
import { digest, makeFact } from '../shared/facts.ts';
import { bundledMail } from '../shared/mail/bundles.ts';
import type { Outbox } from '../shared/mail/outbox.ts';
import type { MailProblems } from '../shared/registers/mail-problems.ts';

/*
 * What SES tells of a mail comes from the account's default bus straight into this function's queue: it is a fact of a case
 * by a mere change of words, which is not worth an event, a queue and a function of its own (ADR 0040).
 */

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

export type MailEvent = z.output<typeof eventSchema>;

/**
 * The event that a message brings from SES; nothing when it brings something else.
 *
 * @throws when it cannot be read
 */
export const mailEventIn = (message: unknown): MailEvent | undefined => {
  const { source, detail } = (typeof message === 'object' ? (message ?? {}) : {}) as Readonly<Record<string, unknown>>;
  return source === 'aws.ses' ? eventSchema.parse(detail) : undefined;
};

/** The case that a message from SES is about, if it can be read. */
export const caseOfMail = (message: unknown): string | undefined => {
  try {
    return untag(mailEventIn(message)?.mail.tags?.case);
  } catch {
    return undefined;
  }
};

/** What an event says of a case and of the addresses that the mail went to. */
export interface MailNews {
  /** None of a mail about no case, as a morning's digest is. */
  readonly fact: Fact | undefined;
  readonly at: Temporal.Instant;
  readonly reason: string;
  /** The addresses that the mail reached, and those that are the cause that it did not. */
  readonly reached: readonly string[];
  readonly refusing: readonly string[];
}

/**
 * What an event of SES says of a mail, and the fact that it is in the mail's case: `mail.delivered` when the receiver's mail
 * server took the mail, whose time is when it has arrived (förvaltningslagen 22 §); `mail.delayed` while it does not;
 * `mail.bounced` when it will not, or SES or the receiver refused it. Nothing of a mail that Frist did not tag, or of which
 * nothing is asked.
 */
export const newsOf = (event: MailEvent): MailNews | undefined => {
  const { tags } = event.mail;
  const mail = untag(tags?.mail);
  const subject = untag(tags?.case);
  const outcome = outcomeOf(event);
  if (mail === undefined || outcome === undefined) return undefined;
  const { name, reason, reached = [], refusing = [] } = outcome;
  const at = Temporal.Instant.from(outcome.at);
  const news = { at, reason: reason ?? '', reached, refusing };
  if (subject === undefined) return { fact: undefined, ...news };
  const about = untag(tags?.about);
  const origin = {
    id: `${name}-${digest(event.mail.messageId, event.eventType)}`,
    source: '/frist/ses',
    subject,
    time: at,
  };
  const data = { mail, audience: untag(tags?.audience) ?? 'unknown', ...(about !== undefined && { about }) };
  const fact =
    name === 'mail.delivered'
      ? makeFact(name, origin, data)
      : makeFact(name, origin, { ...data, ...(reason !== undefined && { reason }) });
  return { fact, ...news };
};

/** That a mail about several cases bounced, as a fact of each of the others: it was an alert there too (row B7). */
export const inOtherCases = async (fact: Fact, outbox: Pick<Outbox, 'cases'>): Promise<readonly Fact[]> => {
  const key = fact.type === 'se.frist.mail.bounced.v1' ? bundledMail(fact.data.mail) : undefined;
  if (key === undefined) return [];
  return (await outbox.cases(key))
    .filter((subject) => subject !== fact.subject)
    .map((subject) => ({ ...fact, subject, id: `mail.bounced-${digest(fact.id, subject)}` }));
};

/** An address that mail comes back from is noted, until a mail reaches it (row B7). */
export const noteAddresses = async (
  { at, reason, reached, refusing }: MailNews,
  problems: MailProblems,
): Promise<void> => {
  for (const address of reached) await problems.clear(address, at);
  for (const address of refusing) await problems.note(address, at, reason);
};

interface Outcome {
  readonly name: 'mail.delivered' | 'mail.delayed' | 'mail.bounced';
  readonly at: string;
  readonly reason?: string | undefined;
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
