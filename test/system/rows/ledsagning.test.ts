import { describe, expect, test } from 'vitest';
import type { FactData } from '../../../events/catalogue.ts';
import { COMMON_MAIL, endOf, moment } from '../../support/facts.ts';
import { townForTests } from '../../support/town.ts';
import { linkIn, type Case } from '../../support/visit.ts';

/* Rows S1–S14: routine `ledsagning`, on the running system. Monday is 23 November 2026. */

const town = townForTests('2026-11-23 10:00');

const at = (text: string): string => moment(text).toString();
const today = (): string => town.now().toZonedDateTimeISO('Europe/Stockholm').toPlainDate().toString();

const COMPLETE = {
  service: 'companion',
  goals: 'Delta i föreningsliv.',
  purpose: 'Bryta isolering.',
  hours: { perMonth: 20, perWeek: 5 },
} as const;

/** A whole order of companion service, by a case officer and to a provider of its own. */
const ordered = async (data: Partial<FactData<'order.sent'>> = {}, life: Case = town.openCase()) => {
  const [anna, vante] = [await town.officer(), await town.provider({ name: 'Vänte AB', connected: true })];
  await life.order({ ...COMPLETE, provider: vante.id, officer: anna.id, period: { from: today() }, ...data });
  return { anna, vante, life };
};

describe('S2: given those who do not choose', () => {
  test('the provider is assigned by a fixed rotation, one each, however often it is asked', async () => {
    const providers = await Promise.all(Array.from({ length: 7 }, async () => town.provider()));
    await town.list(
      'companion',
      providers.map(({ id }) => ({ id })),
    );
    const cases = Array.from({ length: 14 }, () => town.openCase());
    const facts = cases.map((life) => life.factOf('choice.abstained', { service: 'companion' }));
    await Promise.all([town.tell(...facts), town.tell(...facts)]);
    const assigned = (await Promise.all(cases.map(async (life) => life.journal('provider.assigned')))).map((its) =>
      its.map(({ data }) => 'provider' in data && data.provider),
    );
    expect(assigned.every((its) => its.length === 1)).toBe(true);
    for (const { id } of providers) expect(assigned.flat().filter((one) => one === id)).toHaveLength(2);
  });
});

describe('S3: given an order that lacks something', () => {
  test.each([
    ['goals', '#/data/goals'],
    ['purpose', '#/data/purpose'],
  ] as const)('without %s it is refused, naming it', async (field, pointer) => {
    const [vante, life] = [await town.provider(), town.openCase()];
    const { [field]: _left, ...rest } = COMPLETE;
    const order = { order: 'O-1', provider: vante.id, officer: 'x', period: { from: '2026-12-01' }, ...rest };
    expect(await life.refusal('order.sent', order)).toEqual([
      { pointer, detail: expect.stringContaining(field) as string },
    ]);
  });

  test('without the hours per month and per week it is refused, naming them', async () => {
    const [vante, life] = [await town.provider(), town.openCase()];
    const { hours: _left, ...rest } = COMPLETE;
    const order = { order: 'O-1', provider: vante.id, officer: 'x', period: { from: '2026-12-01' }, ...rest };
    expect((await life.refusal('order.sent', order)).map(({ pointer }) => pointer)).toEqual([
      '#/data/hours/perMonth',
      '#/data/hours/perWeek',
    ]);
    expect(
      (await life.refusal('order.sent', { ...order, hours: { perMonth: 20 } })).map(({ pointer }) => pointer),
    ).toEqual(['#/data/hours/perWeek']);
  });
});

