import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerIn } from '../../functions/receive-mail/answer.ts';
import { createHandler } from '../../functions/receive-mail/handler.ts';
import { readMessage } from '../../functions/receive-mail/message.ts';
import { memoryBus } from '../../functions/shared/bus/memory.ts';
import { memoryLinks } from '../../functions/shared/links/memory.ts';
import { replyAddress, type ReplyTo } from '../../functions/shared/links/replies.ts';
import type { LogCode } from '../../functions/shared/log.ts';
import { memoryMailer, memoryOutbox } from '../../functions/shared/mail/memory.ts';
import { memoryMessages, memoryStrays } from '../../functions/shared/messages/memory.ts';
import { memoryRegisters } from '../../functions/shared/registers/memory.ts';
import { EXPECTED, messageNamed } from '../messages/expected.ts';
import { COMMON_MAIL, HEMVARD, moment } from '../support/facts.ts';
import { batch, failedIn } from '../support/messages.ts';
import { standingClock } from '../support/office.ts';

const DOMAIN = 'svar.exempelkommun.example';
const NOW = '2026-11-23 10:00';

/** The function on doubles, and a mail to Hemvård Väst about O-1 that can be answered. */
const open = async () => {
  const clock = standingClock(NOW);
  const [messages, links, registers, strays] = [memoryMessages(), memoryLinks(), memoryRegisters(), memoryStrays()];
  await registers.put('provider', HEMVARD, { who: 'test', at: '2026-11-23T09:00:00Z' });
  const [mailer, bus, outbox] = [memoryMailer(), memoryBus(), memoryOutbox(() => 0)];
  const codes: LogCode[] = [];
  const handler = createHandler({
    messages,
    links,
    registers,
    strays,
    outbox,
    mailer,
    bus,
    office: { name: 'Exempelkommun', officersMail: COMMON_MAIL, replyDomain: DOMAIN },
    publicUrl: 'https://frist.example',
    clock: clock.now,
    log: (code) => codes.push(code),
  });
  const about = { case: '2026-0417', about: 'O-1', audience: 'provider', provider: HEMVARD.id } as const;
  const addressFor = async (reply: ReplyTo): Promise<string> =>
    replyAddress((await links.create({ reply }, moment('2027-01-01 00:00'))).reply, DOMAIN);
  const address = await addressFor(about);
  let count = 0;
  /** A message comes, and SES tells of it. */
  const arrive = async (raw: Uint8Array, told: object = {}): Promise<string[]> => {
    count += 1;
    const messageId = `m${String(count)}`;
    await messages.arrive(messageId, raw);
    return failedIn(await handler(batch(notification(messageId, { recipients: [address], ...told }))));
  };
  const readings = (): string[] =>
    bus.published.map(({ fact: { data } }) => {
      const { reading, why } = data as { readonly reading: string; readonly why?: string };
      return [reading, ...(why === undefined ? [] : [why])].join(' ');
    });
  return { clock, messages, addressFor, about, strays, mailer, bus, codes, handler, address, arrive, readings };
};

/** What SES says on the topic of a message that it has laid down in S3. */
const notification = (
  messageId: string,
  { recipients, ...more }: { recipients: string[]; dmarc?: string },
): object => ({
  notificationType: 'Received',
  mail: {
    timestamp: '2026-11-23T08:59:58.123Z',
    source: 'uppdrag@hemvardvast.example',
    messageId,
    destination: recipients,
    headersTruncated: false,
    headers: [{ name: 'Authentication-Results', value: 'amazonses.com; spf=pass; dmarc=pass' }],
    commonHeaders: { from: ['uppdrag@hemvardvast.example'], subject: 'Sv: Ärende' },
  },
  receipt: {
    timestamp: '2026-11-23T08:59:59.000Z',
    processingTimeMillis: 877,
    recipients,
    spamVerdict: { status: 'PASS' },
    virusVerdict: { status: 'PASS' },
    spfVerdict: { status: 'PASS' },
    dkimVerdict: { status: 'PASS' },
    dmarcVerdict: { status: more.dmarc ?? 'PASS' },
    action: {
      type: 'S3',
      topicArn: 'arn:aws:sns:eu-north-1:000000000000:arrived',
      bucketName: 'messages',
      objectKeyPrefix: 'inbound/',
      objectKey: `inbound/${messageId}`,
    },
  },
});

test('H7, H8: every message of real shape, told of as SES does, is read as it should be, kept, and recorded without its words', async () => {
  const desk = await open();
  for (const name of Object.keys(EXPECTED)) expect(await desk.arrive(messageNamed(name)), name).toEqual([]);
  expect(desk.readings()).toEqual(Object.values(EXPECTED));
  expect(desk.bus.published[0]).toMatchObject({
    source: 'frist.inbound',
    fact: {
      type: 'se.frist.mail.received.v1',
      subject: '2026-0417',
      time: '2026-11-23T08:59:58.123Z',
      door: 'mail',
      data: { mail: 'm1', audience: 'provider', about: 'O-1', reading: 'confirmed' },
    },
  });
  expect(await desk.messages.read('kept', 'm1')).toEqual(messageNamed('outlook-365'));
  expect(JSON.stringify([desk.bus.published, desk.codes])).not.toMatch(/@|Lisa|Bekräft|121212/u);
});

test('a message that is told of twice is one fact', async () => {
  const desk = await open();
  await desk.messages.arrive('m1', messageNamed('short-ok'));
  const told = notification('m1', { recipients: [desk.address] });
  await desk.handler(batch(told, told));
  expect(new Set(desk.bus.published.map(({ fact }) => fact.id)).size).toBe(1);
});

