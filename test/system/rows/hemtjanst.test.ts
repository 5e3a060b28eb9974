import { describe, expect, test } from 'vitest';
import type { FactData } from '../../../events/catalogue.ts';
import { endOf, moment } from '../../support/facts.ts';
import { townForTests } from '../../support/town.ts';
import { linkIn, type Case } from '../../support/visit.ts';

/* Rows H1–H18: routine `hemtjanst`, on the running system. Monday is 23 November 2026. */

const town = townForTests('2026-11-23 08:00', {
  municipality: { routines: { personalCare: 'hemtjanst', service: 'hemtjanst', respite: 'hemtjanst' } },
});

const at = (text: string): string => moment(text).toString();

describe('H1: given a first choice', () => {
  test('written or oral, it stands in the journal under its heading', async () => {
    const hemvard = await town.provider();
    const life = town.openCase();
    await life.tell('choice.made', { service: 'personalCare', provider: hemvard.id, form: 'oral' });
    expect(await life.journal('choice.made')).toMatchObject([
      { heading: 'Val av utförare', data: { form: 'oral', provider: hemvard.id } },
    ]);
  });

  test('who abstains gets the next on the one list of emergencies and of those who do not choose, whatever the service', async () => {
    const providers = [await town.provider(), await town.provider(), await town.provider()];
    // Whom the register does not know yet is passed by.
    await town.list('hemtjanst', [{ id: 'not-yet' }, ...providers.map(({ id }) => ({ id }))]);
    const [first, second, third] = ['personalCare', 'service', 'respite'].map((service) => {
      const life = town.openCase();
      return { life, fact: life.factOf('choice.abstained', { service }) };
    });
    for (const one of [first, second, third]) await town.tell(one!.fact);
    const assigned = await Promise.all(
      [first, second, third].map(async (one) => one!.life.journal('provider.assigned')),
    );
    expect(assigned.flat().map(({ data }) => 'provider' in data && data.provider)).toEqual(
      providers.map(({ id }) => id),
    );
    expect(await first!.life.journal('choice.abstained')).toMatchObject([{ heading: 'Icke val av utförare' }]);
  });

  test('and of many who abstain at once, each provider as many as the others', async () => {
    const providers = [await town.provider(), await town.provider(), await town.provider()];
    await town.list(
      'hemtjanst',
      providers.map(({ id }) => ({ id })),
      'norr',
    );
    const cases = Array.from({ length: 21 }, () => town.openCase());
    const facts = cases.map((life) => life.factOf('choice.abstained', { service: 'personalCare', area: 'norr' }));
    await Promise.all([town.tell(...facts), town.tell(...facts)]);
    const assigned = (await Promise.all(cases.map(async (life) => life.journal('provider.assigned')))).map((its) =>
      its.map(({ data }) => 'provider' in data && data.provider),
    );
    expect(assigned.every((its) => its.length === 1)).toBe(true);
    for (const { id } of providers) expect(assigned.flat().filter((one) => one === id)).toHaveLength(7);
  });
});

