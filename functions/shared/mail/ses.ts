import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { MailRefused, type Mailer } from './mailer.ts';

/** Answers of SES after which nothing was sent, and whether trying again can help. */
const REFUSALS: Readonly<Record<string, { readonly forGood: boolean }>> = {
  BadRequestException: { forGood: true },
  MessageRejected: { forGood: true },
  NotFoundException: { forGood: false },
  MailFromDomainNotVerifiedException: { forGood: false },
  AccountSuspendedException: { forGood: false },
  SendingPausedException: { forGood: false },
  LimitExceededException: { forGood: false },
  TooManyRequestsException: { forGood: false },
};

export const sesMailer = (
  { from, configurationSet }: { readonly from: string; readonly configurationSet: string },
  client = new SESv2Client({ maxAttempts: 1 }),
): Mailer => ({
  send: async ({ to, subject, text, html, replyTo, tags }) => {
    const content = (data: string) => ({ Data: data, Charset: 'UTF-8' });
    try {
      const { MessageId = '' } = await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [to] },
          ...(replyTo !== undefined && { ReplyToAddresses: [replyTo] }),
          ConfigurationSetName: configurationSet,
          EmailTags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
          Content: {
            Simple: {
              Subject: content(subject),
              Body: { Text: content(text), Html: content(html) },
              // So that out-of-office replies stay away (RFC 3834, section 5).
              Headers: [{ Name: 'Auto-Submitted', Value: 'auto-generated' }],
            },
          },
        }),
      );
      return MessageId;
    } catch (error) {
      const refusal = error instanceof Error ? REFUSALS[error.name] : undefined;
      throw refusal && error instanceof Error ? new MailRefused(error.name, refusal.forGood) : error;
    }
  },
});
