import { ACCOUNT, REGION } from './names.ts';
import type { BusEvent } from './event-bus.ts';
import type { Mail } from './mails.ts';

/**
 * What SES would publish of a mail, decided by the recipients' local parts in the manner of the SES mailbox simulator:
 * `bounce…` and `suppressionlist…` bounce, `complaint…` is delivered and complained about, `delay…` is delayed for ever, all
 * others are delivered.
 * Shaped as SES event publishing to EventBridge: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export const mailEventsOf = (mail: Mail): BusEvent[] => {
  const to = (fate: Fate): string[] => mail.to.filter((address) => fateOf(address) === fate);
  const suppressed = to('suppressed');
  const bounced = to('bounced');
  const complained = to('complained');
  const delayed = to('delayed');
  const delivered = [...to('delivered'), ...complained];
  return [
    ...(delivered.length > 0 ? [delivery(mail, delivered)] : []),
    ...(bounced.length > 0 ? [bounce(mail, bounced, 'General')] : []),
    ...(suppressed.length > 0 ? [bounce(mail, suppressed, 'Suppressed')] : []),
    ...(delayed.length > 0 ? [delay(mail, delayed)] : []),
    ...(complained.length > 0 ? [complaint(mail, complained)] : []),
  ];
};

type Fate = 'delivered' | 'bounced' | 'suppressed' | 'complained' | 'delayed';

const fateOf = (address: string): Fate => {
  const local = address.toLowerCase();
  if (local.startsWith('bounce')) return 'bounced';
  if (local.startsWith('suppressionlist')) return 'suppressed';
  if (local.startsWith('delay')) return 'delayed';
  return local.startsWith('complaint') ? 'complained' : 'delivered';
};

const delivery = (mail: Mail, recipients: string[]): BusEvent =>
  mailEvent('Email Delivered', mail, {
    eventType: 'Delivery',
    delivery: {
      timestamp: mail.at,
      processingTimeMillis: 1,
      recipients,
      smtpResponse: '250 2.0.0 OK',
      reportingMTA: 'local',
    },
  });

const bounce = (mail: Mail, recipients: string[], bounceSubType: string): BusEvent =>
  mailEvent('Email Bounced', mail, {
    eventType: 'Bounce',
    bounce: {
      bounceType: 'Permanent',
      bounceSubType,
      bouncedRecipients: recipients.map((emailAddress) => ({
        emailAddress,
        action: 'failed',
        status: '5.1.1',
        diagnosticCode: 'smtp; 550 5.1.1 user unknown',
      })),
      timestamp: mail.at,
      feedbackId: mail.id,
      reportingMTA: 'local',
    },
  });

const delay = (mail: Mail, recipients: string[]): BusEvent =>
  mailEvent('Email Delivery Delayed', mail, {
    eventType: 'DeliveryDelay',
    deliveryDelay: {
      timestamp: mail.at,
      delayType: 'MailboxFull',
      expirationTime: mail.at,
      delayedRecipients: recipients.map((emailAddress) => ({
        emailAddress,
        status: '4.2.2',
        diagnosticCode: 'smtp; 452 4.2.2 mailbox full',
      })),
    },
  });

const complaint = (mail: Mail, recipients: string[]): BusEvent =>
  mailEvent('Email Complaint Received', mail, {
    eventType: 'Complaint',
    complaint: {
      complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
      timestamp: mail.at,
      feedbackId: mail.id,
      complaintFeedbackType: 'abuse',
    },
  });

const mailEvent = (detailType: string, mail: Mail, what: object): BusEvent => ({
  source: 'aws.ses',
  detailType,
  resources: [`arn:aws:ses:${REGION}:${ACCOUNT}:configuration-set/${mail.configurationSet ?? ''}`],
  detail: {
    ...what,
    mail: {
      timestamp: mail.at,
      source: mail.from,
      sendingAccountId: ACCOUNT,
      messageId: mail.id,
      destination: mail.to,
      headersTruncated: false,
      headers: Object.entries(mail.headers).map(([name, value]) => ({ name, value })),
      commonHeaders: { from: [mail.from], to: mail.to, messageId: mail.id, subject: mail.subject },
      tags: {
        'ses:operation': ['SendEmail'],
        'ses:configuration-set': [mail.configurationSet ?? ''],
        ...Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
      },
    },
  },
});