test('S4: the provider asks before it confirms; the case officer recalls and sends anew; the old link says that it was recalled', async () => {
  const { anna, vante, life } = await ordered();
  const old = linkIn((await town.mailsTo(vante))[0]);
  await town.answer(vante, life, 'order.queried', { question: 'Texten från utredningen saknas.' });
  const asked = (await town.mailsTo(anna)).at(-1);
  expect(asked?.text).toContain('Vänte AB har en fråga om uppdraget');
  expect(asked?.text).not.toContain('utredningen');
  expect(await life.task('correctOrder:O-1')).toMatchObject({ owner: 'officer', row: 'S4', status: 'open' });

  await life.tell('order.recalled', { order: 'O-1', reason: 'Text från utredningen saknas.' });
  const recall = (await town.mailsTo(vante)).at(-1);
  expect(recall?.subject).toBe(`Ärende ${life.number}: uppdraget är återkallat`);
  expect(recall?.text).toContain('Ni behöver inte göra något mer för det');
  expect(recall?.text).not.toContain('utredningen');
  expect((await life.deadlines()).map(({ status }) => status)).toEqual(['cancelled']);
  expect(await life.task('correctOrder:O-1')).toMatchObject({ status: 'done' });
  expect((await town.open(old)).text).toContain('Uppdraget är återkallat');
  expect((await town.send(old, { start: today() })).text).toContain('Uppdraget är återkallat');
  expect(await life.journal('order.confirmed')).toEqual([]);
  expect(await life.refusal('order.confirmed', { order: 'O-1', channel: 'api' })).toEqual([
    { pointer: '#/data/order', detail: expect.stringContaining('recalled') as string },
  ]);

  await life.order({ ...COMPLETE, order: 'O-2', provider: vante.id, replaces: 'O-1', period: { from: today() } });
  const anew = (await town.mailsTo(vante)).at(-1);
  expect(linkIn(anew)).not.toBe(old);
  await town.send(linkIn(anew), { start: today() });
  expect(await life.orderRecord('O-2')).toMatchObject({ status: 'confirmed' });
  expect(await life.orderRecord('O-1')).toMatchObject({ status: 'recalled' });
});

test('S4: an order sent in the place of another ends it without a recall', async () => {
  const { vante, life } = await ordered();
  const old = linkIn((await town.mailsTo(vante))[0]);
  await life.order({ ...COMPLETE, order: 'O-2', provider: vante.id, replaces: 'O-1', period: { from: today() } });
  expect(await life.orderRecord('O-1')).toMatchObject({ status: 'replaced' });
  expect((await life.deadlines('start', 'O-1')).map(({ status }) => status)).toEqual(['cancelled']);
  expect((await town.open(old)).text).toContain('Uppdraget är ersatt');
  // Who gets the new one is told by that, in one mail.
  expect(await town.mailsTo(vante)).toHaveLength(2);
});

test('S4: sent in its place to another provider, the first one is told that its own is over', async () => {
  const { vante, life } = await ordered();
  const other = await town.provider({ connected: true });
  await life.order({ ...COMPLETE, order: 'O-2', provider: other.id, replaces: 'O-1', period: { from: today() } });
  const mails = await town.mailsTo(vante);
  expect(mails).toHaveLength(2);
  expect(mails[1]?.text).toContain('Uppdraget gäller inte längre');
  expect(await town.mailsTo(other)).toHaveLength(1);
});

test('S4: an order that was recalled before it was known is told to nobody', async () => {
  const [vante, life] = [await town.provider(), town.openCase()];
  await life.tell('order.recalled', { order: 'O-1', reason: 'Fel person.' });
  await life.order({ ...COMPLETE, provider: vante.id, period: { from: today() } });
  expect(await town.mailsTo(vante)).toEqual([]);
});

test('S12: a switch that is known before the order that it leaves is told to both providers when the order is, in one step', async () => {
  const [vante, ny] = [await town.provider({ connected: true }), await town.provider({ connected: true })];
  const life = town.openCase();
  await life.tell('switch.requested', { switch: 'X-1', service: 'companion', from: 'O-1', toProvider: ny.id });
  expect(await town.mailsTo(ny)).toEqual([]);
  await life.order({ ...COMPLETE, provider: vante.id, period: { from: today() } });
  const leaving = (await town.mailsTo(vante)).filter(({ subject }) => subject.includes('byte av utförare'));
  expect(leaving).toHaveLength(1);
  expect(leaving[0]?.text).toContain('Er verkställighet avslutas');
  expect(await town.mailsTo(ny)).toHaveLength(1);
  expect(await life.tasks('open')).not.toContain('contactInPerson:X-1');
  expect(await life.switchRecord()).toMatchObject({ told: at('2026-11-23 10:00') });
});

