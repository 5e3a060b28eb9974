import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/catalogue.ts';
import { readFact } from '../../functions/shared/doors.ts';
import { digest } from '../../functions/shared/facts.ts';
import { holdsPersonalNumber, personalNumbersIn } from '../../functions/shared/secrecy.ts';
import { MONDAY_10, orderWire } from '../support/facts.ts';
import { personnummer, samordningsnummer } from '../support/personal-numbers.ts';

const PNR = personnummer('811218', '987');
const SAM = samordningsnummer('701003', '239');

const [birth, four] = [PNR.slice(0, 6), PNR.slice(6)];
const [samBirth, samFour] = [SAM.slice(0, 6), SAM.slice(6)];

test('the numbers of these tests are the ones that the tax agency gives as examples', () => {
  expect([PNR, SAM]).toEqual(['8112189876', '7010632391']);
});

describe('a valid number is found', () => {
  test.each([
    `${birth}${four}`,
    `${birth}-${four}`,
    `${birth}+${four}`,
    `${birth} ${four}`,
    `${birth}–${four}`,
    `${birth}—${four}`,
    `${birth}\u2011${four}`,
    `${birth}\u2212${four}`,
    `${birth}\u00A0${four}`,
    `${birth}\u2009${four}`,
    `19${birth}${four}`,
    `19${birth}-${four}`,
    `19${birth} ${four}`,
    `19${birth}–${four}`,
    `${samBirth}${samFour}`,
    `${samBirth}-${samFour}`,
    `${samBirth} ${samFour}`,
    `${samBirth}–${samFour}`,
    `19${samBirth}${samFour}`,
    `19${samBirth}-${samFour}`,
    `${birth} - ${four}`,
    `${birth}\u200B-\u00AD${four}`,
    PNR.replaceAll(/\d/gu, (digit) => '０１２３４５６７８９'.charAt(Number(digit))),
    `1981-12-18-${four}`,
    `1981-12-18 ${four}`,
    `20${personnummer('050228', '123')}`,
    `${personnummer('240229', '001').slice(0, 6)}+${personnummer('240229', '001').slice(6)}`,
  ])('written %s', (number) => {
    expect(holdsPersonalNumber(number)).toBe(true);
    expect(holdsPersonalNumber(`Kalle ${number} vill simma.`)).toBe(true);
    expect(holdsPersonalNumber(`(pnr:${number})`)).toBe(true);
    expect(holdsPersonalNumber(`Kalle,\n${number}\n`)).toBe(true);
    expect(holdsPersonalNumber(`”${number}”.`)).toBe(true);
    expect(holdsPersonalNumber(`Kalle\t-${number}- simmar`)).toBe(true);
    expect(holdsPersonalNumber(`åäö${number}åäö`)).toBe(true);
    expect(holdsPersonalNumber(`070-123 45 67, ${number}`)).toBe(true);
  });

  test('after a word without a space', () => {
    for (const word of ['pnr', 'personnummer', 'Dad', 'facade'])
      expect(holdsPersonalNumber(`${word}${PNR}`)).toBe(true);
  });

  test('joined to a word by a hyphen, of somebody born before 2000 or where the word says so', () => {
    for (const number of [`19${PNR}`, `19${birth}-${four}`, `1981-12-18-${four}`])
      for (const text of [`K-${number}`, `Kalle-${number}-hem`, `2026-${number}`])
        expect(holdsPersonalNumber(text), text).toBe(true);
    for (const word of ['pnr', 'Personnr', 'personnummer', 'SAMORDNINGSNUMMER'])
      expect(holdsPersonalNumber(`${word}-${birth}-${four}`), word).toBe(true);
  });

  test('after another number that is none', () => {
    expect(holdsPersonalNumber(`811218-9877, 811218-9878 och ${PNR}`)).toBe(true);
  });
});