describe('H6, H7, H8, H9, H10, H11: given an order to a private provider', () => {
  test('H6: it is mailed that there is an order, with the case number only', async () => {
    const hemvard = await town.provider();
    const life = town.openCase();
    await life.order({ provider: hemvard.id, goals: 'Kunna bo kvar hemma.' });
    const [mail] = await town.mailsTo(hemvard);
    expect(mail?.subject).toContain(life.number);
    expect(`${mail?.subject ?? ''}${mail?.text ?? ''}`).not.toMatch(/omvårdnad|bo kvar|O-1/u);
  });

  test('H6: the contact, its time and the way of delivery stand in the journal', async () => {
    const hemvard = await town.provider();
    const life = town.openCase();
    await life.order({ provider: hemvard.id });
    await life.tell(
      'provider.contacted',
      { order: 'O-1', provider: hemvard.id, channel: 'phone', delivery: 'pickup' },
      { at: '2026-11-23 07:40' },
    );
    expect(await life.journal('provider.contacted')).toMatchObject([
      { time: at('2026-11-23 07:40'), data: { channel: 'phone', delivery: 'pickup', provider: hemvard.id } },
    ]);
  });

  test('H7, H8: the confirmation is owed promptly and never a breach; what confirmed it stands in the journal', async () => {
    const hemvard = await town.provider();
    const life = town.openCase();
    await life.order({ provider: hemvard.id });
    expect(await life.deadline('confirm')).toMatchObject({
      row: 'H7',
      kind: 'soft',
      owner: 'provider',
      status: 'open',
    });
    await town.send(linkIn((await town.mailsTo(hemvard))[0]), { start: '2026-11-24' });
    expect(await life.deadline('confirm')).toMatchObject({ status: 'met' });
    expect(await life.journal('order.confirmed')).toMatchObject([
      { door: 'link', data: { channel: 'link', plannedStart: '2026-11-24' } },
    ]);
  });

  test('H9: the date of the first visit reaches the case officer, and what is not executed at once, without the reason', async () => {
    const [anna, hemvard] = [await town.officer(), await town.provider()];
    const life = town.openCase();
    await life.order({ provider: hemvard.id, officer: anna.id });
    await town.answer(hemvard, life, 'service.started', { date: '2026-11-23' });
    await town.answer(hemvard, life, 'service.notExecuted', { reason: 'Ingen öppnade.' });

    const [started, notExecuted] = await town.mailsTo(anna);
    expect(started?.text).toContain('från och med måndag 23 november');
    expect(notExecuted).toMatchObject({ at: town.now().toString() });
    expect(notExecuted?.text).toContain(`${hemvard.name} meddelar att en insats inte har blivit utförd`);
    expect(notExecuted?.text).not.toContain('Ingen öppnade');
    expect(await life.journal('service.notExecuted')).toMatchObject([{ data: { reason: 'Ingen öppnade.' } }]);
  });

  test('H10: the case officer executes the order in the system, and the provider is mailed the start date', async () => {
    const hemvard = await town.provider();
    const life = town.openCase();
    await life.order({ provider: hemvard.id });
    await life.tell('service.started', { order: 'O-1', date: '2026-11-23' });
    expect(await life.task('registerStart:O-1')).toMatchObject({ row: 'H10', owner: 'officer', status: 'open' });
    await life.tell('start.registered', { order: 'O-1', date: '2026-11-23' });
    expect(await life.task('registerStart:O-1')).toMatchObject({ status: 'done' });
    expect((await town.mailsTo(hemvard)).at(-1)?.text).toContain(
      'Handläggaren bekräftar att uppdraget är verkställt från och med måndag 23 november',
    );
  });

  test('H11: the nurses’ list is told of the provider chosen when the client has home health care, and else not', async () => {
    const [hemvard, nurses] = [await town.provider(), { mail: await town.role('nurses') }];
    const [without, having] = [town.openCase(), town.openCase()];
    await without.order({ provider: hemvard.id });
    await having.order({ provider: hemvard.id, homeHealthCare: true });
    const mails = await town.mailsTo(nurses);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toContain(having.number);
    expect(mails[0]?.text).toContain(`Vald utförare är ${hemvard.name}`);
  });
});

// From here on the clock goes forward.

describe('H2: given a municipal provider', () => {
  const orderAt = async (text: string): Promise<Case> => {
    await town.moveTo(text);
    const kommunen = await town.provider({ kind: 'municipal', connected: true });
    const life = town.openCase();
    await life.order({ provider: kommunen.id });
    return life;
  };

  test.each([
    ['at ten', '2026-11-24 10:00', '2026-11-25 10:00'],
    ['at 14:00 sharp, which is not after', '2026-11-24 14:00', '2026-11-25 14:00'],
    ['in the afternoon: as 07:00 the next weekday', '2026-11-24 14:01', '2026-11-26 07:00'],
    ['on a Friday afternoon', '2026-11-27 15:00', '2026-12-01 07:00'],
    ['on a Saturday morning, which is not after 14:00', '2026-11-28 10:00', '2026-11-29 10:00'],
  ])('the order is executed within 24 hours of its distribution %s', async (_when, sent, due) => {
    const life = await orderAt(sent);
    expect(await life.deadline('start')).toMatchObject({
      row: 'H2',
      kind: 'hard',
      owner: 'provider',
      due: at(due),
      status: 'open',
    });
  });

  test('in time until the last moment, a breach at it', async () => {
    const [inTime, late] = [await orderAt('2026-12-01 10:00'), await orderAt('2026-12-01 10:00')];
    await town.moveTo('2026-12-02 09:59');
    await inTime.tell('service.started', { order: 'O-1', date: '2026-12-02' });
    await town.moveTo('2026-12-02 10:00');
    await late.tell('service.started', { order: 'O-1', date: '2026-12-02' });
    expect(await inTime.deadline('start')).toMatchObject({ status: 'met' });
    expect(await late.deadline('start')).toMatchObject({ status: 'breached', closed: at('2026-12-02 10:00') });
  });
});

