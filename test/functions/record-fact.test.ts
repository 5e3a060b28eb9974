import { describe, expect, test } from 'vitest';
import type { Fact, FactOf } from '../../events/catalogue.ts';
import type { RecordedFact } from '../../functions/shared/facts.ts';
import type { Journal } from '../../functions/shared/journal/journal.ts';
import { memorySchedules } from '../../functions/shared/schedules/memory.ts';
import {
  confirmation,
  endOf,
  fact,
  HEMVARD,
  KOMMUNEN,
  moment,
  MONDAY_10,
  order,
  recall,
  recorded,
  start,
} from '../support/facts.ts';
import { batch, failedIn, onBus } from '../support/messages.ts';
import { lineOf, openDesk, recorderOf, type Desk } from '../support/office.ts';

const CASE = '2026-0417';

/** Delivers messages to record-fact in one batch, and answers the ids of those that failed. */
const deliver = async (desk: Desk, bodies: readonly unknown[], ports: Partial<Desk> = {}): Promise<string[]> =>
  failedIn(await recorderOf(desk, ports)(batch(...bodies)));

const journalOf = async (desk: Desk, subject = CASE): Promise<readonly RecordedFact[]> => desk.journal.load(subject);

const story = async (desk: Desk, subject = CASE): Promise<string[]> => (await journalOf(desk, subject)).map(lineOf);

const told = ({ bus }: Desk): string[] => bus.published.map(({ source, fact: one }) => `${source} ${one.id}`);

/** When the schedules made so far wake the case. */
const wakes = (desk: Desk): string[] => [...desk.wakes.created.values()].map(({ at }) => at.toString());

const wakeAt = (time: string, subject = CASE): object => ({ wake: { case: subject, at: moment(time).toString() } });

describe('partner systems', () => {
  const SYSTEM = { id: 'planera', name: 'Planera', providers: [HEMVARD.id], url: 'https://planera.example/frist' };

  test.each([
    ['no partner system', []],
    ['one without an address', [{ ...SYSTEM, url: undefined }]],
    ['one of another provider', [{ ...SYSTEM, providers: ['annan'] }]],
    ['one of the provider', [SYSTEM], true],
    ['several, one of them of the provider', [{ ...SYSTEM, id: 'annat', providers: [] }, SYSTEM], true],
  ])('B4: with %s, those who call them are told only of what concerns one', async (_, systems, isTold = false) => {
    const desk = await openDesk(MONDAY_10);
    for (const { url, ...system } of systems) await desk.registers.put('partner', { ...system, ...(url && { url }) });
    await deliver(desk, [onBus(order(MONDAY_10))]);
    expect(desk.bus.published).toMatchObject([{ source: 'frist.recorded' }]);
    expect(desk.bus.published[0]?.marks.includes('frist:partners')).toBe(isTold);
  });

  test('B4: one that is registered meanwhile is told of what is recorded next, and so of the case', async () => {
    const desk = await openDesk(MONDAY_10);
    await deliver(desk, [onBus(order(MONDAY_10))]);
    await desk.registers.put('partner', SYSTEM);
    await deliver(desk, [onBus(confirmation('2026-11-23 11:00'))]);
    expect(desk.bus.published.map(({ marks }) => marks.includes('frist:partners'))).toEqual([false, true]);
  });
});