describe('S7: given a decision that runs', () => {
  const LONG = { from: '2026-12-01', to: '2027-05-31' };

  test('a new one that overlaps it is refused, naming both periods', async () => {
    const { vante, life } = await ordered({ period: LONG });
    const order = { order: 'O-2', provider: vante.id, officer: 'x', ...COMPLETE };
    for (const from of ['2026-12-01', '2027-05-31']) {
      const [reason] = await life.refusal('order.sent', { ...order, period: { from, to: '2027-12-31' } });
      expect(reason?.pointer).toBe('#/data/period');
      expect(reason?.detail).toContain(`${from} to 2027-12-31`);
      expect(reason?.detail).toContain('2026-12-01 to 2027-05-31');
      expect(reason?.detail).toContain('O-1');
    }
  });

  test('one that begins the day after goes on without a gap, one later is flagged with the days between', async () => {
    const { vante, life } = await ordered({ period: LONG });
    await life.order({
      ...COMPLETE,
      order: 'O-2',
      provider: vante.id,
      period: { from: '2027-06-01', to: '2027-08-31' },
    });
    expect(await life.orderRecord('O-2')).not.toHaveProperty('gapAfter');
    await life.order({ ...COMPLETE, order: 'O-3', provider: vante.id, period: { from: '2027-09-11' } });
    expect(await life.orderRecord('O-3')).toMatchObject({ gapAfter: { order: 'O-2', days: 10 } });
  });

  test('another service beside it, or one in the place of a recalled one, does not overlap', async () => {
    const { vante, life } = await ordered({ period: LONG });
    await life.order({ order: 'O-2', service: 'personalCare', provider: vante.id, period: LONG });
    await life.tell('order.recalled', { order: 'O-1', reason: 'Fel timmar.' });
    await life.order({ ...COMPLETE, order: 'O-3', provider: vante.id, period: LONG });
    expect((await life.known()).orders.map(({ status }) => status)).toEqual(['recalled', 'sent', 'sent']);
  });
});

test('S10: the case officer ends the service and tells the provider, who closes its journal', async () => {
  const { vante, life } = await ordered();
  await life.tell('service.ended', { order: 'O-1', on: '2026-11-30', reason: 'ended' });
  expect((await town.mailsTo(vante)).at(-1)?.text).toContain(
    'Insatsen avslutas måndag 30 november. Avsluta verkställighetsjournalen.',
  );
  expect(await life.task('closeJournal:O-1')).toMatchObject({ owner: 'provider', row: 'S10', status: 'open' });
  await town.answer(vante, life, 'task.done.closeJournal.0', { done: 'yes' });
  expect(await life.task('closeJournal:O-1')).toMatchObject({ status: 'done' });
});

test('S13: above ten hours a week with a relative there must be another employee, or the case officer is alerted', async () => {
  const { anna, vante, life } = await ordered();
  for (const fine of [
    { relativeHoursPerWeek: '10', otherEmployees: '0' },
    { relativeHoursPerWeek: '10,5', otherEmployees: '1' },
  ])
    await town.answer(vante, life, 'staffing.reported', fine);
  expect(await town.mailsTo(anna)).toEqual([]);
  expect(await life.tasks()).toEqual([]);

  await town.answer(vante, life, 'staffing.reported', { relativeHoursPerWeek: '10,5', otherEmployees: '0' });
  expect((await town.mailsTo(anna)).map(({ text }) => text)).toEqual([
    expect.stringContaining('ensam anställd för mer än 10 timmar per vecka'),
  ]);
  expect(await life.task('staffing:O-1')).toMatchObject({ owner: 'officer', row: 'S13', status: 'open' });
});

/** A client with companion service who wants another provider. */
const switching = async () => {
  const { anna, vante, life } = await ordered();
  const other = await town.provider({ name: 'Sällskap AB', connected: true });
  await life.tell('service.started', { order: 'O-1', date: today() });
  await life.tell('switch.requested', { switch: 'X-1', service: 'companion', from: 'O-1', toProvider: other.id });
  return { anna, leaving: vante, incoming: other, life };
};

