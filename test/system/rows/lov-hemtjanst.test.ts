import { describe, expect, test } from 'vitest';
import type { FactData } from '../../../events/catalogue.ts';
import { endOf, moment } from '../../support/facts.ts';
import { townForTests } from '../../support/town.ts';
import { linkIn } from '../../support/visit.ts';

/* Rows L1–L13: routine `lov-hemtjanst`, on the running system. Monday is 23 November 2026. */

const town = townForTests('2026-11-23 10:00', {
  municipality: { routines: { personalCare: 'lov-hemtjanst', service: 'lov-hemtjanst', palliative: 'lov-hemtjanst' } },
});

const at = (text: string): string => moment(text).toString();
const today = (): string => town.now().toZonedDateTimeISO('Europe/Stockholm').toPlainDate().toString();

/** An order to a provider of its own, by a case officer of its own. */
const ordered = async (data: Partial<FactData<'order.sent'>> = {}) => {
  const [anna, hemvard] = [await town.officer(), await town.provider({ name: 'Hemvård Väst' })];
  const life = town.openCase();
  await life.order({ provider: hemvard.id, officer: anna.id, consent: true, ...data });
  return { anna, hemvard, life };
};

/** The roles around a case, with an address each that only this test knows. */
const people = async (...roles: readonly string[]) =>
  Promise.all(roles.map(async (role) => ({ role, mail: await town.role(role) })));

describe('L1: given an order without the client’s signed consent', () => {
  test('it is accepted and opens a task, and nobody beyond the provider is told', async () => {
    const around = await people('unitManager', 'nurses', 'rehab', 'feeOfficer', 'healthStaff', 'planner');
    const [hemvard, life] = [await town.provider(), town.openCase()];
    await life.order({ provider: hemvard.id });
    expect(await life.task('consent:O-1')).toMatchObject({ owner: 'officer', row: 'L1', status: 'open' });
    expect(await town.mailsTo(hemvard)).toHaveLength(1);
    await life.tell('service.ended', { order: 'O-1', on: today(), reason: 'moved' });
    for (const one of around) expect(await town.mailsTo(one), one.role).toEqual([]);
  });

  test('with the consent in place, those who could not be told are told', async () => {
    const [unitManager] = await people('unitManager', 'nurses', 'rehab');
    const [hemvard, life] = [await town.provider(), town.openCase()];
    await life.order({ provider: hemvard.id });
    expect(await town.mailsTo(unitManager!)).toEqual([]);
    await life.tell('task.done', { task: 'consent:O-1' });
    expect(await life.task('consent:O-1')).toMatchObject({ status: 'done' });
    expect(await town.mailsTo(unitManager!)).toHaveLength(1);
    expect(await town.mailsTo(hemvard)).toHaveLength(1);
  });

  test('an order that holds the consent opens no such task', async () => {
    const { life } = await ordered();
    expect(await life.task('consent:O-1')).toBeUndefined();
  });
});