describe('H3: given a private provider', () => {
  test('the 24 hours count from the order’s mail, and from a contact by phone once there is one', async () => {
    await town.moveTo('2026-12-03 10:00');
    const hemvard = await town.provider();
    const life = town.openCase();
    await life.order({ provider: hemvard.id }, { at: '2026-12-03 09:00' });
    expect(await life.deadline('start')).toMatchObject({
      row: 'H3',
      opened: at('2026-12-03 10:00'),
      due: at('2026-12-04 10:00'),
    });

    await town.moveTo('2026-12-03 14:30');
    await life.tell('provider.contacted', { order: 'O-1', provider: hemvard.id, channel: 'phone' });
    // After two in the afternoon: as seven the next weekday.
    expect(await life.deadline('start')).toMatchObject({ due: at('2026-12-05 07:00') });
  });

  test('and a contact before the mail counts too', async () => {
    const hemvard = await town.provider();
    const life = town.openCase();
    await life.order({ provider: hemvard.id });
    await life.tell(
      'provider.contacted',
      { order: 'O-1', provider: hemvard.id, channel: 'phone' },
      { at: '2026-12-03 13:00' },
    );
    expect(await life.deadline('start')).toMatchObject({ opened: at('2026-12-03 13:00'), due: at('2026-12-04 13:00') });
  });
});

describe('H4: given a later start', () => {
  test('the case officer’s instruction in the order replaces the limit by the end of that day', async () => {
    await town.moveTo('2026-12-07 10:00');
    const life = town.openCase();
    await life.order({ provider: (await town.provider({ kind: 'municipal' })).id, startNotBefore: '2026-12-14' });
    expect(await life.deadline('start')).toMatchObject({ due: endOf('2026-12-14') });
  });

  test('and so does an agreement with the client, but not once the limit has passed', async () => {
    const [agreed, late] = [town.openCase(), town.openCase()];
    const hemvard = await town.provider({ kind: 'municipal' });
    for (const life of [agreed, late]) await life.order({ provider: hemvard.id });
    await agreed.tell('start.agreed', { order: 'O-1', date: '2026-12-11', agreedWith: 'client' });
    await town.moveTo('2026-12-08 10:00');
    await late.tell('start.agreed', { order: 'O-1', date: '2026-12-11', agreedWith: 'client' });
    expect(await agreed.deadline('start')).toMatchObject({ due: endOf('2026-12-11'), status: 'open' });
    expect(await late.deadline('start')).toMatchObject({ due: at('2026-12-08 10:00'), status: 'breached' });
  });
});

describe('H5: given an order faster than 24 hours', () => {
  test('its own hours hold, with no cutoff, and it must state them', async () => {
    await town.moveTo('2026-12-08 15:30');
    const hemvard = await town.provider();
    const life = town.openCase();
    const urgent = { service: 'personalCare', provider: hemvard.id, officer: 'x', period: { from: '2026-12-08' } };
    expect(await life.refusal('order.sent', { order: 'O-1', urgency: 'urgent', ...urgent })).toEqual([
      expect.objectContaining({ pointer: '#/data/startWithinHours' }),
    ]);
    await life.order({ ...urgent, urgency: 'urgent', startWithinHours: 3 });
    expect(await life.deadline('start')).toMatchObject({ row: 'H5', kind: 'hard', due: at('2026-12-08 18:30') });
  });

  test('the provider that the client has gets it, and no other', async () => {
    const [hemvard, other] = [await town.provider(), await town.provider()];
    const life = town.openCase();
    await life.order({ provider: hemvard.id });
    const [reason] = await life.refusal('order.sent', {
      order: 'O-2',
      service: 'respite',
      provider: other.id,
      officer: 'x',
      period: { from: '2026-12-08' },
      urgency: 'urgent',
      startWithinHours: 3,
    });
    expect(reason).toEqual({ pointer: '#/data/provider', detail: expect.stringContaining(hemvard.id) as string });
    await life.order({
      order: 'O-2',
      service: 'respite',
      provider: hemvard.id,
      urgency: 'urgent',
      startWithinHours: 3,
    });
    expect(await life.orderRecord('O-2')).toMatchObject({ provider: hemvard.id });
  });

  test('a client without a provider gets the next on the emergency list', async () => {
    const [akut, other] = [await town.provider(), await town.provider()];
    await town.list('hemtjanst', [{ id: akut.id }, { id: other.id }], 'öst');
    const life = town.openCase();
    await life.tell('choice.abstained', { service: 'personalCare', area: 'öst' });
    expect(await life.journal('provider.assigned')).toMatchObject([{ data: { provider: akut.id } }]);
    await life.order({ provider: akut.id, urgency: 'urgent', startWithinHours: 2 });
    expect(await life.deadline('start')).toMatchObject({ row: 'H5', status: 'open' });
  });
});