test('S14: no reason is asked for a switch, and none is taken', async () => {
  const { incoming, life } = await switching();
  expect((await life.journal('switch.requested'))[0]?.data).toEqual({
    switch: 'X-1',
    service: 'companion',
    from: 'O-1',
    toProvider: incoming.id,
  });
  const request = { switch: 'X-2', service: 'companion', from: 'O-1', toProvider: incoming.id };
  const reasons = await life.refusal('switch.requested', { ...request, reason: 'Kommer för sent.' });
  expect(JSON.stringify(reasons)).toContain('reason');
});

describe('S11, S12, S14: given that something comes in the way of a switch', () => {
  const on = async (life: Case) => (await life.deadlines()).filter(({ about }) => about === 'X-1');

  test('the client stays after all: withdrawn, and the order goes on', async () => {
    const { leaving, life } = await switching();
    await life.tell('switch.requested', { switch: 'X-2', service: 'companion', from: 'O-1', toProvider: leaving.id });
    expect((await life.known()).switches.map(({ status }) => status)).toEqual(['withdrawn', 'withdrawn']);
    expect(await life.orderRecord()).toMatchObject({ status: 'started' });
    expect((await on(life)).map(({ rule, status }) => [rule, status])).toEqual([
      ['tellLeaving', 'met'],
      ['switch', 'cancelled'],
    ]);
  });

  test('the client wants yet another: the first is withdrawn, the second counts its own ten weekdays', async () => {
    const { life } = await switching();
    const third = await town.provider();
    await life.tell('switch.requested', { switch: 'X-2', service: 'companion', from: 'O-1', toProvider: third.id });
    expect((await life.known()).switches.map(({ status }) => status)).toEqual(['withdrawn', 'requested']);
    expect(await life.deadline('switch', 'X-1')).toMatchObject({ status: 'cancelled' });
    expect(await life.deadline('switch', 'X-2')).toMatchObject({ status: 'open' });
  });

  test('the order is recalled, or the client dies: the switch ends with it', async () => {
    const [recalled, died] = [await switching(), await switching()];
    await recalled.life.tell('order.recalled', { order: 'O-1', reason: 'Fel beslut.' });
    await died.life.tell('service.ended', { order: 'O-1', on: today(), reason: 'deceased' });
    for (const { life, incoming } of [recalled, died]) {
      expect(await life.switchRecord()).toMatchObject({ status: 'ended' });
      expect(await life.deadline('switch')).toMatchObject({ status: 'cancelled' });
      expect((await town.mailsTo(incoming)).at(-1)?.text).toContain('gäller inte längre');
    }
  });
});

// From here on the clock goes forward.

test('S1: the decision is registered the day it is made, or else the case officers are alerted', async () => {
  await town.moveTo('2026-12-23 10:00');
  const [registered, byOrder, forgotten] = [town.openCase(), town.openCase(), town.openCase()];
  for (const life of [registered, byOrder, forgotten]) {
    await life.tell('decision.made', { decision: 'B-1', service: 'companion', legalBasis: 'LSS', on: '2026-12-23' });
    expect(await life.deadline('registerDecision')).toMatchObject({
      about: 'B-1',
      row: 'S1',
      kind: 'hard',
      owner: 'officer',
      due: endOf('2026-12-23'),
    });
  }
  await town.moveTo('2026-12-23 23:58');
  await registered.tell('decision.registered', { decision: 'B-1' });
  await ordered({ decision: 'B-1' }, byOrder);
  const before = (await town.mailsTo({ mail: COMMON_MAIL })).length;
  await town.moveTo('2026-12-24 00:05');
  expect(await registered.deadline('registerDecision')).toMatchObject({ status: 'met' });
  expect(await byOrder.deadline('registerDecision')).toMatchObject({ status: 'met' });
  expect(await forgotten.deadline('registerDecision')).toMatchObject({ status: 'breached' });
  const alerts = (await town.mailsTo({ mail: COMMON_MAIL })).slice(before);
  expect(alerts.map(({ subject }) => subject)).toEqual([
    `Ärende ${forgotten.number}: fristen för att registrera beslutet i verksamhetssystemet har passerat`,
  ]);
});

