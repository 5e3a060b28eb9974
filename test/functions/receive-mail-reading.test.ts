import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerIn } from '../../functions/receive-mail/answer.ts';
import { readMessage } from '../../functions/receive-mail/message.ts';
import { readReply, type Receipt } from '../../functions/receive-mail/reading.ts';
import { EXPECTED, messageNamed } from '../messages/expected.ts';

const ADDRESS = 'uppdrag@hemvardvast.example';

/** What the mail server says of a message that is from whom it says. */
const VOUCHED: Receipt = { sender: ADDRESS, spf: 'PASS', dmarc: 'PASS', spam: 'PASS', virus: 'PASS' };

const reading = async (raw: Uint8Array, receipt: Partial<Receipt> = {}, registered: string | undefined = ADDRESS) => {
  const read = readReply(await readMessage(raw), { ...VOUCHED, ...receipt }, registered);
  return [read.reading, ...(read.why === undefined ? [] : [read.why])].join(' ');
};

const plainly = (text: string, from = ADDRESS): Uint8Array =>
  Buffer.from(`From: ${from}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`);

test.each(Object.entries(EXPECTED))('H7: %s is read as %s', async (name, expected) => {
  expect(await reading(messageNamed(name))).toBe(expected);
});

const NAMES = Object.keys(EXPECTED);

test.each([
  ['its sender’s domain disowns it', { dmarc: 'FAIL' }],
  ['there is no policy, and SPF did not hold', { dmarc: 'GRAY', spf: 'FAIL' }],
  ['there is no policy, and the envelope is of another domain', { dmarc: 'GRAY', sender: 'x@annat-bolag.example' }],
  ['the check could not be made', { dmarc: 'PROCESSING_FAILED' }],
  ['it holds a virus', { virus: 'FAIL' }],
  ['it is spam', { spam: 'FAIL' }],
] as const)('H7: no message confirms when %s, whatever its own headers say', async (_, receipt) => {
  for (const name of NAMES) expect(await reading(messageNamed(name), receipt), name).not.toBe('confirmed');
});

test('H7: what nobody in an envelope sent is by a machine, and confirms nothing', async () => {
  for (const name of NAMES) expect(await reading(messageNamed(name), { sender: '' }), name).not.toBe('confirmed');
});

describe('H7: who may confirm', () => {
  test.each([
    ['the registered address', ADDRESS, ADDRESS, 'confirmed'],
    ['the registered address in capitals', 'Uppdrag@HemvardVast.example', ADDRESS, 'confirmed'],
    ['a colleague of the same domain', 'omar@hemvardvast.example', ADDRESS, 'confirmed'],
    ['somebody of a domain below it', 'omar@extern.hemvardvast.example', ADDRESS, 'unclear sender'],
    ['somebody of the domain above it', 'omar@vast.example', 'uppdrag@hem.vast.example', 'unclear sender'],
    ['the registered address where anybody has one', 'hemvard@gmail.com', 'hemvard@gmail.com', 'confirmed'],
    ['somebody else there', 'nagon@gmail.com', 'hemvard@gmail.com', 'unclear sender'],
  ])('%s', async (_, from, registered, expected) => {
    expect(await reading(plainly('Bekräftar', from), { sender: from }, registered)).toBe(expected);
  });

  test('nobody, for a provider without an address', async () => {
    expect(readReply(await readMessage(plainly('Bekräftar')), VOUCHED, undefined)).toEqual({
      reading: 'unclear',
      why: 'sender',
    });
  });

  test.each([
    ['of the very domain', ADDRESS],
    ['of one below it', 'bounce@mail.hemvardvast.example'],
  ])('the provider, without a policy, by SPF for an envelope %s', async (_, sender) => {
    expect(await reading(plainly('Bekräftar'), { dmarc: 'GRAY', sender })).toBe('confirmed');
  });
});

const answer = (text: string): string => answerIn({ text, html: '' });

