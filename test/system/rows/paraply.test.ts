import { describe, expect, test } from 'vitest';
import { COMMON_MAIL, endOf, moment } from '../../support/facts.ts';
import { townForTests } from '../../support/town.ts';
import { linkIn, type Case } from '../../support/visit.ts';

/* Rows P1–P11: routine `paraply`, on the running system. Monday is 23 November 2026. */

const town = townForTests('2026-11-23 10:00', {
  municipality: { routines: { personalCare: 'paraply', dayActivity: 'paraply', profileHome: 'paraply' } },
});

const at = (text: string): string => moment(text).toString();

const DECISION = { decision: 'B-1', service: 'personalCare', legalBasis: 'SoL', on: '2026-11-23' } as const;

test('P1: after the decision the case officer sends a written order; until then it is owed, and it is no breach', async () => {
  const omsorg = await town.provider({ connected: true });
  const life = town.openCase();
  await life.tell('decision.made', DECISION);
  expect(await life.deadline('sendOrder')).toMatchObject({
    about: 'B-1',
    row: 'P1',
    kind: 'soft',
    owner: 'officer',
    status: 'open',
  });
  await life.order({ provider: omsorg.id, decision: 'B-1' });
  expect(await life.deadline('sendOrder')).toMatchObject({ status: 'met' });
});

describe('P2, P3: given an oral order in an acute situation', () => {
  test('the written one follows promptly, and the journal and the case show how long it took', async () => {
    const omsorg = await town.provider({ connected: true });
    const life = town.openCase();
    await life.tell('order.placedOrally', { order: 'O-1', provider: omsorg.id, service: 'personalCare' });
    expect(await life.orderRecord()).toMatchObject({ status: 'oral', placedOrally: at('2026-11-23 10:00') });
    expect(await life.deadline('sendOrder')).toMatchObject({
      row: 'P2',
      kind: 'soft',
      owner: 'officer',
      status: 'open',
    });

    await town.moveTo('2026-11-23 12:20');
    await life.order({ provider: omsorg.id, dated: '2026-11-23' });
    expect(await life.deadline('sendOrder')).toMatchObject({ status: 'met' });
    expect(await life.orderRecord()).toMatchObject({
      status: 'sent',
      placedOrally: at('2026-11-23 10:00'),
      sent: at('2026-11-23 12:20'),
      oralToWritten: 'PT2H20M',
    });
    expect((await life.journal()).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['se.frist.order.placedOrally.v1', 'se.frist.order.sent.v1']),
    );
  });

  test('P2: which is never backdated: refused with the moment at which it was placed', async () => {
    const omsorg = await town.provider({ connected: true });
    const life = town.openCase();
    await life.tell('order.placedOrally', { order: 'O-1', provider: omsorg.id, service: 'personalCare' });
    for (const dated of ['2026-11-22', '2026-11-23T12:19:59+01:00']) {
      const order = { order: 'O-1', service: 'personalCare', provider: omsorg.id, officer: 'x', dated };
      expect(await life.refusal('order.sent', { ...order, period: { from: '2026-11-23' } })).toEqual([
        { pointer: '#/data/dated', detail: expect.stringContaining('never backdated') as string },
      ]);
    }
    // A refused fact changes nothing.
    expect(await life.orderRecord()).toMatchObject({ status: 'oral' });
    expect(await life.journal()).toHaveLength(1);
    await life.order({ provider: omsorg.id, dated: '2026-11-23T12:20:00+01:00' });
    expect(await life.orderRecord()).toMatchObject({ status: 'sent' });
  });
});

describe('P5, P6: given an urgent placement in a care home', () => {
  const PLACEMENT = {
    service: 'careHome',
    location: 'Länssjukhuset, avdelning 3',
    dischargeReadyOn: '2026-11-25',
    paymentLiabilityFrom: '2026-11-28',
    other: 'Behöver plats på markplan.',
  };

  test.each(['location', 'dischargeReadyOn', 'paymentLiabilityFrom'] as const)(
    'P5: the request must hold all that is asked for: without %s it is refused, naming it',
    async (field) => {
      const life = town.openCase();
      const { [field]: _left, ...rest } = PLACEMENT;
      expect(await life.refusal('placement.requested', rest)).toEqual([
        expect.objectContaining({ pointer: `#/data/${field}` }),
      ]);
    },
  );

  test('P5: the unit is mailed the case number, and none of the facts, which stand behind the login', async () => {
    const unit = { mail: await town.role('placementUnit') };
    const life = town.openCase();
    await life.tell('placement.requested', PLACEMENT);
    const mails = await town.mailsTo(unit);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toContain(life.number);
    expect(mails[0]?.text).toMatch(new RegExp(`https?://\\S+/watch/cases/${life.number}\\s`, 'u'));
    expect(`${mails[0]?.subject ?? ''}${mails[0]?.text ?? ''}`).not.toMatch(
      /sjukhus|markplan|25 november|28 november/u,
    );
    expect(await life.journal('placement.requested')).toMatchObject([{ data: PLACEMENT }]);
    expect(await life.task('offerPlace:careHome')).toMatchObject({ status: 'open' });
  });

  test('P6: the unit offers a place, the case officer is mailed when it is accepted, and the order goes to that home', async () => {
    const home = await town.provider({ name: 'Solgården', connected: true });
    const life = town.openCase();
    await life.tell('placement.requested', PLACEMENT);
    await life.tell('placement.offered', { service: 'careHome', home: home.id });
    expect(await life.task('offerPlace:careHome')).toMatchObject({ status: 'done' });

    const before = (await town.mailsTo({ mail: COMMON_MAIL })).length;
    await life.tell('placement.accepted', { service: 'careHome', home: home.id });
    const mail = (await town.mailsTo({ mail: COMMON_MAIL })).slice(before);
    expect(mail).toHaveLength(1);
    expect(mail[0]?.subject).toContain(life.number);
    expect(mail[0]?.text).toContain('tackat ja till platsen');
    expect(await life.task('sendOrderToHome:careHome')).toMatchObject({ owner: 'officer', row: 'P6', status: 'open' });

    await life.order({ service: 'careHome', provider: home.id });
    expect(await life.task('sendOrderToHome:careHome')).toMatchObject({ status: 'done' });
    expect(await town.mailsTo(home)).toHaveLength(1);
  });
});