test('S5, S6: the service starts within the interval of the procurement document, judged by the day it was first given', async () => {
  await town.moveTo('2027-01-11 10:00');
  const [inTime, late] = [await ordered(), await ordered()];
  expect(await inTime.life.deadline('start')).toMatchObject({
    row: 'S5',
    kind: 'hard',
    owner: 'provider',
    due: endOf('2027-01-18'),
  });

  await town.moveTo('2027-01-20 10:00');
  expect(await inTime.life.deadline('start')).toMatchObject({ status: 'breached' });
  expect(await inTime.life.journal('deadline.breached')).toHaveLength(1);
  await inTime.life.tell('service.started', { order: 'O-1', date: '2027-01-18' });
  await late.life.tell('service.started', { order: 'O-1', date: '2027-01-19' });

  expect(await inTime.life.deadline('start')).toMatchObject({ status: 'met', reportedLate: true });
  expect(await inTime.life.orderRecord()).toMatchObject({ started: '2027-01-18' });
  expect(await late.life.deadline('start')).toMatchObject({ status: 'breached', reportedLate: true });
  // What was told of the one is taken back, of the other it stands.
  expect(await inTime.life.journal('deadline.annulled')).toHaveLength(1);
  expect(await late.life.journal('deadline.annulled')).toEqual([]);
  await town.advance('PT5M');
  expect((await town.mailsTo(inTime.anna)).at(-1)?.subject).toContain('larmet gäller inte längre');
});

test('S10: until the day that the service is to end, it is owed, reminded of and reported as before', async () => {
  const { vante, life } = await ordered();
  await life.tell('service.ended', { order: 'O-1', on: '2027-01-31', reason: 'ended' });
  await town.moveTo('2027-01-27 09:00');
  const reminder = (await town.mailsTo(vante)).at(-1);
  expect(reminder?.subject).toContain('påminnelse, påbörja insatsen senast onsdag 27 januari');
  const page = await town.open(linkIn(reminder));
  expect(page.text).toContain('Insatsen ska ges till och med söndag 31 januari.');
  expect(page.text).toContain('Meddela första dagen');

  await town.moveTo('2027-01-28 09:00');
  expect(await life.deadline('start')).toMatchObject({ status: 'breached' });
  expect(await life.deadline('start')).not.toHaveProperty('ended');
  await town.moveTo('2027-01-31 00:05');
  expect(await life.deadline('start')).toMatchObject({ status: 'breached', ended: at('2027-01-31 00:00') });
  expect((await town.open(linkIn(reminder))).text).toContain('Uppdraget är avslutat');
});