describe('recording', () => {
  test('a fact is numbered, timed, and kept with what the registers and the routine know of it now', async () => {
    const desk = await openDesk('2026-11-23 10:00:05');
    const sent = order(MONDAY_10);
    expect(await deliver(desk, [onBus(sent)])).toEqual([]);

    expect(await journalOf(desk)).toEqual([
      {
        ...sent,
        routine: 'kundval',
        providerkind: 'private',
        providerconnected: false,
        sequence: 1,
        recordedtime: '2026-11-23T09:00:05Z',
      },
    ]);
    expect(desk.bus.published).toEqual([{ source: 'frist.recorded', fact: (await journalOf(desk))[0], marks: [] }]);
    expect(desk.lines).toEqual([{ code: 'FACT_RECORDED', ids: { type: sent.type, sequence: 1 } }]);
  });

  test.each([
    ['O-1', 'personalCare', 'Omval av utförare'],
    ['O-2', 'service', 'Byte av utförare LOV'],
  ])(
    'K10: a switch from %s, of %s, is headed as the routine of that very order says: %s',
    async (from, service, heading) => {
      const desk = await openDesk(MONDAY_10);
      const lov = { order: 'O-2', service: 'service', routine: 'lov-hemtjanst', consent: true };
      const requested = { switch: 'X-1', service, from, toProvider: KOMMUNEN.id };
      const facts = [
        order(MONDAY_10, { routine: 'hemtjanst' }),
        order(MONDAY_10, lov),
        fact('switch.requested', MONDAY_10, requested),
      ];
      await deliver(
        desk,
        facts.map((one) => onBus(one)),
      );
      expect((await journalOf(desk)).at(-1)).toMatchObject({ type: 'se.frist.switch.requested.v1', heading });
    },
  );

  test('facts of one case that come together are recorded one after the other', async () => {
    const desk = await openDesk('2026-11-23 12:00');
    const facts = [order(MONDAY_10), confirmation('2026-11-23 11:00'), start('2026-11-23 11:30')];
    expect(
      await deliver(
        desk,
        facts.map((one) => onBus(one)),
      ),
    ).toEqual([]);
    expect((await journalOf(desk)).map(({ id, sequence }) => [id, sequence])).toEqual(
      facts.map(({ id }, index) => [id, index + 1]),
    );
  });

  test('a case is woken at the next moment of interest: the reminder, spread by at most two minutes', async () => {
    const desk = await openDesk(MONDAY_10);
    await deliver(desk, [onBus(order(MONDAY_10))]);

    // Nine hours before the midnight that ends Tuesday.
    const [wake = '', ...more] = wakes(desk);
    expect(more).toEqual([]);
    const late = moment(wake).since(moment('2026-11-24 15:00')).total('minutes');
    expect([0, 1]).toContain(late);
  });

  test('a fact about an order that is not known yet waits for it, and counts from when it happened', async () => {
    const desk = await openDesk('2026-11-23 12:00');
    await deliver(desk, [onBus(confirmation('2026-11-23 11:00'))]);
    expect(wakes(desk)).toEqual([]);
    await deliver(desk, [onBus(order(MONDAY_10))]);

    expect(await story(desk)).toEqual(['order.confirmed', 'order.sent']);
    // Confirmed in time: the next moment of interest is the start's reminder.
    expect(
      moment(wakes(desk)[0] ?? '')
        .since(moment('2026-11-25 01:00'))
        .total('minutes'),
    ).toBeLessThanOrEqual(1);
  });

  test('an order whose limit passed long ago is told of at once', async () => {
    const desk = await openDesk('2026-12-01 08:00');
    await deliver(desk, [onBus(order(MONDAY_10))]);
    expect(await story(desk)).toEqual([
      'order.sent',
      'deadline.breached confirm officer',
      'deadline.escalated confirm substitute',
      'deadline.escalated confirm manager',
      'deadline.breached start officer',
      'deadline.escalated start substitute',
      'deadline.escalated start manager',
    ]);
    expect(told(desk)).toHaveLength(7);
  });

  test('what a register or a routine says later changes nothing for an order that is recorded', async () => {
    const desk = await openDesk(MONDAY_10);
    await deliver(desk, [onBus(order(MONDAY_10))]);
    const before = await journalOf(desk);
    await desk.registers.put('provider', {
      id: 'hemvard-vast',
      name: 'Ny',
      kind: 'municipal',
      connected: true,
      services: [],
    });
    await deliver(desk, [onBus(order(MONDAY_10, { order: 'O-2', service: 'service' }))]);

    const [first, second] = await journalOf(desk);
    expect(first).toEqual(before[0]);
    expect(second).toMatchObject({ providerkind: 'municipal', providerconnected: true });
  });
});