test.each([
  'Bekräftar',
  'bekräftar.',
  'BEKRÄFTAR!',
  '”Bekräftar”',
  'Bekräftas',
  'Bekräftat',
  'Bekräftas härmed',
  'Härmed bekräftas mottagandet',
  'Vi bekräftar uppdraget.',
  'Vi bekräftar att vi har tagit emot uppdraget',
  'Mottaget',
  'Mottaget!',
  'Mottaget och bekräftat',
  'Uppdraget är mottaget.',
  'Beställningen är mottagen',
  'Tack, vi har tagit emot',
  'Tack! Vi har tagit emot beställningen.',
  'Hej! Vi tar emot uppdraget. Tack!',
  'Hej Anna,\n\nOk!\n\nMvh Lisa',
  'Ok',
  'ok 👍',
  'Okej, tack så mycket',
  'Ja',
  'Ja tack',
  'Ja, vi tar uppdraget',
  'Ärende 2026-0417: mottaget',
  'God morgon\nBekräftar\n/Lisa',
  'Bekräftar /Lisa',
  'Bekräftar\n\nLisa',
])('H7: %j is a plain yes', (text) => {
  expect(answer(text)).toBe('yes');
});

test.each([
  'Bekräftar?',
  'Bekräfta',
  'Vi kan inte bekräfta',
  'Vi bekräftar inte',
  'Bekräftar ej',
  'Kan ej ta emot',
  'Nej',
  'Nej tack',
  'Ja, men inte förrän måndag',
  'Ok, men vem är det?',
  'Ok. Fast vi har fullt',
  'Vi avböjer uppdraget',
  'Mottaget men avböjes',
  'Mottaget. Återkommer',
  'Ok\nÅterkommer i morgon',
  'Vi återkommer',
  'Tack',
  'Hej',
  'Tack för mejlet',
  'Vi kan bekräfta på måndag',
  'Bekräftar att vi inte kan',
  'Bekräftar mottagandet av er avbokning',
  'Bekräftar, start 30/11',
  'Mottaget, vi börjar på måndag',
  'Ring mig',
  'Ok Ring mig',
  'Ok.\n\nRing mig\n',
  'Ok\n\nFel Person',
  'Ja vad ska vi göra',
  'Fel mottagare, vi har inte fått något sådant uppdrag',
  'Vi har fått fel uppdrag',
  'ok 👎',
  '123456',
  '.',
])('H7: %j is for a person to read', (text) => {
  expect(answer(text)).toBe('other');
});

test('H7: a word too many makes a yes a matter for a person, whichever word it is', () => {
  const word = fc.stringMatching(/^[a-zåäö]{5,12}$/u);
  fc.assert(
    fc.property(fc.constantFrom('Bekräftar', 'Ok', 'Vi har tagit emot uppdraget'), word, (yes, extra) => {
      expect(answer(`${yes} ${extra}`)).toBe('other');
      expect(answer(`${extra} ${yes}`)).toBe('other');
      expect(answer(`${yes}.\n${extra}`)).toBe('other');
    }),
  );
});

test.each([
  ['what looks like the beginning of tags', '<'.repeat(100_000)],
  ['blockquotes in each other', '<blockquote>'.repeat(8000)],
  ['comments never closed', '<!--'.repeat(25_000)],
  ['entities', '&#'.repeat(50_000)],
  ['divs of a class', '<div class="'.repeat(8000)],
  ['attributions', `${'Den 1 skrev '.repeat(8000)}\n`],
  ['quote marks', '>'.repeat(100_000)],
  ['spaces', ' '.repeat(100_000)],
  ['lines', 'a\n'.repeat(50_000)],
  ['headers of headers', 'Från: x\n'.repeat(12_000)],
  ['dashes', `${'-'.repeat(99_000)}x`],
])('a text of nothing but %s is read in no time', (_, text) => {
  const began = performance.now();
  expect(answerIn({ text, html: '' })).not.toBe('yes');
  expect(answerIn({ text: '', html: text })).not.toBe('yes');
  expect(performance.now() - began).toBeLessThan(2000);
});

test('a message of 20 MB is read as any other', async () => {
  const attachment = Buffer.alloc(15_000_000, 7).toString('base64').replaceAll(/.{76}/gu, '$&\r\n');
  const raw = Buffer.from(
    [
      `From: ${ADDRESS}`,
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Ok',
      '--b',
      'Content-Type: image/jpeg; name="skannat.jpg"',
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment; filename="skannat.jpg"',
      '',
      attachment,
      '--b--',
      '',
    ].join('\r\n'),
  );
  expect(raw.byteLength).toBeGreaterThan(20_000_000);
  expect(await reading(raw)).toBe('unclear attachment');
}, 20_000);