test('H7: not confirmed, the provider and the case officer are reminded once, and nobody is alerted', async () => {
  await town.moveTo('2026-12-09 08:00');
  const [anna, hemvard] = [await town.officer(), await town.provider()];
  const life = town.openCase();
  await life.order({ provider: hemvard.id, officer: anna.id, startNotBefore: '2027-01-31' });
  await town.moveTo('2026-12-11 08:00');
  expect(await life.deadline('confirm')).toMatchObject({ status: 'open' });
  expect((await life.journal('deadline.reminded')).map(({ data }) => 'audience' in data && data.audience)).toEqual([
    'provider',
    'officer',
  ]);
  expect(await life.journal('deadline.breached')).toEqual([]);
  expect(await town.mailsTo(anna)).toHaveLength(1);
});

/** A client who has a provider and wants another. */
const switching = async (
  more: Partial<FactData<'switch.requested'>> = {},
  order: Partial<FactData<'order.sent'>> = {},
) => {
  const anna = await town.officer();
  const [leaving, incoming] = [
    await town.provider({ kind: 'municipal', connected: true, name: 'Kommunens hemtjänst' }),
    await town.provider({ name: 'Hemvård Väst' }),
  ];
  const life = town.openCase();
  await life.order({ provider: leaving.id, officer: anna.id, ...order });
  await life.tell('service.started', { order: 'O-1', date: town.now().toString().slice(0, 10) });
  const request = { switch: 'X-1', service: 'personalCare', from: 'O-1', toProvider: incoming.id, ...more };
  await life.tell('switch.requested', request);
  return { anna, leaving, incoming, life };
};