describe('S8: given a pause', () => {
  const paused = (from: string, to?: string) => ({
    order: 'O-1',
    from,
    reason: 'Sjukhusvistelse.',
    ...(to !== undefined && { to }),
  });

  test('the provider registers it within seven days of its beginning, with start, known end and reason', async () => {
    await town.moveTo('2027-02-01 10:00');
    const [{ life: inTime, vante }, { life: late, anna, vante: other }] = [await ordered(), await ordered()];
    for (const life of [inTime, late]) await life.tell('service.started', { order: 'O-1', date: '2027-02-01' });
    await town.moveTo('2027-02-09 23:50');
    const reason = 'Sjukhusvistelse.';
    await town.answer(vante, inTime, 'service.paused', { from: '2027-02-02', to: '2027-02-20', reason });
    await town.moveTo('2027-02-10 00:01');
    await town.answer(other, late, 'service.paused', { from: '2027-02-02', reason });
    await town.advance('PT5M');

    expect(await inTime.deadline('pauseReport')).toMatchObject({
      row: 'S8',
      kind: 'hard',
      owner: 'provider',
      due: endOf('2027-02-09'),
      status: 'met',
    });
    expect(await inTime.journal('service.paused')).toMatchObject([
      { data: { from: '2027-02-02', to: '2027-02-20', reason: 'Sjukhusvistelse.' } },
    ]);
    expect(await late.deadline('pauseReport')).toMatchObject({ status: 'breached', closed: at('2027-02-10 00:01') });
    expect((await town.mailsTo(anna)).at(-1)?.subject).toContain('fristen för att registrera uppehållet har passerat');
  });

  test('an absence that is known earlier is watched until the pause is registered', async () => {
    const [{ life: told }, { life: forgotten, anna }] = [await ordered(), await ordered()];
    for (const life of [told, forgotten]) {
      await life.tell('service.started', { order: 'O-1', date: '2027-02-10' });
      await life.tell('absence.known', { order: 'O-1', from: '2027-02-12' });
      expect(await life.deadline('pauseReport')).toMatchObject({ due: endOf('2027-02-19'), status: 'open' });
    }
    await town.moveTo('2027-02-15 09:00');
    await told.tell('service.paused', paused('2027-02-12'));
    expect(await told.deadline('pauseReport')).toMatchObject({ due: endOf('2027-02-19'), status: 'met' });
    await town.moveTo('2027-02-20 00:05');
    expect(await forgotten.deadline('pauseReport')).toMatchObject({ status: 'breached' });
    expect((await town.mailsTo(anna)).at(-1)?.subject).toContain('fristen för att registrera uppehållet har passerat');
  });

  test('a pause that would end before it begins is refused', async () => {
    const { life } = await ordered();
    expect(await life.refusal('service.paused', paused('2027-02-12', '2027-02-11'))).toMatchObject([
      { pointer: '#/data/to' },
    ]);
  });
});

test('S9: the granted time is reduced by the days of the pauses, over the ends of months, and resuming ends it', async () => {
  await town.moveTo('2027-04-01 09:00');
  const { life, vante } = await ordered({ hours: { perMonth: 20, perWeek: 5 }, period: { from: '2027-04-11' } });
  await life.tell('service.started', { order: 'O-1', date: '2027-04-11' });
  await town.moveTo('2027-04-25 09:00');
  await life.tell('service.paused', { order: 'O-1', from: '2027-04-25', reason: 'Sjukhusvistelse.' });
  await town.moveTo('2027-05-06 09:00');
  await town.answer(vante, life, 'service.resumed', { on: '2027-05-06' });
  await town.moveTo('2027-05-20 09:00');
  // Known to end on the 25th, and taken up again before that.
  await life.tell('service.paused', { order: 'O-1', from: '2027-05-20', to: '2027-05-25', reason: 'Resa.' });
  await life.tell('service.resumed', { order: 'O-1', on: '2027-05-23' });
  await town.moveTo('2027-06-10 09:00');
  await life.tell('service.paused', { order: 'O-1', from: '2027-06-10', to: '2027-06-14', reason: 'Resa.' });

  // 20 hours are 1200 minutes: April 11–24 are 14 of 30 days, May 6–19 and 23–31 are 23 of 31, June lacks 5 of 30.
  expect((await life.orderRecord())?.granted).toEqual([
    { month: '2027-04', activeDays: 14, days: 30, minutes: 560 },
    { month: '2027-05', activeDays: 23, days: 31, minutes: 890 },
    { month: '2027-06', activeDays: 25, days: 30, minutes: 1000 },
  ]);

  // A later pause and its resumption leave the earlier ones as they were: June lacks the 20th to the 22nd as well.
  await life.tell('service.paused', { order: 'O-1', from: '2027-06-20', reason: 'Korttidsvistelse.' });
  await life.tell('service.resumed', { order: 'O-1', on: '2027-06-23' });
  expect((await life.orderRecord())?.granted?.at(-1)).toEqual({
    month: '2027-06',
    activeDays: 22,
    days: 30,
    minutes: 880,
  });
});