describe('P6, P11: given a case officer who is known before there is an order', () => {
  const PLACE = { service: 'careHome', location: 'Korttidsplats 4', dischargeReadyOn: '2026-11-25' } as const;

  test.each<[string, (life: Case, officer: string) => Promise<void>]>([
    [
      'by the request for the place',
      async (life, officer) =>
        life.tell('placement.requested', { ...PLACE, paymentLiabilityFrom: '2026-11-28', officer }),
    ],
    ['by the queue', async (life, officer) => life.tell('queue.entered', { service: 'careHome', officer })],
    [
      'by an earlier decision of the case',
      async (life, officer) =>
        life.tell('decision.made', {
          decision: 'B-9',
          service: 'careHome',
          legalBasis: 'SoL',
          on: '2026-11-23',
          officer,
        }),
    ],
    [
      'by an earlier order of another service in the case',
      async (life, officer) => {
        const { id } = await town.provider({ connected: true });
        await life.order({ order: 'O-9', service: 'personalCare', provider: id, officer });
      },
    ],
  ])('%s, the acceptance of the place is told to that officer, with a link to the case', async (_how, name) => {
    const [officer, life] = [await town.officer(), town.openCase()];
    await name(life, officer.id);
    const common = (await town.mailsTo({ mail: COMMON_MAIL })).length;
    await life.tell('placement.accepted', { service: 'careHome' });
    const told = (await town.mailsTo(officer)).filter(({ text }) => text.includes('tackat ja till platsen'));
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toContain(`/watch/cases/${life.number}`);
    expect(await town.mailsTo({ mail: COMMON_MAIL })).toHaveLength(common);
    const { tasks } = await town.ok<{ tasks: { case: string; officer?: string }[] }>('GET', '/api/tasks?limit=500');
    expect(tasks.filter((task) => task.case === life.number).map((task) => task.officer)).toContain(officer.id);
  });
});

test('P7: for a private home outside the system the order is faxed and the fee officer told, who confirms on its behalf', async () => {
  const feeOfficer = { mail: await town.role('feeOfficer') };
  const [inside, outside] = [await town.provider({ connected: true }), await town.provider({ name: 'Solgården AB' })];
  const [first, second] = [town.openCase(), town.openCase()];
  await first.order({ service: 'careHome', provider: inside.id });
  expect(await town.mailsTo(feeOfficer)).toEqual([]);
  expect(await first.task('confirmOnBehalf:O-1')).toBeUndefined();

  await second.order({ service: 'careHome', provider: outside.id });
  const [mail] = await town.mailsTo(feeOfficer);
  expect(mail?.subject).toContain(second.number);
  expect(mail?.text).toContain('Solgården AB är inte ansluten');
  expect(await second.task('confirmOnBehalf:O-1')).toMatchObject({ row: 'P7', status: 'open' });

  await second.tell('order.confirmed', { order: 'O-1', channel: 'officer', onBehalfOf: outside.id });
  expect(await second.task('confirmOnBehalf:O-1')).toMatchObject({ status: 'done' });
  expect(await second.deadline('confirm')).toMatchObject({ status: 'met' });
});

describe('P8: given a short-term or a profile home', () => {
  test.each(['shortTerm', 'profileHome'])(
    '%s lies outside free choice: the case officer assigns it',
    async (service) => {
      const home = await town.provider({ connected: true });
      await town.list(service, [{ id: home.id }]);
      const life = town.openCase();
      const refused = [{ pointer: '#/data/service', detail: expect.stringContaining('outside free choice') as string }];
      expect(await life.refusal('choice.made', { service, provider: home.id, form: 'oral' })).toEqual(refused);
      expect(await life.refusal('choice.abstained', { service })).toEqual(refused);

      await life.order({ service, provider: home.id });
      expect(await life.journal('provider.assigned')).toEqual([]);
      expect(await life.orderRecord()).toMatchObject({ provider: home.id, status: 'sent' });
    },
  );
});