describe('what only looks like one passes', () => {
  test.each([
    ['a wrong check digit', '811218-9877'],
    ['a wrong check digit, twelve digits', '198112189877'],
    ['a day that is none', personnummer('810230', '123')],
    ['a month that is none', personnummer('811318', '123')],
    ['a coordination number of a day that is none', personnummer('810292', '123')],
    ['a case number', '2026-0417'],
    ['an order id', 'O-2026-0417-1'],
    ['an order id with a date', 'O-20261223-0042'],
    ['an order id in which a number is hidden by its own letters', `O-${PNR}-1`],
    ['digits in a longer row of digits', `1${PNR}1`],
    ['a mobile number', '070-123 45 67'],
    ['a mobile number abroad', '+46701234567'],
    ['a telephone number', '08-508 00 000'],
    ['a bank account', '8327-9 123 456 789-0'],
    ['a date and a time', '2026-12-23T15:00:00+01:00'],
    ['an order id with a date and a number of that day', 'O-20261223-0041, O-20261223-0058'],
    ['a period', '20261223-20270131'],
    ['a period of dates', `1981-12-18 ${four}-12-19, 1981-12-18 - ${four}-12-19, 19811218-${four}1219`],
    ['an amount', '1 234 567 890'],
    ['an EAN', '7312345678901'],
    ['a UUID', '81121898-7600-4000-8000-198112189876'],
    ['a UUID in capitals', '0F9B2C1E-1981-4218-9876-198112189876'],
    ['an organisation number', '212000-0142'],
    ['a hash', `0f9b2c1e${PNR}aa0f9b`],
    ['a hash in capitals with a name before it', `order.sent-0F9B2C1E${PNR}AA0F9B`],
    ['words', 'Stöd vid måltid klockan 8 och 12'],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(holdsPersonalNumber(text)).toBe(false);
  });
});

test('no id that Frist makes itself looks like one', () => {
  // One hash in three thousand holds a row of digits that is a valid number.
  const ids = Array.from({ length: 20_000 }, (_, index) => `mail.sent-${digest(String(index))}`);
  expect(ids.filter(holdsPersonalNumber)).toEqual([]);
});

describe('whatever field it stands in', () => {
  /** Every place of a text in a value, and the value with the number in that place. */
  const spoiled = (value: unknown, number: string): { path: string; value: unknown }[] => {
    if (typeof value === 'string') return [{ path: '', value: `${value} ${number}` }];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) =>
      spoiled(inner, number).map((bad) => ({
        path: `/${key}${bad.path}`,
        value: Array.isArray(value)
          ? value.map((item: unknown, index) => (String(index) === key ? bad.value : item))
          : { ...value, [key]: bad.value },
      })),
    );
  };

  const folder = new URL('../../events/generated/examples/', import.meta.url);
  const examples = readdirSync(folder).map((name) => ({
    name,
    example: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Fact,
  }));

  test.each(examples)('$name', ({ example }) => {
    const places = spoiled(example, `${birth}-${four}`);
    expect(places.length).toBeGreaterThan(5);
    for (const { path, value } of places)
      expect(personalNumbersIn(value as Fact)).toEqual([
        { path, message: 'holds a personal identity number; use the case number alone', code: 'personalNumber' },
      ]);
    expect(personalNumbersIn(example)).toEqual([]);
  });

  test.each([
    ['in an id', { id: `order-${PNR}-1 ${PNR}` }, '/id'],
    ['as the case number', { subject: `${birth}-${four}` }, '/subject'],
    ['in the source', { source: `/treserva/${PNR}` }, '/source'],
    ['in an extension', { partnerref: PNR }, '/partnerref'],
    ['as a number', { partnerref: Number(PNR) }, '/partnerref'],
    ['as the name of an extension', { [PNR]: 'ja' }, ''],
  ])('%s: the door refuses it', (_, more, path) => {
    const admission = readFact(orderWire(MONDAY_10, {}, more));
    expect(admission).toMatchObject({ ok: false, errors: [{ path }] });
  });

  test('the door tells every place at once', () => {
    const admission = readFact(orderWire(MONDAY_10, { goals: PNR, purpose: `Kalle ${birth}–${four}`, order: SAM }));
    expect(admission).toMatchObject({
      ok: false,
      errors: [{ path: '/data/order' }, { path: '/data/goals' }, { path: '/data/purpose' }],
    });
    expect(JSON.stringify(admission)).not.toMatch(/\d{6}/);
  });

  test('the door lets ordinary orders in', () => {
    const text = 'Ring 070-123 45 67 efter 2026-11-30. Beställning O-20261223-0042 gäller 20 timmar i månaden.';
    expect(readFact(orderWire(MONDAY_10, { goals: text, purpose: text }))).toMatchObject({ ok: true });
  });
});