describe('duplicates', () => {
  test('a fact that comes twice stands once, and is published and armed again', async () => {
    const desk = await openDesk(MONDAY_10);
    const sent = order(MONDAY_10);
    await deliver(desk, [onBus(sent)]);
    const again = memorySchedules(desk.clock.now);
    await deliver(desk, [onBus(sent), onBus(sent)], { wakes: again });

    expect(await story(desk)).toEqual(['order.sent']);
    expect([...again.created]).toEqual([...desk.wakes.created]);
    expect(told(desk)).toEqual(Array.from({ length: 3 }, () => `frist.recorded ${sent.id}`));
  });

  test('one that says something else under the same id and source changes nothing', async () => {
    const desk = await openDesk(MONDAY_10);
    const sent = order(MONDAY_10);
    await deliver(desk, [onBus(sent), onBus({ ...sent, data: { ...sent.data, service: 'service' } })]);
    expect((await journalOf(desk)).map(({ data }) => data)).toEqual([sent.data]);
  });

  test('the same id from another source is another fact', async () => {
    const desk = await openDesk('2026-11-23 12:00');
    const one = confirmation('2026-11-23 11:00', {}, { id: '1', source: '/treserva' });
    const other = confirmation('2026-11-23 11:00', {}, { id: '1', source: '/annat' });
    await deliver(desk, [onBus(one), onBus(other)]);
    expect(await story(desk)).toEqual(['order.confirmed', 'order.confirmed']);
  });

  test('two recorders at work on the same fact record it once', async () => {
    const desk = await openDesk(MONDAY_10);
    const sent = order(MONDAY_10);
    const failures = await Promise.all([deliver(desk, [onBus(sent)]), deliver(desk, [onBus(sent)])]);
    expect(failures).toEqual([[], []]);
    expect(await story(desk)).toEqual(['order.sent']);
  });
});

describe('refusals', () => {
  test('what turns out wrong is recorded as refused, with the reasons and their places', async () => {
    const desk = await openDesk(MONDAY_10);
    const bad = order(MONDAY_10, { provider: 'nobody' });
    expect(await deliver(desk, [onBus(bad)])).toEqual([]);

    const [refusal] = (await journalOf(desk)) as FactOf<'fact.refused'>[];
    expect(refusal).toMatchObject({ type: 'se.frist.fact.refused.v1', subject: CASE, sequence: 1 });
    expect(refusal?.data).toEqual({
      refused: { type: bad.type, id: bad.id, source: bad.source },
      reasons: [
        { path: '/data/provider', message: 'there is no provider nobody in the register', code: 'unknownProvider' },
      ],
    });
    expect(told(desk)).toEqual([`frist.recorded ${refusal?.id ?? ''}`]);
    expect(desk.lines.map(({ code }) => code)).toEqual(['FACT_REFUSED']);
  });

  test('what was refused once stays refused, once, even when it would be accepted now', async () => {
    const desk = await openDesk(MONDAY_10);
    const bad = order(MONDAY_10, { provider: 'nobody' });
    await deliver(desk, [onBus(bad)]);
    await desk.registers.put('provider', {
      id: 'nobody',
      name: 'Någon',
      kind: 'private',
      connected: false,
      services: [],
    });
    await deliver(desk, [onBus(bad), onBus(bad)]);

    expect(await story(desk)).toEqual(['fact.refused']);
    expect(told(desk)).toHaveLength(3);
    expect(new Set(told(desk)).size).toBe(1);
  });

  test('what was accepted once stays accepted, even when it would be refused now', async () => {
    const desk = await openDesk(MONDAY_10);
    const sent = order(MONDAY_10);
    await deliver(desk, [onBus(sent)]);
    await deliver(desk, [onBus(recall('2026-11-23 10:30'))]);
    await deliver(desk, [onBus(sent)]);
    expect(await story(desk)).toEqual(['order.sent', 'order.recalled']);
  });

  test('two orders under one id: the first stands, the second is refused', async () => {
    const desk = await openDesk(MONDAY_10);
    await deliver(desk, [onBus(order(MONDAY_10)), onBus(order(MONDAY_10))]);
    expect(await story(desk)).toEqual(['order.sent', 'fact.refused']);
  });

  test('a personal identity number that came past the door is refused, and is not in the refusal', async () => {
    const desk = await openDesk(MONDAY_10);
    await deliver(desk, [onBus(order(MONDAY_10, { goals: 'Kalle, 811218-9876, vill simma.' }))]);
    expect(await story(desk)).toEqual(['fact.refused']);
    expect(JSON.stringify(await journalOf(desk))).not.toMatch(/811218|Kalle/);
  });
});