test('P11: day activity has a queue: the reception group watches it, offers a place and tells the case officer, who sends the order', async () => {
  const galleriet = await town.provider({ connected: true });
  const life = town.openCase();
  await life.tell('queue.entered', { service: 'dayActivity', home: galleriet.id });
  expect(await life.task('offerPlace:dayActivity')).toMatchObject({ row: 'P11', status: 'open' });
  await life.tell('placement.offered', { service: 'dayActivity', home: galleriet.id });
  expect(await life.task('offerPlace:dayActivity')).toMatchObject({ status: 'done' });

  const before = (await town.mailsTo({ mail: COMMON_MAIL })).length;
  await life.tell('placement.accepted', { service: 'dayActivity', home: galleriet.id });
  expect(await town.mailsTo({ mail: COMMON_MAIL })).toHaveLength(before + 1);
  expect(await life.tasks('open')).toEqual(['sendOrderToHome:dayActivity']);
  await life.order({ service: 'dayActivity', provider: galleriet.id });
  expect(await life.tasks('open')).toEqual([]);
});

// From here on the clock goes forward.

test('P4: within three weekdays the provider confirms both that it has the order and that it has started', async () => {
  // Lucia is a Sunday; the three weekdays go over the weekend.
  await town.moveTo('2026-12-10 16:00');
  const [anna, omsorg] = [await town.officer(), await town.provider({ connected: true })];
  const life = town.openCase();
  await life.order({ provider: omsorg.id, officer: anna.id });
  for (const rule of ['confirm', 'start'])
    expect(await life.deadline(rule)).toMatchObject({
      row: 'P4',
      kind: 'hard',
      owner: 'provider',
      due: endOf('2026-12-15'),
    });

  await town.moveTo('2026-12-15 12:00');
  await town.send(linkIn((await town.mailsTo(omsorg))[0]), { start: '2026-12-15' });
  await town.moveTo('2026-12-16 00:05');
  expect(await life.deadline('confirm')).toMatchObject({ status: 'met' });
  expect(await life.deadline('start')).toMatchObject({ status: 'breached' });
  expect((await town.mailsTo(anna)).at(-1)?.subject).toBe(
    `Ärende ${life.number}: fristen för att påbörja insatsen har passerat`,
  );
});

test('P9: the plan is sent within 15 weekdays of the start, over Christmas and the new year', async () => {
  await town.moveTo('2026-12-17 10:00');
  const omsorg = await town.provider({ connected: true });
  const [inTime, late] = [town.openCase(), town.openCase()];
  for (const life of [inTime, late]) {
    await life.order({ provider: omsorg.id });
    await town.answer(omsorg, life, 'service.started', { date: '2026-12-17' });
    // 24, 25 and 31 December, 1 and 6 January are no weekdays, nor are the weekends.
    expect(await life.deadline('plan')).toMatchObject({
      row: 'P9',
      kind: 'hard',
      owner: 'provider',
      due: endOf('2027-01-14'),
    });
  }
  await town.moveTo('2027-01-14 17:00');
  await town.answer(omsorg, inTime, 'plan.submitted', { day: '2027-01-14', document: 'dokumenthanteraren/4711' });
  await town.moveTo('2027-01-15 00:05');
  expect(await inTime.deadline('plan')).toMatchObject({ status: 'met' });
  expect(await late.deadline('plan')).toMatchObject({ status: 'breached' });
});

test('P10: what is due stands on the watch list, due first, by provider and status', async () => {
  await town.moveTo('2027-01-18 10:00');
  const omsorg = await town.provider({ connected: true });
  const [first, second] = [town.openCase(), town.openCase()];
  await second.order({ provider: omsorg.id });
  await second.tell('service.started', { order: 'O-1', date: '2027-01-18' });
  await first.order({ provider: omsorg.id });

  const { deadlines } = await town.ok<{ deadlines: { case: string; rule: string; due: string }[] }>(
    'GET',
    `/api/deadlines?status=open&owner=provider&provider=${omsorg.id}`,
  );
  expect(deadlines.map(({ case: subject, rule }) => [subject === first.number ? 'first' : 'second', rule])).toEqual([
    ['first', 'confirm'],
    ['first', 'start'],
    ['second', 'confirm'],
    ['second', 'plan'],
  ]);
  expect(deadlines.map(({ due }) => due)).toEqual(deadlines.map(({ due }) => due).toSorted());
  const before = await town.ok<{ deadlines: unknown[] }>(
    'GET',
    `/api/deadlines?status=open&provider=${omsorg.id}&before=${encodeURIComponent(at('2027-01-18 12:00'))}`,
  );
  expect(before.deadlines).toEqual([]);
});
