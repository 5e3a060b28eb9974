import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryMessages, memoryStrays } from '../../../functions/shared/messages/memory.ts';
import { s3Messages } from '../../../functions/shared/messages/s3.ts';
import { tableStrays } from '../../../functions/shared/messages/table.ts';
import { memoryMailProblems } from '../../../functions/shared/registers/mail-problems-memory.ts';
import { tableMailProblems } from '../../../functions/shared/registers/mail-problems-table.ts';
import { listen } from '../../../infra/local/http.ts';
import { MESSAGES_BUCKET } from '../../../infra/local/names.ts';
import { s3Listener } from '../../../infra/local/s3.ts';
import { openStore } from '../../../infra/local/store.ts';
import { dynamoForTests } from '../../support/dynamo.ts';
import { moment } from '../../support/facts.ts';

const table = dynamoForTests();
const closers: (() => unknown)[] = [];
let s3: S3Client;

beforeAll(async () => {
  const store = openStore(':memory:');
  const server = await listen(0, s3Listener({ store, bucket: MESSAGES_BUCKET, log: () => undefined }));
  process.env['AWS_ENDPOINT_URL_S3'] = server.address;
  s3 = new S3Client({ forcePathStyle: true });
  closers.push(
    () => store.close(),
    () => Reflect.deleteProperty(process.env, 'AWS_ENDPOINT_URL_S3'),
    server.stop,
    () => s3.destroy(),
  );
});

afterAll(async () => {
  while (closers.length > 0) await closers.pop()?.();
});

const RAW = Buffer.from('From: a@b.example\r\n\r\nBekr\u00E4ftar \0\u0001', 'latin1');

describe.each([
  { name: 'in memory', open: () => memoryMessages() },
  {
    name: 'in S3',
    open: () => ({
      ...s3Messages(MESSAGES_BUCKET),
      arrive: async (mail: string, raw: Uint8Array): Promise<void> =>
        void (await s3.send(new PutObjectCommand({ Bucket: MESSAGES_BUCKET, Key: `inbound/${mail}`, Body: raw }))),
    }),
  },
])('messages $name', ({ open }) => {
  test('are read as they came, to every byte, and are not kept until somebody keeps them', async () => {
    const messages = open();
    await messages.arrive('m-1', RAW);
    expect(Buffer.from((await messages.read('inbound', 'm-1')) ?? [])).toEqual(RAW);
    expect(await messages.read('kept', 'm-1')).toBeUndefined();
    await messages.keep('m-1');
    await messages.keep('m-1');
    expect(Buffer.from((await messages.read('kept', 'm-1')) ?? [])).toEqual(RAW);
  });

  test('B10: that are kept are erased, and erased again without harm', async () => {
    const messages = open();
    await messages.arrive('m-9', RAW);
    await messages.keep('m-9');
    await messages.erase('m-9');
    await messages.erase('m-9');
    expect(await messages.read('kept', 'm-9')).toBeUndefined();
  });

  test('that never came are none, and cannot be kept', async () => {
    const messages = open();
    expect(await messages.read('inbound', 'm-0')).toBeUndefined();
    await expect(messages.keep('m-0')).rejects.toBeInstanceOf(Error);
  });
});

test('a message that may not be read is not taken for one that is gone', async () => {
  const endpoint = process.env['AWS_ENDPOINT_URL_S3'];
  const server = await listen(0, async (_, outgoing) => {
    outgoing.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
  });
  process.env['AWS_ENDPOINT_URL_S3'] = server.address;
  try {
    await expect(s3Messages(MESSAGES_BUCKET).read('kept', 'm-1')).rejects.toThrow('S3 answered 403');
  } finally {
    process.env['AWS_ENDPOINT_URL_S3'] = endpoint;
    await server.stop();
  }
});

test('a message can be fetched by an address of its own, as a file', async () => {
  await s3.send(new PutObjectCommand({ Bucket: MESSAGES_BUCKET, Key: 'kept/m-2', Body: RAW }));
  const answer = await fetch(await s3Messages(MESSAGES_BUCKET).address('kept', 'm-2'));
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="m-2.eml"');
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(RAW);
});

describe('the local S3, by its real client', () => {
  const of = (Key: string, Bucket = MESSAGES_BUCKET) => ({ Bucket, Key });

  test('puts, heads, gets, copies and deletes', async () => {
    await s3.send(new PutObjectCommand({ ...of('a/å b'), Body: 'text' }));
    expect((await s3.send(new HeadObjectCommand(of('a/å b')))).ContentLength).toBe(4);
    await s3.send(new CopyObjectCommand({ ...of('b'), CopySource: encodeURI(`${MESSAGES_BUCKET}/a/å b`) }));
    expect(await (await s3.send(new GetObjectCommand(of('b')))).Body?.transformToString()).toBe('text');
    await s3.send(new DeleteObjectCommand(of('b')));
    await expect(s3.send(new GetObjectCommand(of('b')))).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('refuses in S3’s own words', async () => {
    await expect(s3.send(new GetObjectCommand(of('a', 'another')))).rejects.toMatchObject({ name: 'NoSuchBucket' });
    const unsigned = await fetch(`${process.env['AWS_ENDPOINT_URL_S3'] ?? ''}/${MESSAGES_BUCKET}/b`);
    expect([unsigned.status, await unsigned.text()]).toEqual([403, expect.stringContaining('AccessDenied')]);
  });
});

describe.each([
  { name: 'in memory', open: memoryStrays },
  { name: 'in the table', open: () => tableStrays(table()) },
])('stray mails $name', ({ open }) => {
  test('are listed once each, the latest first, for ninety days', async () => {
    const strays = open();
    const [early, late] = [
      { mail: 'm-1', received: '2026-11-23T09:00:00Z' },
      { mail: 'm-2', received: '2026-11-23T10:00:00Z' },
    ];
    await strays.add(early);
    await strays.add(late);
    await strays.add(early);
    expect(await strays.list(moment('2026-11-24 10:00'))).toEqual([late, early]);
    expect(await strays.list(moment('2027-02-21 10:30'))).toEqual([late]);
    expect(await strays.list(moment('2027-02-22 10:00'))).toEqual([]);
  });
});

describe.each([
  { name: 'in memory', open: memoryMailProblems },
  { name: 'in the table', open: () => tableMailProblems(table()) },
])('problems with addresses $name', ({ open }) => {
  test('B7: count from the first, end with a mail that arrives later, and are not brought back by what is older', async () => {
    const problems = open();
    const [ten, eleven, noon] = [moment('2026-11-23 10:00'), moment('2026-11-23 11:00'), moment('2026-11-23 12:00')];
    const known = async (): Promise<unknown> => (await problems.list()).get('a@b.example');
    await problems.clear('a@b.example', ten);
    await problems.note('A@b.example', eleven, 'Permanent NoEmail');
    await problems.note('a@b.example', noon, 'Transient MailboxFull');
    expect(await known()).toEqual({ since: eleven.toString(), reason: 'Permanent NoEmail' });
    await problems.clear('a@b.example', ten);
    expect(await known()).toBeDefined();
    await problems.clear('a@B.example', noon);
    expect(await known()).toBeUndefined();
    await problems.note('a@b.example', eleven, 'Permanent NoEmail');
    expect(await known()).toBeUndefined();
    await problems.note('a@b.example', noon.add({ seconds: 1 }), 'complaint');
    expect(await known()).toMatchObject({ reason: 'complaint' });
  });
});