describe('S11, S12: given that a client switches provider', () => {
  test('the switch takes effect on the tenth weekday; the leaving provider is told at once from which day, the incoming one that an order comes', async () => {
    await town.moveTo('2027-06-15 10:00');
    const { leaving, incoming, life } = await switching();
    // Midsummer Eve, a Friday, is no weekday.
    expect(await life.deadline('switch')).toMatchObject({
      row: 'S11',
      kind: 'hard',
      due: endOf('2027-06-30'),
      status: 'open',
    });
    expect(await life.switchRecord()).toMatchObject({ status: 'requested', effectiveOn: '2027-06-30' });
    expect(await life.deadline('tellLeaving')).toMatchObject({
      row: 'S12',
      kind: 'hard',
      owner: 'officer',
      due: endOf('2027-06-16'),
      status: 'met',
    });
    const mail = (await town.mailsTo(leaving)).at(-1);
    expect(mail?.text).toContain('Er verkställighet avslutas onsdag 30 juni');
    expect((await town.mailsTo(incoming)).at(-1)?.text).toContain('byter till er från Vänte AB');
    expect(await life.journal('switch.requested')).toMatchObject([{ heading: 'Byte av utförare' }]);
  });

  test('S12: a mail that does not arrive tells nobody: the case officer makes contact by the next weekday, or is alerted', async () => {
    const [called, forgotten] = await Promise.all(
      ['bounce-1', 'bounce-2'].map(async (name) => {
        const gone = await town.provider({ mail: `${name}@utforare.example` });
        const [anna, other, life] = [await town.officer(), await town.provider(), town.openCase()];
        const order = { ...COMPLETE, provider: gone.id, officer: anna.id, period: { from: '2027-06-15' } };
        await life.order(order);
        await life.tell('switch.requested', { switch: 'X-1', service: 'companion', from: 'O-1', toProvider: other.id });
        return { anna, life };
      }),
    );
    expect(await called!.life.deadline('tellLeaving')).toMatchObject({ status: 'open' });
    await called!.life.tell('provider.contacted', { switch: 'X-1', provider: 'leaving', channel: 'phone' });
    expect(await called!.life.deadline('tellLeaving')).toMatchObject({ status: 'met' });
    await town.moveTo('2027-06-17 00:05');
    expect(await forgotten!.life.deadline('tellLeaving')).toMatchObject({ status: 'breached' });
    expect((await town.mailsTo(forgotten!.anna)).at(-1)?.subject).toContain(
      'fristen för att meddela den frånträdande utföraren om bytet har passerat',
    );
  });

  test('S11, S7: the new order begins on the day of the switch, not before; done by then it is met', async () => {
    const { anna, incoming, life } = await switching();
    const { effectiveOn } = (await life.switchRecord()) ?? {};
    expect(effectiveOn).toBe('2027-07-02');
    const order = { ...COMPLETE, order: 'O-2', provider: incoming.id, officer: anna.id };
    expect(await life.refusal('order.sent', { ...order, period: { from: '2027-07-01' } })).toMatchObject([
      { pointer: '#/data/period' },
    ]);
    await life.order({ ...order, period: { from: '2027-07-02' } });
    await town.moveTo('2027-07-02 16:00');
    await life.tell('switch.completed', { switch: 'X-1', on: '2027-07-02' });
    expect(await life.deadline('switch')).toMatchObject({ status: 'met' });
    expect(await life.orderRecord('O-1')).toMatchObject({ status: 'ended' });
    expect(await life.orderRecord('O-2')).not.toHaveProperty('gapAfter');
  });

  test('S11: not completed by the end of the tenth weekday it is a breach', async () => {
    await town.moveTo('2027-07-05 10:00');
    const { anna, life } = await switching();
    await town.moveTo('2027-07-19 23:59');
    expect(await life.deadline('switch')).toMatchObject({ due: endOf('2027-07-19'), status: 'open' });
    await town.moveTo('2027-07-20 00:05');
    expect(await life.deadline('switch')).toMatchObject({ status: 'breached' });
    expect((await town.mailsTo(anna)).at(-1)?.subject).toContain(
      'fristen för att genomföra bytet av utförare har passerat',
    );
  });
});
