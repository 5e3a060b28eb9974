import { beforeEach, describe, expect, test } from 'vitest';
import type { Fact } from '../../events/catalogue.ts';
import { fact, HEMVARD, KOMMUNEN, moment, MONDAY_10, order } from '../support/facts.ts';
import { openOffice, type Office } from '../support/office.ts';
import { errorBeside, formsOf, openFormsOf, openPage, wordsOf, type Form } from '../support/provider-page.ts';

/*
 * The page of a switch (rows H13–H17), to each of its two providers.
 */

const link = (audience: 'incoming' | 'leaving') => ({ case: '2026-0417', switch: 'X-1', audience }) as const;

const orderBy = (routine: string): Fact =>
  order('2026-11-20 10:00', {
    service: 'personalCare',
    provider: HEMVARD.id,
    routine,
    homeHealthCare: true,
  });

const wish = fact('switch.requested', MONDAY_10, {
  switch: 'X-1',
  service: 'personalCare',
  from: 'O-1',
  toProvider: KOMMUNEN.id,
});

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  await office.tell(orderBy('hemtjanst'), wish);
  office.clock.moveTo('2026-11-23 11:00');
});

describe('the incoming provider', () => {
  test('is asked for the day, within its limits', async () => {
    const { get } = await openPage(office, link('incoming'));
    const page = await get();
    const words = wordsOf(page);
    expect(words).toContain('Ni är tillträdande utförare och tar över.');
    expect(words).toMatch(/Ange dagen för övertagandet .* kvar senast måndag 30 november/u);
    expect(words).toContain('Genomföra bytet av utförare');
    expect(words).toContain('Tidigast måndag 30 november.');
    expect(words).not.toContain('dokumentation');
    expect(openFormsOf(page)).toEqual(['switch.dateAgreed']);
    // No day is set before they have agreed on one.
    expect(words).not.toContain('Dagen för bytet är');
    expect(words).toContain('Vilken dag tar ni över?');
  });

  test('sees which day was told, by whom, and not only when', async () => {
    await office.tell(
      fact(
        'switch.dateAgreed',
        '2026-11-23 10:30',
        { switch: 'X-1', date: '2026-12-02', by: 'leaving' },
        { door: 'link' },
      ),
    );
    const words = wordsOf(await (await openPage(office, link('incoming'))).get());
    expect(words).toContain('Dagen för bytet är onsdag 2 december.');
    expect(words).toContain(
      'Dagen för övertagandet meddelad. Övertagandet sker onsdag 2 december. måndag 23 november 10:30, från den andra utföraren',
    );
  });

  test('tells the day, and is thanked', async () => {
    const { say, taken } = await openPage(office, link('incoming'));
    const page = await say({ date: '2026-12-02' });
    expect(taken()).toMatchObject([
      {
        type: 'se.frist.switch.dateAgreed.v1',
        time: moment('2026-11-23 11:00').toString(),
        door: 'link',
        data: { switch: 'X-1', date: '2026-12-02', by: 'incoming' },
      },
    ]);
    expect(wordsOf(page)).toContain('Övertagandet sker onsdag 2 december.');
  });

  test('may tell another day, also the first one again', async () => {
    const { say, taken } = await openPage(office, link('incoming'));
    for (const date of ['2026-12-02', '2026-12-03', '2026-12-02', '2026-12-02']) await say({ date });
    expect(taken().map(({ data }) => (data as { date: string }).date)).toEqual([
      '2026-12-02',
      '2026-12-03',
      '2026-12-02',
    ]);
  });

  test('is told that the day lies outside the time for the switch (row H16)', async () => {
    const { say, get } = await openPage(office, link('incoming'));
    await say({ date: '2026-11-25' });
    expect(wordsOf(await get())).toContain('Den avtalade dagen ligger utanför tiden för bytet.');
  });

  test('tells when it has taken over, once the day has come', async () => {
    const { say, get, post } = await openPage(office, link('incoming'));
    await say({ date: '2026-12-02' });
    expect(formsOf(await get())).toEqual(['switch.dateAgreed']);
    office.clock.moveTo('2026-12-02 15:00');
    expect(openFormsOf(await get())).toEqual(['switch.completed']);
    const page = await say({ answer: 'switch.completed', on: '2026-12-02' });
    expect(wordsOf(page)).toContain('Tack, bytet är registrerat');
    expect(wordsOf(page)).toContain('Bytet är genomfört Den tillträdande utföraren har tagit över.');
    expect(formsOf(page)).toEqual([]);
    expect(wordsOf(await post({ answer: 'switch.completed', on: '2026-12-02' }))).toContain('Det här är redan gjort');
  });
});