describe('lost races', () => {
  /** A journal in which somebody else takes the place first, this many times. */
  const contested = (journal: Journal, rivals: Fact[]): Journal => ({
    load: journal.load,
    append: async (one) => {
      const rival = rivals.shift();
      if (rival !== undefined) await journal.append(recorded(rival, one.sequence));
      return journal.append(one);
    },
  });

  test.each([1, 2, 3, 10])('after %i lost races the fact stands once, after those that won', async (losses) => {
    const desk = await openDesk('2026-11-23 12:00');
    const rivals = Array.from({ length: losses }, () => confirmation('2026-11-23 11:00'));
    const sent = order(MONDAY_10);
    const journal = contested(desk.journal, [...rivals]);
    expect(await deliver(desk, [onBus(sent)], { journal })).toEqual([]);

    const ids = (await journalOf(desk)).map(({ id }) => id);
    expect(ids).toEqual([...rivals.map(({ id }) => id), sent.id]);
    expect((await journalOf(desk)).map(({ sequence }) => sequence)).toEqual(ids.map((_, index) => index + 1));
    expect(told(desk)).toEqual([`frist.recorded ${sent.id}`]);
  });

  test('what was decided before the race was lost is decided anew', async () => {
    const desk = await openDesk('2026-11-23 12:00');
    await deliver(desk, [onBus(order(MONDAY_10))]);
    const journal = contested(desk.journal, [recall('2026-11-23 10:30')]);
    await deliver(desk, [onBus(confirmation('2026-11-23 11:00'))], { journal });
    expect(await story(desk)).toEqual(['order.sent', 'order.recalled', 'fact.refused']);
  });

  test('a confirmation that wins the race against the alert leaves nothing to alert about', async () => {
    const desk = await openDesk(MONDAY_10);
    await deliver(desk, [onBus(order(MONDAY_10))]);
    desk.clock.moveTo('2026-11-25 00:01');
    const journal = contested(desk.journal, [confirmation('2026-11-24 23:59')]);
    await deliver(desk, [wakeAt('2026-11-25 00:00')], { journal });
    expect(await story(desk)).toEqual(['order.sent', 'order.confirmed']);
  });

  test('an alert that loses its place to something else is recorded after it, and told of once', async () => {
    const desk = await openDesk(MONDAY_10);
    await deliver(desk, [onBus(order(MONDAY_10))]);
    desk.clock.moveTo('2026-11-25 00:01');
    const journal = contested(desk.journal, [fact('client.contacted', '2026-11-24 12:00', { order: 'O-1' })]);
    await deliver(desk, [wakeAt('2026-11-25 00:00')], { journal });
    expect((await story(desk)).slice(1)).toEqual(['client.contacted', 'deadline.breached confirm officer']);
    const alert = (await journalOf(desk)).at(-1);
    expect(alert?.sequence).toBe(3);
    expect(told(desk).filter((line) => line.includes(alert?.id ?? 'none'))).toHaveLength(1);
  });

  test('an alert that wins is annulled by the confirmation that was on its way, to the same person', async () => {
    const desk = await openDesk(MONDAY_10);
    await deliver(desk, [onBus(order(MONDAY_10))]);
    desk.clock.moveTo('2026-11-25 00:01');
    await deliver(desk, [wakeAt('2026-11-25 00:00')]);
    await deliver(desk, [onBus(confirmation('2026-11-24 23:59'))]);
    expect((await story(desk)).slice(1)).toEqual([
      'deadline.breached confirm officer',
      'order.confirmed',
      'deadline.annulled confirm officer',
    ]);
    expect(told(desk)).toHaveLength(4);
  });
});

