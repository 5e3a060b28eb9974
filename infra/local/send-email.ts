import { randomUUID } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';
import type { Clock } from '../../functions/shared/runtime.ts';
import { AwsError, type AwsService, read } from './aws.ts';
import { ruled } from './event-bus.ts';
import type { Mail, Mails } from './mails.ts';
import { readRawMail } from './mime.ts';
import { CONFIGURATION_SET, REGION } from './names.ts';
import type { Queues } from './queues.ts';
import { mailEventsOf } from './mail-events.ts';
import type { Store } from './store.ts';

export interface SendEmailDeps {
  readonly store: Store;
  readonly mails: Mails;
  readonly queues: Queues;
  readonly clock: Clock;
}

/** SESv2's SendEmail: keeps the mail, and publishes what became of it where the mail names the configuration set. */
export const sendEmail =
  ({ store, mails, queues, clock }: SendEmailDeps): AwsService =>
  ({ body }) => {
    const request = read(sendEmailRequest, body, 'BadRequestException');
    const mail = mailOf(request, clock());
    if (mail.from === '') throw new AwsError('BadRequestException', 'Missing required header From');
    if (mail.to.length === 0) throw new AwsError('BadRequestException', 'Missing final recipient');
    const set = mail.configurationSet;
    if (set !== undefined && set !== CONFIGURATION_SET) {
      throw new AwsError('NotFoundException', `Configuration set <${set}> does not exist.`, 404);
    }
    const events = set === undefined ? [] : mailEventsOf(mail);
    store.transaction(() => {
      mails.keep(mail);
      queues.send(events.flatMap((event) => ruled(event, clock()).map((message) => ({ ...message, after: HEARD_MS }))));
    });
    return { MessageId: mail.id };
  };

/** The receiver's mail server answers SES some time after SES has answered the sender. */
const HEARD_MS = 200;

const addresses = z.prefault(z.array(z.string()), []);
const content = z.object({ Data: z.string() });

/** A tag's name and value hold only these characters. */
const tagText = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,256}$/, 'a tag holds letters, digits, _ and - only'));

const sendEmailRequest = z.object({
  FromEmailAddress: z.optional(z.string()),
  Destination: z.prefault(z.object({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses }), {
    ToAddresses: [],
    CcAddresses: [],
    BccAddresses: [],
  }),
  ReplyToAddresses: addresses,
  ConfigurationSetName: z.optional(z.string()),
  EmailTags: z.prefault(z.array(z.object({ Name: tagText, Value: tagText })), []),
  Content: z.union([
    z.object({
      Simple: z.object({
        Subject: content,
        Body: z.object({ Text: z.optional(content), Html: z.optional(content) }),
        Headers: z.prefault(
          z
            .array(
              z.object({
                Name: z.string().check(z.regex(/^[!-9;-~]{1,126}$/, 'not a header name')),
                Value: z.string().check(z.regex(/^[ -~]{1,870}$/, 'not a header value: 1 to 870 ASCII characters')),
              }),
            )
            .check(z.maxLength(15, 'at most 15 headers')),
          [],
        ),
      }),
    }),
    z.object({ Raw: content }),
  ]),
});
type SendEmailRequest = z.infer<typeof sendEmailRequest>;

const mailOf = (request: SendEmailRequest, now: Temporal.Instant): Mail => {
  const { Destination, FromEmailAddress, ReplyToAddresses, Content } = request;
  const id = `${randomUUID()}-000000`;
  const recipients = [...Destination.ToAddresses, ...Destination.CcAddresses, ...Destination.BccAddresses];
  const common = {
    id,
    at: now.toString(),
    tags: Object.fromEntries(request.EmailTags.map(({ Name, Value }) => [Name, Value])),
    ...(request.ConfigurationSetName !== undefined && { configurationSet: request.ConfigurationSetName }),
  };
  const messageId = { 'Message-ID': `<${id}@${REGION}.amazonses.com>` };
  if ('Raw' in Content) {
    const { headers, text, html } = readRawMail(Buffer.from(Content.Raw.Data, 'base64'));
    return {
      ...common,
      from: FromEmailAddress ?? headers['From'] ?? '',
      to: (recipients.length > 0 ? recipients : (headers['To'] ?? '').split(',')).map(addressOf).filter(Boolean),
      subject: headers['Subject'] ?? '',
      text,
      html,
      headers: { ...headers, ...messageId },
    };
  }
  const { Subject, Body, Headers } = Content.Simple;
  return {
    ...common,
    from: FromEmailAddress ?? '',
    to: recipients.map(addressOf).filter(Boolean),
    subject: Subject.Data,
    text: Body.Text?.Data ?? '',
    html: Body.Html?.Data ?? '',
    headers: {
      From: FromEmailAddress ?? '',
      To: Destination.ToAddresses.join(', '),
      ...(ReplyToAddresses.length > 0 && { 'Reply-To': ReplyToAddresses.join(', ') }),
      Subject: Subject.Data,
      ...messageId,
      ...Object.fromEntries(Headers.map(({ Name, Value }) => [Name, Value])),
    },
  };
};

/** The bare address of `Name <address>`. */
const addressOf = (recipient: string): string => /<([^<>]+)>\s*$/.exec(recipient)?.[1] ?? recipient.trim();