describe('H12, H13, H14, H15, H16, H17: given that a client switches provider', () => {
  test('H12: both providers are told in one step, the same day, and the journal heads it as a choice anew', async () => {
    await town.moveTo('2027-01-04 10:00');
    const { leaving, incoming, life } = await switching();
    const [toLeaving, toIncoming] = [(await town.mailsTo(leaving)).at(-1), (await town.mailsTo(incoming)).at(-1)];
    for (const mail of [toLeaving, toIncoming]) {
      expect(mail?.subject).toBe(`Ärende ${life.number}: byte av utförare`);
      expect(mail?.text).toContain('Den enskilde byter utförare från Kommunens hemtjänst till Hemvård Väst');
      expect(mail?.at).toBe(town.now().toString());
    }
    expect(linkIn(toLeaving)).not.toBe(linkIn(toIncoming));
    expect((await town.open(linkIn(toLeaving))).text).toContain('Ni är frånträdande utförare');
    expect((await town.open(linkIn(toIncoming))).text).toContain('Ni är tillträdande utförare');

    expect(await life.switchRecord()).toMatchObject({ status: 'requested', told: at('2027-01-04 10:00') });
    expect(await life.deadline('tellProviders')).toMatchObject({
      kind: 'soft',
      due: endOf('2027-01-04'),
      status: 'met',
    });
    expect(await life.journal('switch.requested')).toMatchObject([{ heading: 'Omval av utförare' }]);
  });

  test('H12: as long as one of them is not reached, neither counts as told; the other’s phone call makes both', async () => {
    const kommunen = await town.provider({ kind: 'municipal', connected: true });
    const gone = await town.provider({ mail: 'bounce-1@hemvard.example' });
    const noMail = await town.providerWithoutMail();
    for (const incoming of [gone, noMail]) {
      const life = town.openCase();
      await life.order({ provider: kommunen.id });
      await life.tell('switch.requested', {
        switch: 'X-1',
        service: 'personalCare',
        from: 'O-1',
        toProvider: incoming.id,
      });
      expect(await life.switchRecord()).not.toHaveProperty('told');
      expect(await life.deadline('tellProviders')).toMatchObject({ status: 'open' });
      expect(await life.deadlines('switch')).toEqual([]);
      expect(await life.task('contactInPerson:X-1')).toMatchObject({ owner: 'officer', status: 'open' });

      await town.advance('PT20M');
      await life.tell('provider.contacted', { switch: 'X-1', provider: 'incoming', channel: 'phone' });
      expect(await life.switchRecord()).toMatchObject({ told: town.now().toString() });
      expect(await life.task('contactInPerson:X-1')).toMatchObject({ status: 'done' });
      // The window counts from when the later of the two was told.
      expect(await life.deadline('switch')).toMatchObject({ opened: town.now().toString(), due: endOf('2027-01-18') });
    }
  });

  test('H13: with a wish of the client’s own the case officer relays: it is a task, and the mails hold no contact details', async () => {
    const plain = await switching();
    expect((await town.mailsTo(plain.incoming)).at(-1)?.text).toContain(plain.leaving.mail);
    expect((await town.mailsTo(plain.leaving)).at(-1)?.text).toContain(plain.incoming.mail);
    expect(await plain.life.task('relay:X-1')).toBeUndefined();

    for (const wish of [{ noContactWithLeaving: true }, { wishedDate: '2027-01-14' }]) {
      const { leaving, incoming, life } = await switching(wish);
      for (const [mail, other] of [
        [(await town.mailsTo(incoming)).at(-1), leaving],
        [(await town.mailsTo(leaving)).at(-1), incoming],
      ] as const) {
        expect(mail?.text).toContain('Handläggaren förmedlar');
        expect(`${mail?.text ?? ''}${mail?.html ?? ''}`).not.toContain(other.mail);
      }
      expect(await life.switchRecord()).toMatchObject({ relayed: true });
      expect(await life.task('relay:X-1')).toMatchObject({ owner: 'officer', row: 'H13', status: 'open' });
    }
  });

  test('H14: the leaving provider gives the last day and the client’s word on the documentation; the incoming one is mailed both', async () => {
    const { leaving, incoming, life } = await switching();
    expect(await life.task('agreeLastDay:X-1')).toMatchObject({ owner: 'leaving', row: 'H14', status: 'open' });
    const link = linkIn((await town.mailsTo(leaving)).at(-1));
    const [toIncoming, toLeaving] = [await town.mailsTo(incoming), await town.mailsTo(leaving)];

    const asked = await town.send(link, { date: '2027-01-14' });
    expect(asked).toMatchObject({ status: 422 });
    await town.send(link, { date: '2027-01-14', consent: 'yes' });

    expect(await life.switchRecord()).toMatchObject({
      status: 'agreed',
      agreedDate: '2027-01-14',
      effectiveOn: '2027-01-14',
      documentationConsent: true,
    });
    expect(await life.task('agreeLastDay:X-1')).toMatchObject({ status: 'done' });
    const news = (await town.mailsTo(incoming)).slice(toIncoming.length);
    expect(news).toHaveLength(1);
    expect(news[0]?.text).toContain('Dagen för övertagandet är torsdag 14 januari');
    expect(news[0]?.text).toContain('Den enskilde vill att dokumentationen lämnas över');
    expect(await town.mailsTo(leaving)).toHaveLength(toLeaving.length);
  });

  test('H15: the incoming provider tells the case officer the day, who is mailed it and has it in the journal', async () => {
    const { anna, leaving, incoming, life } = await switching();
    expect(await life.deadline('takeoverDate')).toMatchObject({ kind: 'soft', owner: 'incoming', status: 'open' });
    const before = await town.mailsTo(incoming);
    await town.send(linkIn(before.at(-1)), { date: '2027-01-15' });

    expect(await life.deadline('takeoverDate')).toMatchObject({ status: 'met' });
    expect((await town.mailsTo(anna)).at(-1)?.text).toContain('Hemvård Väst');
    expect((await town.mailsTo(anna)).at(-1)?.text).toContain('fredag 15 januari');
    expect((await town.mailsTo(leaving)).at(-1)?.text).toContain('fredag 15 januari');
    // Nobody is mailed what they said themselves.
    expect(await town.mailsTo(incoming)).toHaveLength(before.length);
    expect(await life.journal('switch.dateAgreed')).toMatchObject([
      { door: 'link', data: { by: 'incoming', date: '2027-01-15' } },
    ]);
  });

  test('H16: the days 7 to 14 after both were told are the window, and an agreed day outside it is flagged', async () => {
    const told = town.now();
    const { life } = await switching();
    expect(await life.deadline('switch')).toMatchObject({
      row: 'H16',
      kind: 'hard',
      opened: told.toString(),
      due: endOf('2027-01-18'),
      window: { first: '2027-01-11', last: '2027-01-18', agreedOutside: false },
    });
    for (const [date, agreedOutside] of [
      ['2027-01-10', true],
      ['2027-01-11', false],
      ['2027-01-18', false],
      ['2027-01-19', true],
    ] as const) {
      await life.tell('switch.dateAgreed', { switch: 'X-1', date, by: 'officer' });
      expect(await life.deadline('switch')).toMatchObject({ window: { agreedOutside } });
    }
  });

  test('H17: the leaving provider is to tell home health care, and the nurses’ list is mailed who ends, who takes over and how to reach them', async () => {
    const nurses = { mail: await town.role('nurses') };
    const plain = await switching();
    expect(await plain.life.task('tellHomeHealthCare:X-1')).toBeUndefined();
    expect(await town.mailsTo(nurses)).toEqual([]);

    const { incoming, life } = await switching({}, { homeHealthCare: true });
    expect(await life.task('tellHomeHealthCare:X-1')).toMatchObject({ owner: 'leaving', row: 'H17', status: 'open' });
    const mail = (await town.mailsTo(nurses)).at(-1);
    expect(mail?.text).toContain('Kommunens hemtjänst avslutar sitt uppdrag och Hemvård Väst tar över');
    expect(mail?.text).toContain(incoming.mail);
  });

  test('H16: completed within the window it is met: the order that is left ends, the new one goes on, and nothing is owed any more', async () => {
    const { anna, incoming, life } = await switching({ noContactWithLeaving: true }, { homeHealthCare: true });
    await life.tell('switch.dateAgreed', { switch: 'X-1', date: '2027-01-13', by: 'officer' });
    await town.moveTo('2027-01-13 09:00');
    await life.order({ order: 'O-2', provider: incoming.id, officer: anna.id, period: { from: '2027-01-13' } });
    await life.tell('switch.completed', { switch: 'X-1', on: '2027-01-13' });

    expect(await life.switchRecord()).toMatchObject({ status: 'completed', completedOn: '2027-01-13' });
    expect(await life.orderRecord('O-1')).toMatchObject({ status: 'ended' });
    expect(await life.orderRecord('O-2')).toMatchObject({ status: 'sent' });
    expect(
      (await life.deadlines()).filter(({ about }) => about === 'X-1').map(({ rule, status }) => [rule, status]),
    ).toEqual(
      expect.arrayContaining([
        ['switch', 'met'],
        ['tellProviders', 'met'],
        ['takeoverDate', 'cancelled'],
      ]),
    );
    expect((await life.tasks('open')).filter((task) => task.endsWith(':X-1'))).toEqual([]);
  });

  test('H16: not completed by the end of day 14 it is a breach, and the case officer is alerted', async () => {
    await town.moveTo('2027-01-14 10:00');
    const { anna, life } = await switching();
    await town.moveTo('2027-01-28 23:59');
    expect(await life.deadline('switch')).toMatchObject({ status: 'open' });
    await town.moveTo('2027-01-29 00:05');
    expect(await life.deadline('switch')).toMatchObject({ due: endOf('2027-01-28'), status: 'breached' });
    expect((await town.mailsTo(anna)).at(-1)).toMatchObject({
      subject: `Ärende ${life.number}: fristen för att genomföra bytet av utförare har passerat`,
    });
  });
});