test('K11: who abstained keeps the turn they took, though recording it failed and was tried again later', async () => {
  const desk = await openDesk(MONDAY_10);
  const providers = [{ id: 'hemvard-vast' }, { id: 'kommunens-hemtjanst' }];
  await desk.registers.put('rotation', { id: 'personalCare', providers });
  const abstained = fact('choice.abstained', MONDAY_10, { service: 'personalCare' });
  const failing: Journal = {
    load: desk.journal.load,
    append: async (one) => {
      if (one.type === 'se.frist.provider.assigned.v1') throw new Error('the table does not answer');
      return desk.journal.append(one);
    },
  };
  expect(await deliver(desk, [onBus(abstained)], { journal: failing })).toHaveLength(1);
  desk.clock.moveTo('2026-11-23 10:05');
  expect(await deliver(desk, [onBus(abstained)])).toEqual([]);
  expect(await story(desk)).toEqual(['choice.abstained', 'provider.assigned']);
  expect(await desk.rotations.read('personalCare')).toMatchObject({ version: 1 });
});

describe('K11, H1, S2: a list that names a provider whom the register does not know', () => {
  const abstain = async (providers: readonly { id: string }[]): Promise<Desk> => {
    const desk = await openDesk(MONDAY_10);
    await desk.registers.put('rotation', { id: 'personalCare', providers: [...providers] });
    expect(await deliver(desk, [onBus(fact('choice.abstained', MONDAY_10, { service: 'personalCare' }))])).toEqual([]);
    return desk;
  };

  test('gives the turn to the next one, so that the order that follows is taken', async () => {
    const desk = await abstain([{ id: 'not-yet' }, { id: 'hemvard-vast' }]);
    const assigned = (await journalOf(desk)).at(-1);
    expect(assigned).toMatchObject({ type: 'se.frist.provider.assigned.v1', data: { provider: 'hemvard-vast' } });
  });

  test('and no other gives it to nobody', async () => {
    expect(await story(await abstain([{ id: 'not-yet' }, { id: 'nor-this-one' }]))).toEqual(['choice.abstained']);
  });

  test('gives it to whom the register has just been told of, though not every reading shows it yet', async () => {
    const desk = await openDesk(MONDAY_10);
    await desk.registers.put('rotation', { id: 'personalCare', providers: [{ id: 'hemvard-vast' }] });
    const late: Desk['registers'] = {
      ...desk.registers,
      find: async (register, id) => (register === 'provider' ? undefined : desk.registers.find(register, id)),
    };
    const abstained = onBus(fact('choice.abstained', MONDAY_10, { service: 'personalCare' }));
    expect(await deliver(desk, [abstained], { registers: late })).toEqual([]);
    expect(await story(desk)).toEqual(['choice.abstained', 'provider.assigned']);
  });
});