describe('L2: given day, evening and night in one decision', () => {
  test('it becomes two orders: the provider’s and the night team’s, each with its own receiver, limits and page', async () => {
    const nights = await town.provider({
      id: 'nattpatrullen',
      name: 'Nattpatrullen',
      kind: 'municipal',
      connected: true,
    });
    const { hemvard, life } = await ordered({ shifts: ['day', 'evening', 'night'] });

    expect((await life.known()).orders).toMatchObject([
      { order: 'O-1', provider: hemvard.id, status: 'sent' },
      { order: 'O-1/night', provider: 'nattpatrullen', status: 'sent' },
    ]);
    for (const about of ['O-1', 'O-1/night'])
      expect(await life.deadline('start', about)).toMatchObject({
        row: 'L6',
        due: at('2026-11-25 10:00'),
        status: 'open',
      });

    const [[byDay], [byNight]] = [await town.mailsTo(hemvard), await town.mailsTo(nights)];
    expect(linkIn(byDay)).not.toBe(linkIn(byNight));
    await town.send(linkIn(byNight), { start: today() });
    expect(await life.orderRecord('O-1/night')).toMatchObject({ status: 'confirmed' });
    expect(await life.orderRecord('O-1')).toMatchObject({ status: 'sent' });

    await life.tell('service.started', { order: 'O-1/night', date: today() });
    expect(await life.deadline('start', 'O-1/night')).toMatchObject({ status: 'met' });
    expect(await life.deadline('start', 'O-1')).toMatchObject({ status: 'open' });
  });

  test('the end is told to both; a recall ends both, and both pages say so', async () => {
    const nights = await town.provider({
      id: 'nattpatrullen',
      name: 'Nattpatrullen',
      kind: 'municipal',
      connected: true,
    });
    const ended = await ordered({ shifts: ['day', 'night'] });
    await ended.life.tell('service.ended', { order: 'O-1', on: today(), reason: 'ended' });
    for (const provider of [ended.hemvard, nights])
      expect((await town.mailsTo(provider)).at(-1)?.text).toContain('avslutas');

    const recalled = await ordered({ shifts: ['day', 'night'] });
    const links = [linkIn((await town.mailsTo(recalled.hemvard))[0]), linkIn((await town.mailsTo(nights)).at(-1))];
    await recalled.life.tell('order.recalled', { order: 'O-1', reason: 'Fel omfattning.' });
    expect((await recalled.life.deadlines('start')).map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    for (const link of links) expect((await town.open(link)).text).toContain('Uppdraget är återkallat');
  });

  test('day and evening alone, or night alone, stay one order', async () => {
    for (const shifts of [['day', 'evening'], ['night']] as const) {
      const { life } = await ordered({ shifts: [...shifts] });
      expect((await life.known()).orders).toHaveLength(1);
    }
  });
});

test('L3: the unit manager, nurses and rehab staff are told which company was chosen, and the case shows how the manager is reached', async () => {
  const around = await people('unitManager', 'nurses', 'rehab');
  const { life } = await ordered();
  for (const one of around) {
    const [mail] = await town.mailsTo(one);
    expect(mail?.subject, one.role).toContain(life.number);
    expect(mail?.text).toContain('valt hemtjänst enligt LOV. Valt företag är Hemvård Väst');
    expect(mail?.text).not.toContain('omvårdnad');
  }
  expect((await life.known()).contacts).toEqual(
    expect.arrayContaining([{ role: 'unitManager', mails: [around[0]?.mail] }]),
  );
});

test('L8: in a new case the provider’s manager is to attend the first meeting; an order in the place of another asks for no new one', async () => {
  const { hemvard, life } = await ordered();
  expect(await life.task('firstMeeting:O-1')).toMatchObject({ owner: 'provider', row: 'L8', status: 'open' });
  await life.tell('task.done', { task: 'firstMeeting:O-1' });
  expect(await life.task('firstMeeting:O-1')).toMatchObject({ status: 'done' });
  await life.order({ order: 'O-2', provider: hemvard.id, consent: true, replaces: 'O-1' });
  expect(await life.task('firstMeeting:O-2')).toBeUndefined();
});

test('L11: a deviation stands in the journal, and the case officer is mailed that there is one', async () => {
  const { anna, hemvard, life } = await ordered();
  await town.answer(hemvard, life, 'service.started', { date: today() });
  await town.answer(hemvard, life, 'deviation.reported', { text: 'Fallolycka i hallen.' });
  expect(await life.journal('deviation.reported')).toMatchObject([{ data: { text: 'Fallolycka i hallen.' } }]);
  const mail = (await town.mailsTo(anna)).at(-1);
  expect(mail?.text).toContain('Hemvård Väst har rapporterat en avvikelse');
  expect(mail?.text).not.toContain('Fallolycka');
});

test('L12: the form about a large change reaches the case officer, who is to follow it up, each time', async () => {
  const { anna, hemvard, life } = await ordered();
  await town.answer(hemvard, life, 'service.started', { date: today() });
  await town.answer(hemvard, life, 'change.requested', { text: 'Behöver hjälp även på kvällen.' });
  const mail = (await town.mailsTo(anna)).at(-1);
  expect(mail?.text).toContain('Hemvård Väst begär en större förändring');
  expect(mail?.text).not.toContain('kvällen');
  expect(await life.task('followUpChange:O-1')).toMatchObject({ owner: 'officer', row: 'L12', status: 'open' });

  await life.tell('service.changed', { order: 'O-1', reason: 'increased' });
  expect(await life.task('followUpChange:O-1')).toMatchObject({ status: 'done' });
  await town.answer(hemvard, life, 'change.requested', { text: 'Behöver mindre hjälp.' });
  expect(await life.tasks('open')).toContain('followUpChange:O-1:2');
});

test('L13: at the end the case officer, the fee officer, the health staff, the planner and the team are told', async () => {
  const around = await people('feeOfficer', 'healthStaff', 'planner');
  const { anna, hemvard, life } = await ordered();
  await life.tell('service.ended', { order: 'O-1', on: '2026-11-30', reason: 'moved' });
  for (const one of [anna, hemvard, ...around]) {
    const mail = (await town.mailsTo(one)).at(-1);
    expect(mail?.subject).toContain(life.number);
    expect(mail?.text).toContain('Insatsen hos Hemvård Väst avslutas måndag 30 november');
  }
});

// From here on the clock goes forward.

test.each([
  ['L5', 'palliative', '24 hours', '2026-11-24 10:00', '2026-11-25 10:00'],
  ['L6', 'personalCare', '48 hours', '2026-11-26 10:00', '2026-11-28 10:00'],
] as const)('%s: %s is executed within %s, or else the case officer is alerted', async (row, service, _, sent, due) => {
  await town.moveTo(sent);
  const [inTime, late] = [await ordered({ service }), await ordered({ service })];
  expect(await inTime.life.deadline('start')).toMatchObject({ row, kind: 'hard', owner: 'provider', due: at(due) });
  await town.moveTo(moment(due).subtract({ minutes: 1 }).toString());
  await inTime.life.tell('service.started', { order: 'O-1', date: today() });
  await town.moveTo(moment(due).add({ minutes: 5 }).toString());
  expect(await inTime.life.deadline('start')).toMatchObject({ status: 'met' });
  expect(await late.life.deadline('start')).toMatchObject({ status: 'breached' });
  expect((await town.mailsTo(late.anna)).at(-1)?.subject).toContain('fristen för att påbörja insatsen har passerat');
  expect(await inTime.life.journal('deadline.breached')).toEqual([]);
});

test('L7: for service the manager contacts the client within three days', async () => {
  await town.moveTo('2026-11-30 10:00');
  const [inTime, late] = [await ordered({ service: 'service' }), await ordered({ service: 'service' })];
  expect(await inTime.life.deadline('contact')).toMatchObject({
    row: 'L7',
    kind: 'hard',
    owner: 'provider',
    due: endOf('2026-12-03'),
  });
  expect(await inTime.life.deadlines('start')).toEqual([]);
  await town.moveTo('2026-12-03 16:00');
  await town.answer(inTime.hemvard, inTime.life, 'client.contacted', { day: '2026-12-03' });
  await town.moveTo('2026-12-04 00:05');
  expect(await inTime.life.deadline('contact')).toMatchObject({ status: 'met' });
  expect(await late.life.deadline('contact')).toMatchObject({ status: 'breached' });
});

test('L9, L10: the plan is drawn up within seven days of the start, revised twice a year, and upon a change', async () => {
  await town.moveTo('2026-12-07 10:00');
  const { anna, hemvard, life } = await ordered();
  await town.answer(hemvard, life, 'service.started', { date: '2026-12-07' });
  expect(await life.deadline('plan')).toMatchObject({
    row: 'L9',
    kind: 'hard',
    due: endOf('2026-12-14'),
    status: 'open',
  });

  await town.moveTo('2026-12-14 09:00');
  await town.answer(hemvard, life, 'plan.submitted', { day: '2026-12-14' });
  expect(await life.deadline('plan')).toMatchObject({ status: 'met' });
  expect(await life.deadlines('planRevision')).toMatchObject([
    { row: 'L10', kind: 'soft', owner: 'provider', due: endOf('2027-06-14'), status: 'open' },
  ]);

  await town.moveTo('2027-02-01 09:00');
  await life.tell('service.changed', { order: 'O-1', reason: 'increased' });
  expect(await life.deadlines('planRevision')).toMatchObject([
    { opened: at('2027-02-01 09:00'), status: 'open' },
    { opened: at('2026-12-14 09:00'), status: 'open' },
  ]);
  await town.moveTo('2027-02-05 09:00');
  await town.answer(hemvard, life, 'plan.revised', { day: '2027-02-05' });
  expect(await life.deadlines('planRevision')).toMatchObject([
    { opened: at('2027-02-01 09:00'), status: 'met' },
    { opened: at('2026-12-14 09:00'), status: 'met' },
    { opened: at('2027-02-05 09:00'), due: endOf('2027-08-05'), status: 'open' },
  ]);

  // Half a year later it is reminded of, and never a breach.
  await town.moveTo('2027-08-06 09:00');
  expect((await life.deadlines('planRevision')).at(-1)).toMatchObject({ status: 'open' });
  expect(
    (await life.journal('deadline.breached')).filter(({ data }) => 'rule' in data && data.rule !== 'start'),
  ).toEqual([]);
  expect((await town.mailsTo(anna)).at(-1)?.subject).toContain('påminnelse, revidera genomförandeplanen');
});

describe('L4: given that the client wants another company', () => {
  const switching = async () => {
    const { anna, hemvard, life } = await ordered();
    const omsorg = await town.provider({ name: 'Omsorg Syd' });
    await life.tell('service.started', { order: 'O-1', date: today() });
    await life.tell('switch.requested', { switch: 'X-1', service: 'personalCare', from: 'O-1', toProvider: omsorg.id });
    return { anna, hemvard, omsorg, life };
  };

  test('a watch is put to the fourteenth day, which is the leaving company’s last and told to it', async () => {
    await town.moveTo('2027-09-06 10:00');
    const { anna, hemvard, omsorg, life } = await switching();
    expect(await life.deadline('switch')).toMatchObject({
      row: 'L4',
      kind: 'hard',
      owner: 'officer',
      due: endOf('2027-09-20'),
      status: 'open',
    });
    expect(await life.switchRecord()).toMatchObject({ status: 'requested', effectiveOn: '2027-09-20' });
    const mail = (await town.mailsTo(hemvard)).at(-1);
    expect(mail?.text).toContain('Sista dag är måndag 20 september');
    expect(await life.journal('switch.requested')).toMatchObject([{ heading: 'Byte av utförare LOV' }]);
    // The chosen company gets an order of its own.
    await life.order({
      order: 'O-2',
      provider: omsorg.id,
      officer: anna.id,
      consent: true,
      period: { from: '2027-09-21' },
    });
    expect(await town.mailsTo(omsorg)).toHaveLength(1);
  });

  test.each([
    ['stays after all', 'withdrawn'],
    ['wants yet another', 'withdrawn'],
    ['gets the order recalled', 'ended'],
    ['dies', 'ended'],
  ] as const)(
    'L4: when the client %s, the switch is %s and its watch goes, and the leaving company is told',
    async (what, status) => {
      const { hemvard, omsorg, life } = await switching();
      const anew = { switch: 'X-2', service: 'personalCare', from: 'O-1' };
      switch (what) {
        case 'stays after all':
          await life.tell('switch.requested', { ...anew, toProvider: hemvard.id });
          break;
        case 'wants yet another':
          await life.tell('switch.requested', { ...anew, toProvider: (await town.provider()).id });
          break;
        case 'gets the order recalled':
          await life.tell('order.recalled', { order: 'O-1', reason: 'Fel beslut.' });
          break;
        case 'dies':
          await life.tell('service.ended', { order: 'O-1', on: today(), reason: 'deceased' });
          break;
      }
      expect(await life.switchRecord('X-1')).toMatchObject({ status });
      expect(await life.deadline('switch', 'X-1')).toMatchObject({ status: 'cancelled' });
      const texts = (await town.mailsTo(hemvard)).map(({ text }) => text);
      expect(texts).toContainEqual(expect.stringContaining('Bytet av utförare gäller inte längre'));
      // The other was told nothing of the switch, and is told nothing of its end.
      expect(await town.mailsTo(omsorg)).toEqual([]);
    },
  );

  test('completed by then it is met, and else a breach', async () => {
    const [inTime, late] = [await switching(), await switching()];
    await town.moveTo('2027-09-20 16:00');
    await inTime.life.tell('switch.completed', { switch: 'X-1', on: '2027-09-20' });
    await town.moveTo('2027-09-21 00:05');
    expect(await inTime.life.deadline('switch')).toMatchObject({ status: 'met' });
    expect(await inTime.life.orderRecord()).toMatchObject({ status: 'ended' });
    expect(await late.life.deadline('switch')).toMatchObject({ status: 'breached' });
    expect((await town.mailsTo(late.anna)).at(-1)?.text).toContain('genomföra bytet av utförare');
  });
});
