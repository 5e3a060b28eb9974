import { SESv2Client } from '@aws-sdk/client-sesv2';
import { describe, expect, test } from 'vitest';
import type { Mail } from '../../../functions/shared/mail/mailer.ts';
import { MailRefused } from '../../../functions/shared/mail/mailer.ts';
import { memoryMailer } from '../../../functions/shared/mail/memory.ts';
import { sesMailer } from '../../../functions/shared/mail/ses.ts';
import { AwsError } from '../../../infra/local/aws.ts';
import { openServers, serveAws } from '../../local/harness.ts';
import { serveAnswers } from '../../support/aws.ts';

const FROM = { from: 'frist@exempelkommun.example', configurationSet: 'frist' };

const MAIL: Mail = {
  to: 'uppdrag@hemvardvast.example',
  subject: 'Ärende 2026-0417: bekräfta mottagandet senast tisdag 24 november',
  text: 'Hej!\n\nÅ, ä och ö.\n',
  html: '<p>Hej!</p>',
  tags: { mail: 'b3JkZXI', audience: 'cHJvdmlkZXI', case: 'MjAyNi0wNDE3' },
};

const openSes = async () => {
  const { mails, ...servers } = openServers();
  const mailer = sesMailer(FROM, new SESv2Client(await serveAws({ mails, ...servers })));
  const received = (): unknown[] =>
    mails.all().map(({ to, subject, text, html, tags }) => ({ to: to.join(), subject, text, html, tags }));
  return { mailer, received, mails };
};

const openMemory = async () => {
  const mailer = memoryMailer();
  return { mailer, received: (): unknown[] => [...mailer.sent] };
};

describe.each([
  { name: 'in memory', open: openMemory },
  { name: 'of SES', open: openSes },
])('the mailer $name', ({ open }) => {
  test('hands mails over to the letter, and answers an id for each', async () => {
    const { mailer, received } = await open();
    const ids = [await mailer.send(MAIL), await mailer.send(MAIL)];

    expect(new Set(ids).size).toBe(2);
    expect(received()).toEqual([MAIL, MAIL]);
  });
});

test('SES is told from whom, by which configuration set, and that nobody is to answer automatically', async () => {
  const { mailer, mails } = await openSes();
  const id = await mailer.send(MAIL);
  expect(mails.find(id)).toMatchObject({
    from: FROM.from,
    configurationSet: FROM.configurationSet,
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
});

const refusing = async (type: string, status: number) => {
  const options = await serveAnswers({
    sendEmail: () => {
      throw new AwsError(type, 'Email address is not verified: hemlig@example.org', status);
    },
  });
  return sesMailer(FROM, new SESv2Client(options));
};

test.each([
  ['MessageRejected', 400, true],
  ['BadRequestException', 400, true],
  ['NotFoundException', 404, false],
  ['MailFromDomainNotVerifiedException', 400, false],
  ['AccountSuspendedException', 400, false],
  ['SendingPausedException', 400, false],
  ['LimitExceededException', 400, false],
  ['TooManyRequestsException', 429, false],
])('%s (%i) is a refusal: nothing was sent; for good: %s', async (type, status, forGood) => {
  const mailer = await refusing(type, status);
  const error: unknown = await mailer.send(MAIL).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MailRefused);
  expect(error).toMatchObject({ forGood, message: type });
});

test.each([
  ['InternalFailure', 500],
  ['ServiceUnavailable', 503],
])('after %s nobody knows whether the mail was sent: no refusal', async (type, status) => {
  const mailer = await refusing(type, status);
  const error: unknown = await mailer.send(MAIL).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(MailRefused);
});

test('a mail to nobody is refused for good', async () => {
  const { mailer, received } = await openSes();
  await expect(mailer.send({ ...MAIL, to: '' })).rejects.toMatchObject({ forGood: true });
  expect(received()).toEqual([]);
});