describe('wakes', () => {
  const atLimit = async (): Promise<Desk> => {
    const desk = await openDesk(MONDAY_10);
    await deliver(desk, [onBus(order(MONDAY_10))]);
    return desk;
  };

  test('at the reminder, the limit and the escalation, each person is told once, and the next wake is armed', async () => {
    const desk = await atLimit();
    for (const time of [
      '2026-11-24 15:01',
      '2026-11-25 00:01',
      '2026-11-25 01:01',
      '2026-11-25 10:01',
      '2026-11-26 00:01',
      '2026-11-26 10:01',
    ]) {
      desk.clock.moveTo(time);
      expect(wakes(desk).some((at) => Math.abs(moment(at).since(moment(time)).total('minutes')) <= 1)).toBe(true);
      expect(await deliver(desk, [wakeAt(time)])).toEqual([]);
    }
    expect(await story(desk)).toEqual([
      'order.sent',
      'deadline.reminded confirm provider',
      'deadline.reminded confirm officer',
      'deadline.breached confirm officer',
      'deadline.reminded start provider',
      'deadline.reminded start officer',
      'deadline.breached start officer',
      'deadline.escalated confirm substitute',
      'deadline.escalated confirm manager',
      'deadline.escalated start substitute',
      'deadline.escalated start manager',
    ]);
    expect(told(desk)).toHaveLength(11);
    expect((await journalOf(desk))[3]).toMatchObject({
      time: '2026-11-24T23:01:00Z',
      data: { order: 'O-1', rule: 'confirm', due: endOf('2026-11-24'), audience: 'officer', step: 1 },
    });
  });

  test('an early wake tells nobody, and arms again', async () => {
    const desk = await atLimit();
    desk.clock.moveTo('2026-11-24 14:59:30');
    expect(await deliver(desk, [wakeAt('2026-11-24 15:00')])).toEqual([]);
    expect(await story(desk)).toEqual(['order.sent']);
    expect(wakes(desk).some((at) => moment(at).since(desk.clock.now()).total('seconds') > 0)).toBe(true);
  });

  test('a limit that lies farther than a schedule can be set is woken for some years ahead, and then anew', async () => {
    const desk = await openDesk(MONDAY_10);
    const sent = { ...order(MONDAY_10), time: '9999-12-31T12:00:00Z' };
    expect(await deliver(desk, [onBus(sent)])).toEqual([]);
    expect(told(desk)).toEqual([`frist.recorded ${sent.id}`]);
    expect(wakes(desk)).toEqual(['2035-12-31T23:00:00Z']);
    // What arms it again meanwhile makes no other schedule.
    desk.clock.moveTo('2026-11-25 10:00');
    expect(await deliver(desk, [wakeAt('2026-11-25 10:00')])).toEqual([]);
    expect(wakes(desk)).toEqual(['2035-12-31T23:00:00Z']);
    desk.clock.moveTo('2036-01-01 00:00');
    expect(await deliver(desk, [wakeAt('2036-01-01 00:00')])).toEqual([]);
    expect(await story(desk)).toEqual(['order.sent']);
    expect(wakes(desk)).toEqual(['2035-12-31T23:00:00Z', '2045-12-31T23:00:00Z']);
  });

  test('a doubled wake tells nobody twice', async () => {
    const desk = await atLimit();
    desk.clock.moveTo('2026-11-24 15:00');
    const wake = wakeAt('2026-11-24 15:00');
    await deliver(desk, [wake, wake]);
    await Promise.all([deliver(desk, [wake]), deliver(desk, [wake])]);
    expect(await story(desk)).toEqual([
      'order.sent',
      'deadline.reminded confirm provider',
      'deadline.reminded confirm officer',
    ]);
  });

  test('a wake that was lost for days tells what is due now, and no reminder of what has passed', async () => {
    const desk = await atLimit();
    desk.clock.moveTo('2026-11-25 09:00');
    await deliver(desk, [wakeAt('2026-11-24 15:00')]);
    expect(await story(desk)).toEqual([
      'order.sent',
      'deadline.breached confirm officer',
      'deadline.reminded start provider',
      'deadline.reminded start officer',
    ]);
  });

  test('a wake of a case that is over tells nobody and arms nothing', async () => {
    const desk = await atLimit();
    await deliver(desk, [onBus(recall('2026-11-23 10:05'))]);
    const armed = desk.wakes.created.size;
    desk.clock.moveTo('2026-11-25 00:00');
    expect(await deliver(desk, [wakeAt('2026-11-25 00:00')])).toEqual([]);
    expect(await story(desk)).toEqual(['order.sent', 'order.recalled']);
    expect(desk.wakes.created.size).toBe(armed);
  });

  test('a wake of a case that nobody knows does nothing', async () => {
    const desk = await openDesk(MONDAY_10);
    expect(await deliver(desk, [wakeAt(MONDAY_10, '2026-9999')])).toEqual([]);
    expect([desk.bus.published, [...desk.wakes.created], await journalOf(desk, '2026-9999')]).toEqual([[], [], []]);
  });

  test('an alert that was annulled can be told again, when the good news was wrong', async () => {
    const desk = await atLimit();
    await deliver(desk, [
      onBus(
        fact('deadline.postponed', '2026-11-23 11:00', {
          order: 'O-1',
          rule: 'start',
          until: '2026-11-30',
          by: 'client',
          reason: 'Bortrest.',
        }),
      ),
    ]);
    desk.clock.moveTo('2026-12-01 00:01');
    await deliver(desk, [wakeAt('2026-12-01 00:00')]);
    await deliver(desk, [
      onBus(
        fact('deadline.postponed', '2026-11-23 12:00', {
          order: 'O-1',
          rule: 'start',
          until: '2026-12-01T10:00:00+01:00',
          by: 'client',
          reason: 'Fortfarande bortrest.',
        }),
      ),
    ]);
    desk.clock.moveTo('2026-12-01 10:01');
    await deliver(desk, [wakeAt('2026-12-01 10:00')]);
    const lines = (await story(desk)).filter((line) => line.includes(' start officer') && !line.includes('reminded'));
    expect(lines).toEqual([
      'deadline.breached start officer',
      'deadline.annulled start officer',
      'deadline.breached start officer',
    ]);
    expect(new Set((await journalOf(desk)).map(({ id }) => id)).size).toBe((await journalOf(desk)).length);
  });
});