test('H7, H8: one message to several addresses answers each order once, in each case', async () => {
  const { addressFor, about, address, arrive, bus } = await open();
  const again = await addressFor(about);
  const other = await addressFor({ ...about, case: '2026-0418', about: 'O-2' });
  const beside = await addressFor({ ...about, about: 'O-2' });
  await arrive(messageNamed('short-ok'), { recipients: [address, again, 'ann@utforare.example', other, beside] });
  expect(bus.published.map(({ fact: { subject, data } }) => [subject, data])).toMatchObject([
    ['2026-0417', { about: 'O-1', mail: 'm1', reading: 'confirmed' }],
    ['2026-0418', { about: 'O-2', mail: 'm1', reading: 'confirmed' }],
    ['2026-0417', { about: 'O-2', mail: 'm1', reading: 'confirmed' }],
  ]);
  expect(new Set(bus.published.map(({ fact: { subject, id } }) => `${subject} ${id}`)).size).toBe(3);
});

test('a message is tried again while it is not there, and the others of the batch are not', async () => {
  const desk = await open();
  await desk.messages.arrive('there', messageNamed('short-ok'));
  const told = ['absent', 'there'].map((id) => notification(id, { recipients: [desk.address] }));
  expect(failedIn(await desk.handler(batch(...told)))).toEqual(['m1']);
  expect(desk.readings()).toEqual(['confirmed']);
});

test('the address is known whatever a mail server makes of its capitals', async () => {
  const desk = await open();
  expect(await desk.arrive(messageNamed('short-ok'), { recipients: [desk.address.toUpperCase()] })).toEqual([]);
  expect(desk.readings()).toEqual(['confirmed']);
});

describe('bad input', () => {
  test.each([
    ['no JSON', '{'],
    ['nothing of SES', '{}'],
    ['another notification', { notificationType: 'Bounce' }],
    ['a path for an id', notification('../kept/x', { recipients: [] })],
    ['an id of nothing', notification('', { recipients: [] })],
  ])('%s fails alone, and records nothing', async (_, bad) => {
    const desk = await open();
    await desk.messages.arrive('good', messageNamed('short-ok'));
    const good = notification('good', { recipients: [desk.address] });
    expect(failedIn(await desk.handler(batch(bad, good)))).toEqual(['m1']);
    expect(desk.readings()).toEqual(['confirmed']);
  });

  test.each([
    ['no token', `svar@${DOMAIN}`],
    ['an unknown token', `svar+${'f'.repeat(32)}@${DOMAIN}`],
    ['half a token', `svar+ff@${DOMAIN}`],
    ['a token at another domain', `svar+${'0'.repeat(31)}1@annat.example`],
    ['a line break', `svar+${'0'.repeat(31)}1\r\n@${DOMAIN}`],
  ])('mail to an address with %s is in no case: it is listed, and told of', async (_, to) => {
    const desk = await open();
    expect(await desk.arrive(messageNamed('short-ok'), { recipients: [to] })).toEqual([]);
    expect(desk.bus.published).toEqual([]);
    expect(await desk.strays.list(moment(NOW))).toEqual([{ mail: 'm1', received: '2026-11-23T08:59:58.123Z' }]);
    expect(desk.mailer.sent).toMatchObject([{ to: COMMON_MAIL, subject: 'Ett mejl utan ärende har kommit in' }]);
    expect(desk.codes).toContain('MAIL_STRAY');
  });
});

test('B3: ten thousand messages of chance crash nothing and confirm nothing', async () => {
  const desk = await open();
  const originals = Object.keys(EXPECTED)
    .filter((name) => EXPECTED[name] !== 'confirmed')
    .map((name) => messageNamed(name).toString('latin1'));
  const PIECES = [
    '\r\n\r\n',
    '\r\n',
    '\0',
    'From: uppdrag@hemvardvast.example\r\n',
    'Content-Type: multipart/mixed; boundary="x"\r\n',
    '--x\r\n',
    '--x--',
    'Content-Transfer-Encoding: base64\r\n',
    '=?utf-8?B?////?=',
    '=?x?q?=0D=0A?=',
    '<div class="gmail_quote">',
    '<blockquote>',
    '> ',
    'Från: x\r\nSkickat: y\r\n',
    '-----Ursprungligt meddelande-----\r\n',
    'charset="utf-7"',
    '\u00FF\u00FE',
    'A'.repeat(2000),
  ];
  const cut = fc.record({
    original: fc.constantFrom(...originals),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.nat(40),
    piece: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 30 })),
  });
  const changed = fc.array(cut, { minLength: 1, maxLength: 3 }).map((cuts) =>
    cuts.reduce((text, { original, at, drop, piece }, index) => {
      const base = index === 0 ? original : text;
      const place = Math.floor(at * base.length);
      return base.slice(0, place) + piece + base.slice(place + drop);
    }, ''),
  );
  const message = fc.oneof(
    { weight: 6, arbitrary: changed.map((text) => Buffer.from(text, 'latin1')) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 2000 }) },
    {
      weight: 1,
      arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((all) => Buffer.from(all.join(''))),
    },
  );
  let tried = 0;
  await fc.assert(
    fc.asyncProperty(message, fc.constantFrom('FAIL', 'PROCESSING_FAILED', 'DISABLED'), async (raw, dmarc) => {
      tried += 1;
      // What nobody vouches for is not read further, so that is done here: a cut may make a plain yes of a no.
      const read = await readMessage(raw);
      expect(['yes', 'nothing', 'other']).toContain(read === undefined ? 'nothing' : answerIn(read));
      expect(await desk.arrive(raw, { dmarc })).toEqual([]);
    }),
    { numRuns: 10_000 },
  );
  expect(tried).toBe(10_000);
  expect(desk.readings()).toHaveLength(10_000);
  expect(desk.readings()).not.toContain('confirmed');
}, 120_000);