describe('H12, H16: given that something comes in the way of a switch', () => {
  /** No limit of a switch is open, and both its providers have been told that it is off. */
  const isOff = async ({ leaving, incoming, life }: Awaited<ReturnType<typeof switching>>) => {
    expect((await life.deadlines('switch', 'X-1')).map(({ status }) => status)).toEqual(['cancelled']);
    expect((await life.tasks('open')).filter((task) => task.endsWith(':X-1'))).toEqual([]);
    for (const provider of [leaving, incoming]) {
      const mails = (await town.mailsTo(provider)).filter(({ subject }) => subject.includes(life.number));
      const off = mails.filter(({ text }) => text.includes('gäller inte längre'));
      expect(off).toHaveLength(1);
      expect((await town.open(linkIn(off[0]))).text).toContain('Bytet gäller inte längre');
    }
  };

  test('the client stays after all: the switch is withdrawn, both providers are told, and the order goes on', async () => {
    const both = await switching();
    const { leaving, life } = both;
    await life.tell('switch.requested', {
      switch: 'X-2',
      service: 'personalCare',
      from: 'O-1',
      toProvider: leaving.id,
    });
    expect(await life.switchRecord('X-1')).toMatchObject({ status: 'withdrawn' });
    expect(await life.switchRecord('X-2')).toMatchObject({ status: 'withdrawn' });
    expect(await life.orderRecord('O-1')).toMatchObject({ status: 'started' });
    await isOff(both);
    expect(await life.deadlines('switch', 'X-2')).toEqual([]);
  });

  test('the client wants yet another: the first switch is withdrawn and the second has limits of its own', async () => {
    const both = await switching();
    const third = await town.provider({ name: 'Omsorg Syd' });
    const { life, leaving } = both;
    await town.advance('P1D');
    await life.tell('switch.requested', { switch: 'X-2', service: 'personalCare', from: 'O-1', toProvider: third.id });
    expect(await life.switchRecord('X-1')).toMatchObject({ status: 'withdrawn' });
    expect(await life.switchRecord('X-2')).toMatchObject({ status: 'requested', incoming: third.id });
    expect(await life.deadline('switch', 'X-2')).toMatchObject({ opened: town.now().toString(), status: 'open' });
    await isOff(both);
    for (const provider of [leaving, third])
      expect((await town.mailsTo(provider)).map(({ text }) => text)).toEqual(
        expect.arrayContaining([expect.stringContaining('till Omsorg Syd')]),
      );
  });

  test('the order is recalled: the switch ends with it', async () => {
    const both = await switching();
    await both.life.tell('order.recalled', { order: 'O-1', reason: 'Fel beslut.' });
    expect(await both.life.switchRecord()).toMatchObject({ status: 'ended' });
    await isOff(both);
  });

  test('the client dies: the switch ends with the service, and nothing is owed for it', async () => {
    const both = await switching();
    await both.life.tell('service.ended', { order: 'O-1', on: town.now().toString().slice(0, 10), reason: 'deceased' });
    expect(await both.life.switchRecord()).toMatchObject({ status: 'ended' });
    expect(await both.life.orderRecord()).toMatchObject({ status: 'ended' });
    await isOff(both);
  });

  test('there is nothing to switch from once the service has ended, nor to the provider that the client has', async () => {
    const hemvard = await town.provider();
    const life = town.openCase();
    await life.order({ provider: hemvard.id });
    const request = { switch: 'X-1', service: 'personalCare', from: 'O-1', toProvider: hemvard.id };
    expect(await life.refusal('switch.requested', request)).toMatchObject([{ pointer: '#/data/toProvider' }]);
    await life.tell('service.ended', { order: 'O-1', on: town.now().toString().slice(0, 10), reason: 'ended' });
    expect(
      await life.refusal('switch.requested', { ...request, toProvider: (await town.provider()).id }),
    ).toMatchObject([{ pointer: '#/data/from' }]);
  });

  test('switched back once it is done, it is a switch like any other', async () => {
    const { leaving, incoming, life } = await switching();
    await life.tell('switch.completed', { switch: 'X-1', on: town.now().toString().slice(0, 10) });
    await life.order({ order: 'O-2', provider: incoming.id });
    await life.tell('switch.requested', {
      switch: 'X-2',
      service: 'personalCare',
      from: 'O-2',
      toProvider: leaving.id,
    });
    expect(await life.switchRecord('X-1')).toMatchObject({ status: 'completed' });
    expect(await life.switchRecord('X-2')).toMatchObject({ status: 'requested', incoming: leaving.id });
    expect(await life.deadline('switch', 'X-2')).toMatchObject({ status: 'open' });
  });
});

test('H18: the routine is reviewed each year, and its owner is reminded', async () => {
  const owner = { mail: await town.role('routineOwner') };
  await town.moveTo('2027-03-01 12:00');
  const mails = await town.mailsTo(owner);
  expect(mails.map(({ text }) => text)).toEqual([expect.stringContaining('Hemtjänst')]);
});