describe('failures', () => {
  test('a wake that cannot be armed fails the delivery, and the next one ends the same', async () => {
    const desk = await openDesk(MONDAY_10);
    const sent = order(MONDAY_10);
    const broken = {
      ...desk.wakes,
      create: async () => {
        throw new Error('throttled');
      },
    };
    expect(await deliver(desk, [onBus(sent)], { wakes: broken })).toEqual(['m1']);
    expect(told(desk)).toEqual([]);
    expect(await deliver(desk, [onBus(sent)])).toEqual([]);

    const calm = await openDesk(MONDAY_10);
    await deliver(calm, [onBus(sent)]);
    expect(await journalOf(desk)).toEqual(await journalOf(calm));
    expect(wakes(desk)).toEqual(wakes(calm));
    expect(told(desk)).toEqual(told(calm));
  });

  test.each([
    ['no JSON', '{'],
    ['nothing', 'null'],
    ['a number', '7'],
    ['an envelope without a fact', { 'detail-type': 'x', detail: {} }],
    ['an unknown type', { 'detail-type': 'x', detail: { ...order(MONDAY_10), type: 'se.frist.other.v1' } }],
    ['a wake without a case', { wake: { at: MONDAY_10 } }],
    ['a wake at no time', { wake: { case: CASE, at: 'soon' } }],
  ])('a message that holds %s fails alone', async (_, bad) => {
    const desk = await openDesk(MONDAY_10);
    const others = [order(MONDAY_10), order(MONDAY_10, {}, { subject: '2026-0418' })];
    expect(await deliver(desk, [onBus(others[0] as Fact), bad, onBus(others[1] as Fact)])).toEqual(['m2']);
    expect(await story(desk)).toEqual(['order.sent']);
    expect(await story(desk, '2026-0418')).toEqual(['order.sent']);
  });

  test('a case that fails does not hold up the other cases of the batch', async () => {
    const desk = await openDesk(MONDAY_10);
    const journal: Journal = {
      ...desk.journal,
      load: async (subject) => {
        if (subject === CASE) throw new Error('the table does not answer');
        return desk.journal.load(subject);
      },
    };
    const bodies = [order(MONDAY_10), order(MONDAY_10, {}, { subject: '2026-0418' })].map((one) => onBus(one));
    expect(await deliver(desk, bodies, { journal })).toEqual(['m1']);
    expect(await story(desk, '2026-0418')).toEqual(['order.sent']);
  });

  test('the log tells ids and codes, and nothing of what a fact says', async () => {
    const desk = await openDesk(MONDAY_10);
    const sent = order(MONDAY_10, { goals: 'HEMLIGT' });
    await deliver(desk, [onBus(sent), '{"HEMLIGT"', onBus(order(MONDAY_10, { provider: 'HEMLIGT' }))]);
    expect(desk.lines.length).toBeGreaterThan(2);
    expect(JSON.stringify(desk.lines)).not.toContain('HEMLIGT');
  });
});
