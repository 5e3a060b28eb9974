import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import PostalMime, { addressParser } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { Clock } from '../../functions/shared/runtime.ts';
import { type Log, sayError } from './log.ts';
import { MESSAGES_BUCKET } from './names.ts';
import type { Queues } from './queues.ts';

export interface SmtpDoor {
  /** `smtp://127.0.0.1:port`. */
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** SES takes 40 MB; the door here says no a little sooner, as mail servers on the way do. */
const MOST_MAIL_BYTES = 30 * 1024 * 1024;

/**
 * The mail server of the domain that mails can be replied to, as SES is in the cloud: it takes mail for any address there,
 * lays the message down in S3 and notifies the queue of `receive-mail`, in SES's own words.
 *
 * What SES finds out by asking the domain of the sender, nobody can ask here. The door believes the envelope: SPF and DMARC
 * hold when its sender is of the domain in the one `From`, and fail when not.
 */
export const openSmtpDoor = async (
  port: number | undefined,
  domain: string,
  { queues, clock, log }: { readonly queues: Queues; readonly clock: Clock; readonly log: Log },
): Promise<SmtpDoor> => {
  const s3 = new S3Client({ forcePathStyle: true });
  const take = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      // What is too large is read to its end, so that the sender hears why.
      if (bytes <= MOST_MAIL_BYTES) chunks.push(chunk);
    }
    if (bytes > MOST_MAIL_BYTES) throw new Refusal(552, 'The message is larger than 30 MB');
    const { mailFrom, rcptTo } = session.envelope;
    const sender = mailFrom === false ? '' : mailFrom.address;
    const id = randomBytes(20).toString('hex');
    const now = clock();
    const received = `Received: from ${session.hostNameAppearsAs || 'unknown'} by localhost id ${id}; ${now.toString()}\r\n`;
    const raw = Buffer.concat([Buffer.from(`Return-Path: <${sender}>\r\n${received}`), ...chunks]);
    const verdict = { status: await vouch(raw, sender) };
    await s3.send(new PutObjectCommand({ Bucket: MESSAGES_BUCKET, Key: `inbound/${id}`, Body: raw }));
    const notification = {
      notificationType: 'Received',
      mail: {
        timestamp: now.toString(),
        source: sender,
        messageId: id,
        destination: rcptTo.map(({ address }) => address),
        headersTruncated: true,
        headers: [],
        commonHeaders: {},
      },
      receipt: {
        timestamp: now.toString(),
        processingTimeMillis: 1,
        recipients: rcptTo.map(({ address }) => address),
        spamVerdict: { status: 'PASS' },
        virusVerdict: { status: 'PASS' },
        spfVerdict: verdict,
        dkimVerdict: { status: 'GRAY' },
        dmarcVerdict: verdict,
        action: {
          type: 'S3',
          topicArn: 'arn:aws:sns:eu-north-1:000000000000:frist-mails-in',
          bucketName: MESSAGES_BUCKET,
          objectKeyPrefix: 'inbound/',
          objectKey: `inbound/${id}`,
        },
      },
    };
    queues.send([{ queue: 'receive-mail', body: JSON.stringify(notification), by: 'rules' }]);
  };

  const options: SMTPServerOptions = {
    banner: 'Frist takes replies',
    name: 'localhost',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MOST_MAIL_BYTES,
    closeTimeout: 2000,
    onRcptTo: ({ address }, _, next) =>
      next(
        address.toLowerCase().endsWith(`@${domain.toLowerCase()}`)
          ? undefined
          : new Refusal(550, 'Mail is taken for the domain of replies alone'),
      ),
    onData: (stream, session, next) => {
      const answer = async (): Promise<void> => {
        try {
          await take(stream, session);
          next();
        } catch (error) {
          if (!(error instanceof Refusal)) log('smtp.failed', { error: sayError(error) });
          next(error instanceof Refusal ? error : new Refusal(451, 'Try again later'));
        }
      };
      void answer();
    },
  };
  const server = await listening(options, port ?? USUAL_PORT).catch((error: unknown) => {
    if (port === undefined && (error as NodeJS.ErrnoException).code === 'EADDRINUSE') return listening(options, 0);
    throw error;
  });
  return {
    address: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    stop: async () => {
      if (!server.server.listening) return;
      const { promise: closed, resolve: done } = Promise.withResolvers<void>();
      server.close(done);
      await closed;
      s3.destroy();
    },
  };
};

const USUAL_PORT = 3002;

/** A server that listens on this machine alone. @throws the system's error, such as EADDRINUSE */
const listening = async (options: SMTPServerOptions, port: number): Promise<SMTPServer> => {
  const server = new SMTPServer(options);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // Later errors are those of clients that break off, and nobody's to handle.
  server.on('error', reject);
  server.listen(port, '127.0.0.1', resolve);
  await promise;
  return server;
};

/** An answer of SMTP that is no success (RFC 5321, section 4.2). */
class Refusal extends Error {
  readonly responseCode: number;
  constructor(code: number, message: string) {
    super(message);
    this.responseCode = code;
  }
}

const vouch = async (raw: Buffer, sender: string): Promise<'PASS' | 'FAIL' | 'GRAY'> => {
  if (sender === '') return 'GRAY';
  // The headers stand first; what follows need not be read for them.
  const { headers } = await PostalMime.parse(raw.subarray(0, 100_000)).catch(() => ({ headers: [] }));
  const authors = headers
    .filter(({ key }) => key === 'from')
    .flatMap(({ value }) => addressParser(value, { flatten: true }).map(({ address = '' }) => domainOf(address)));
  return authors.length === 1 && authors[0] === domainOf(sender) ? 'PASS' : 'FAIL';
};

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