describe('the leaving provider', () => {
  test('is asked for the day and for consent to hand over its documentation (row H14), and to tell the nurses (row H17)', async () => {
    const { get, say, taken } = await openPage(office, link('leaving'));
    expect(wordsOf(await get())).toContain('Ni är frånträdande utförare och lämnar över.');
    expect(wordsOf(await get())).toContain('Den tillträdande utföraren ska genomföra bytet av utförare');
    expect(formsOf(await get())).toEqual(['switch.dateAgreed', 'task.done.tellHomeHealthCare.0']);
    await say({ date: '2026-12-02', consent: 'no' });
    await say({ answer: 'task.done.tellHomeHealthCare.0', done: 'yes' });
    expect(taken().map(({ data }) => data)).toEqual([
      { switch: 'X-1', date: '2026-12-02', by: 'leaving', documentationConsent: false },
      { task: 'tellHomeHealthCare:X-1' },
    ]);
    expect(formsOf(await get())).toEqual(['switch.dateAgreed']);
  });

  test.each<[string, Form, string, string]>([
    ['no day', { consent: 'yes' }, 'date', 'Ange ett datum, till exempel 2026-12-23.'],
    ['a day that has been', { date: '2026-11-22', consent: 'yes' }, 'date', 'Ange i dag eller en senare dag.'],
    ['a day in another age', { date: '2062-11-22', consent: 'yes' }, 'date', 'Ange en dag inom ett år.'],
    [
      'no consent',
      { date: '2026-12-02' },
      'consent',
      'Svara om dokumentationen får lämnas till den tillträdande utföraren.',
    ],
  ])('is told what is wrong: %s', async (_, form, field, message) => {
    const { post, bus } = await openPage(office, link('leaving'));
    const page = await post(form);
    expect(page.statusCode).toBe(422);
    expect(errorBeside(page, `switch-dateAgreed-${field}`)).toBe(message);
    expect(bus.published).toEqual([]);
  });
});

test('a switch that was taken back says so', async () => {
  const { get, post, bus } = await openPage(office, link('incoming'));
  await office.tell(fact('service.ended', '2026-11-23 10:30', { order: 'O-1', on: '2026-11-23', reason: 'deceased' }));
  for (const page of [await get(), await post({ date: '2026-12-02' })]) {
    expect(page.statusCode).toBe(200);
    expect(wordsOf(page)).toContain('Bytet gäller inte längre');
    expect(formsOf(page)).toEqual([]);
  }
  expect(bus.published).toEqual([]);
});

test('a routine that has its own day for every switch asks for none (row S11)', async () => {
  const other = await openOffice();
  const { data } = wish;
  await other.tell(
    order('2026-11-20 10:00', {
      service: 'companion',
      routine: 'ledsagning',
      hours: { perMonth: 40, perWeek: 10 },
      goals: 'Mål',
      purpose: 'Syfte',
    }),
    fact('switch.requested', MONDAY_10, { ...data, service: 'companion' }),
  );
  const { get } = await openPage(other, link('leaving'));
  expect(wordsOf(await get())).toContain(
    'Ni är frånträdande utförare och lämnar över. Dagen för bytet är måndag 7 december.',
  );
  expect(formsOf(await get())).toEqual([]);
});

test('nothing of a person is shown', async () => {
  const other = await openOffice();
  await other.tell(
    order(MONDAY_10, { order: 'HEMLIGT', routine: 'hemtjanst', goals: 'HEMLIGT' }),
    fact('switch.requested', MONDAY_10, { ...wish.data, switch: 'HEMLIGT-X', from: 'HEMLIGT' }),
  );
  for (const audience of ['incoming', 'leaving'] as const) {
    const { get, post } = await openPage(other, { case: '2026-0417', switch: 'HEMLIGT-X', audience });
    for (const page of [await get(), await post({})]) expect(page.body).not.toMatch(/HEMLIGT|personalCare|omvårdnad/u);
  }
});
