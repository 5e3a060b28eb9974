import {
  BadRequestException,
  NotFoundException,
  SendEmailCommand,
  type SendEmailCommandInput,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { describe, expect, test } from 'vitest';
import { openServers, serveAws, type Servers } from './harness.ts';

const request = (more: Partial<SendEmailCommandInput> = {}): SendEmailCommandInput => ({
  FromEmailAddress: 'Frist <frist@exempelkommun.example>',
  Destination: { ToAddresses: ['Hemvård Väst <vast@example.org>'] },
  ReplyToAddresses: ['svar+abc@exempelkommun.example'],
  ConfigurationSetName: 'frist',
  EmailTags: [{ Name: 'case', Value: '2026-0417' }],
  Content: {
    Simple: {
      Subject: { Data: 'Ärende 2026-0417: bekräfta' },
      Body: { Text: { Data: 'Öppna https://…' }, Html: { Data: '<p>Öppna</p>' } },
      Headers: [{ Name: 'Auto-Submitted', Value: 'auto-generated' }],
    },
  },
  ...more,
});

const start = async (): Promise<{
  servers: Servers;
  send: (more?: Partial<SendEmailCommandInput>) => Promise<string | undefined>;
}> => {
  const servers = openServers();
  const client = new SESv2Client(await serveAws(servers));
  return { servers, send: async (more) => (await client.send(new SendEmailCommand(request(more)))).MessageId };
};

const eventsOf = async (servers: Servers): Promise<unknown[]> => {
  await servers.queues.idle();
  return (servers.delivered['record-fact'] ?? []).map((body): unknown => JSON.parse(body));
};

const to = (...ToAddresses: string[]): Partial<SendEmailCommandInput> => ({ Destination: { ToAddresses } });

describe('a mail handed to SES', () => {
  test('is kept as it was sent, at the time of the clock', async () => {
    const { servers, send } = await start();
    const id = await send();
    expect(servers.mails.all()).toEqual([
      {
        id,
        to: ['vast@example.org'],
        from: 'Frist <frist@exempelkommun.example>',
        subject: 'Ärende 2026-0417: bekräfta',
        text: 'Öppna https://…',
        html: '<p>Öppna</p>',
        headers: {
          From: 'Frist <frist@exempelkommun.example>',
          To: 'Hemvård Väst <vast@example.org>',
          'Reply-To': 'svar+abc@exempelkommun.example',
          Subject: 'Ärende 2026-0417: bekräfta',
          'Message-ID': `<${id}@eu-north-1.amazonses.com>`,
          'Auto-Submitted': 'auto-generated',
        },
        at: '2026-12-21T08:00:00Z',
        tags: { case: '2026-0417' },
        configurationSet: 'frist',
      },
    ]);
  });

  test('may be raw', async () => {
    const { servers, send } = await start();
    const raw = [
      'From: frist@exempelkommun.example',
      'To: vast@example.org, Ost <ost@example.org>',
      'Subject: =?utf-8?B?w4RyZW5kZQ==?=',
      ' =?utf-8?Q?_2026-0417?=',
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '=C3=96ppna=',
      ' sidan',
      '--b',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('<p>Öppna</p>').toString('base64'),
      '--b--',
      '',
    ].join('\r\n');
    await send({
      Content: { Raw: { Data: Buffer.from(raw) } },
      FromEmailAddress: undefined,
      Destination: undefined,
    });
    expect(servers.mails.all()).toMatchObject([
      {
        from: 'frist@exempelkommun.example',
        to: ['vast@example.org', 'ost@example.org'],
        subject: 'Ärende 2026-0417',
        text: 'Öppna sidan',
        html: '<p>Öppna</p>',
        headers: { 'MIME-Version': '1.0' },
      },
    ]);
  });

  test('is delivered, and SES tells of it', async () => {
    const { servers, send } = await start();
    const id = await send();
    expect(await eventsOf(servers)).toMatchObject([
      {
        source: 'aws.ses',
        'detail-type': 'Email Delivered',
        detail: {
          eventType: 'Delivery',
          mail: {
            messageId: id,
            timestamp: '2026-12-21T08:00:00Z',
            destination: ['vast@example.org'],
            tags: { case: ['2026-0417'], 'ses:configuration-set': ['frist'] },
            headers: expect.arrayContaining([{ name: 'Auto-Submitted', value: 'auto-generated' }]),
          },
          delivery: { timestamp: '2026-12-21T08:00:00Z', recipients: ['vast@example.org'] },
        },
      },
    ]);
  });

  test('bounces for recipients called bounce or suppressionlist', async () => {
    const { servers, send } = await start();
    await send(to('bounce+1@example.org', 'suppressionlist@example.org', 'vast@example.org'));
    expect(await eventsOf(servers)).toMatchObject([
      { 'detail-type': 'Email Delivered', detail: { delivery: { recipients: ['vast@example.org'] } } },
      {
        'detail-type': 'Email Bounced',
        detail: {
          eventType: 'Bounce',
          bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'bounce+1@example.org' }] },
        },
      },
      {
        'detail-type': 'Email Bounced',
        detail: {
          bounce: { bounceSubType: 'Suppressed', bouncedRecipients: [{ emailAddress: 'suppressionlist@example.org' }] },
        },
      },
    ]);
  });

  test('is delivered and complained about for recipients called complaint', async () => {
    const { servers, send } = await start();
    await send(to('complaint@example.org'));
    expect(await eventsOf(servers)).toMatchObject([
      { 'detail-type': 'Email Delivered' },
      {
        'detail-type': 'Email Complaint Received',
        detail: { complaint: { complainedRecipients: [{ emailAddress: 'complaint@example.org' }] } },
      },
    ]);
  });

  test('is not told of without a configuration set', async () => {
    const { servers, send } = await start();
    await send({ ConfigurationSetName: undefined });
    expect(await eventsOf(servers)).toEqual([]);
    expect(servers.mails.all()).toHaveLength(1);
  });
});

describe('SES refuses', () => {
  const simple = request().Content?.Simple;
  test.each<[string, Partial<SendEmailCommandInput>]>([
    ['a mail without a sender', { FromEmailAddress: undefined }],
    ['a mail without a recipient', to()],
    ['a mail without content', { Content: undefined }],
    ['a tag with other characters', { EmailTags: [{ Name: 'case', Value: '2026/417' }] }],
    ['a header on two lines', { Content: { Simple: { ...simple, Headers: [{ Name: 'X', Value: 'a\nb' }] } as never } }],
  ])('%s', async (_, wrong) => {
    const { servers, send } = await start();
    await expect(send(wrong)).rejects.toThrow(BadRequestException);
    expect(servers.mails.all()).toEqual([]);
  });

  test('a configuration set that is not there', async () => {
    const { send } = await start();
    await expect(send({ ConfigurationSetName: 'other' })).rejects.toThrow(NotFoundException);
  });
});
