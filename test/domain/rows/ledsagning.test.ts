import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { describeOrders } from '../../../domain/case/describe.ts';
import { fileCase } from '../../../domain/case/case-file.ts';
import { objectionsTo } from '../../../domain/case/decide.ts';
import { grantedIn } from '../../../domain/case/granted.ts';
import { onlyRoutine } from '../../../domain/routine/routines.ts';
import type { Fact, FactData } from '../../../events/catalogue.ts';
import {
  caseOf,
  confirmed,
  deadline,
  deadlinesOf,
  endOf,
  fact,
  local,
  made,
  routineNamed,
  sent,
  started,
  type Asked,
  tasksOf,
} from '../given.ts';

const LATER = '2027-06-01 12:00';
const ROUTINE = 'ledsagning';

const COMPLETE = {
  service: 'companion',
  goals: 'Delta i föreningsliv.',
  purpose: 'Bryta isolering.',
  hours: { perMonth: 20, perWeek: 5 },
  period: { from: '2026-12-01', to: '2027-05-31' },
} as const;

const order = (time: string, data: Partial<FactData<'order.sent'>> = {}) => sent(time, { ...COMPLETE, ...data });

const objections = (fresh: Fact, recorded: readonly Fact[] = []) =>
  objectionsTo(fresh, recorded, onlyRoutine(routineNamed(ROUTINE)));

const endedOn = (on: string) => fact('service.ended', '2027-01-05 09:00', { order: 'O-1', on, reason: 'ended' });

const recalled = (time: string) => fact('order.recalled', time, { order: 'O-1', reason: 'Fel antal timmar.' });

describe('given a decision made on 23 December', () => {
  test('S1: it is registered the same day', () => {
    const decision = made('2026-12-23 10:00');
    expect(deadline('registerDecision', ROUTINE, [decision], '2026-12-23 23:59:59.999')).toMatchObject({
      about: 'B-1',
      row: 'S1',
      owner: 'officer',
      kind: 'hard',
      due: endOf('2026-12-23'),
      status: 'open',
    });
    expect(deadline('registerDecision', ROUTINE, [decision], endOf('2026-12-23'))?.status).toBe('breached');
  });

  test('S1: by registering it, or by sending the order', () => {
    const decision = made('2026-12-23 10:00');
    const registered = fact('decision.registered', '2026-12-23 23:59:59.999', { decision: 'B-1' });
    expect(deadline('registerDecision', ROUTINE, [decision, registered], LATER)?.status).toBe('met');
    expect(deadline('registerDecision', ROUTINE, [decision, order('2026-12-23 16:00')], LATER)?.status).toBe('met');
    expect(deadline('registerDecision', ROUTINE, [decision, order('2026-12-24 00:00')], LATER)?.status).toBe(
      'breached',
    );
  });

  test('S1: the day is the one that the decision was made on, though it is told later', () => {
    const decision = made('2026-12-28 10:00', { on: '2026-12-23' });
    expect(deadline('registerDecision', ROUTINE, [decision], LATER)).toMatchObject({
      due: endOf('2026-12-23'),
      status: 'breached',
    });
  });
});

describe('S3: an order', () => {
  test('that holds all the routine asks for is accepted', () => {
    expect(objections(order('2026-12-01 10:00'))).toEqual([]);
  });

  test.each(['goals', 'purpose'] as const)('without %s is refused, naming it', (field) => {
    const { [field]: _left, ...rest } = COMPLETE;
    expect(objections(sent('2026-12-01 10:00', rest))).toMatchObject([
      { path: `/data/${field}`, message: expect.stringContaining(field) as string },
    ]);
  });

  test('without any of it is refused, naming all', () => {
    expect(objections(sent('2026-12-01 10:00', { service: 'companion' })).map(({ path }) => path)).toEqual([
      '/data/goals',
      '/data/purpose',
      '/data/hours/perMonth',
      '/data/hours/perWeek',
    ]);
  });

  test('of a service that the routine does not cover is refused', () => {
    expect(objections(order('2026-12-01 10:00', { service: 'alarm' })).map(({ path }) => path)).toEqual([
      '/data/service',
    ]);
  });

  test('that was sent already is refused, but the same fact once more is not', () => {
    const first = order('2026-12-01 10:00');
    expect(objections(first, [first])).toEqual([]);
    expect(objections(order('2026-12-02 10:00'), [first]).map(({ path }) => path)).toEqual(['/data/order']);
  });
});

describe('given an order that is recalled and corrected', () => {
  const first = order('2026-12-01 10:00');
  const recall = recalled('2026-12-02 10:00');

  test('S4: the question that the provider asks does not stop the time', () => {
    const asked = fact('order.queried', '2026-12-01 12:00', { order: 'O-1', question: 'Hur många timmar?' });
    expect(deadline('start', ROUTINE, [first, asked], LATER)?.status).toBe('breached');
  });

  test('S4: the recall cancels its limits', () => {
    expect(deadline('start', ROUTINE, [first, recall], LATER)?.status).toBe('cancelled');
  });

  test('S4: a recall once the limit has passed does not undo the breach', () => {
    expect(deadline('start', ROUTINE, [first, recalled('2026-12-09 00:00')], LATER)).toMatchObject({
      status: 'breached',
      ended: endOf('2026-12-08'),
    });
    expect(deadline('start', ROUTINE, [first, recalled('2026-12-08 23:59:59.999')], LATER)?.status).toBe('cancelled');
  });

  test('S4: of two endings the one that came first counts', () => {
    const ended = fact('service.ended', '2026-12-07 10:00', { order: 'O-1', on: '2026-12-07', reason: 'ended' });
    const tooLate = recalled('2026-12-20 10:00');
    expect(deadline('start', ROUTINE, [first, ended, tooLate], LATER)?.status).toBe('cancelled');
  });

  test('S4, S10: also of two days that the service is said to end, as of one to come and then a death', () => {
    const ending = (time: string, on: string, reason: 'ended' | 'switched' | 'deceased') =>
      fact('service.ended', time, { order: 'O-1', on, reason });
    const died = ending('2026-12-08 10:00', '2026-12-07', 'deceased');
    expect(
      deadline('start', ROUTINE, [first, ending('2026-12-02 10:00', '2027-01-31', 'ended'), died], LATER)?.status,
    ).toBe('cancelled');
    const wish = fact('switch.requested', '2026-12-02 09:00', {
      switch: 'X-1',
      service: 'companion',
      from: 'O-1',
      toProvider: 'ny',
    });
    const leaves = ending('2026-12-02 10:00', '2026-12-31', 'switched');
    expect(deadline('switch', ROUTINE, [first, wish, leaves], LATER)?.status).toBe('breached');
    expect(deadline('switch', ROUTINE, [first, wish, leaves, died], LATER)?.status).toBe('cancelled');
  });

  test('S10: an order that is known to end on a day to come goes on until then', () => {
    const ends = fact('service.ended', '2026-12-02 10:00', { order: 'O-1', on: '2027-01-31', reason: 'ended' });
    const status = (at: string) =>
      describeOrders(
        caseOf(ROUTINE, [first, started('2026-12-02 09:00'), ends], at),
        Temporal.Instant.from(local(at)),
      )[0]?.status;
    expect(status('2027-01-30 12:00')).toBe('started');
    expect(status('2027-02-01 12:00')).toBe('ended');
  });

  test('S4: what was done before the recall stays done', () => {
    expect(deadline('start', ROUTINE, [first, started('2026-12-02 09:00'), recall], LATER)?.status).toBe('met');
    expect(deadline('start', ROUTINE, [first, started('2026-12-03 09:00'), recall], LATER)?.status).toBe('cancelled');
  });

  test('S4: it can no longer be confirmed', () => {
    expect(objections(confirmed('2026-12-02 09:59:59.999'), [first, recall])).toMatchObject([]);
    expect(objections(confirmed('2026-12-02 10:00'), [first, recall])).toMatchObject([
      { path: '/data/order', message: expect.stringContaining('recalled') as string },
    ]);
  });

  test('S4: the order that replaces it starts anew', () => {
    const second = order('2026-12-03 10:00', { order: 'O-2', replaces: 'O-1' });
    expect(objections(second, [first, recall])).toMatchObject([]);
    expect(
      deadlinesOf(ROUTINE, [first, recall, second], LATER).map(({ about, due, status }) => [about, due, status]),
    ).toEqual([
      ['O-1', endOf('2026-12-08'), 'cancelled'],
      ['O-2', endOf('2026-12-10'), 'breached'],
    ]);
  });

  test('S4: and replacing alone cancels too, and ends confirming', () => {
    const second = order('2026-12-03 10:00', { order: 'O-2', replaces: 'O-1' });
    expect(
      deadlinesOf(ROUTINE, [first, second], '2026-12-04 10:00').map(({ about, status }) => [about, status]),
    ).toEqual([
      ['O-1', 'cancelled'],
      ['O-2', 'open'],
    ]);
    expect(objections(confirmed('2026-12-04 10:00'), [first, second])).toMatchObject([
      { path: '/data/order', message: expect.stringContaining('replaced') as string },
    ]);
  });
});

describe('given an order sent on 1 December', () => {
  const sentThen = order('2026-12-01 10:00');

  test('S5: it starts within the routine’s own parameter: seven days as shipped, as an example', () => {
    expect(routineNamed(ROUTINE).parameters).toMatchObject({
      startWithin: { within: { amount: 7, unit: 'days' }, example: true },
    });
    expect(deadline('start', ROUTINE, [sentThen], '2026-12-02 10:00')).toMatchObject({
      row: 'S5',
      kind: 'hard',
      due: endOf('2026-12-08'),
    });
  });

  test('S5: a municipality sets its own', () => {
    const routine = routineNamed(ROUTINE);
    const own = {
      ...routine,
      parameters: { startWithin: { within: { amount: 10, unit: 'weekdays' as const }, words: 'x' } },
    };
    expect(deadline('start', own, [sentThen], LATER)?.due).toBe(endOf('2026-12-15'));
  });

  test('S5, S7: an order sent before its first day, as after one that still runs or at a switch, is begun on that day', () => {
    const due = (data: Partial<FactData<'order.sent'>>) =>
      deadline('start', ROUTINE, [order('2026-12-01 10:00', data)], LATER)?.due;
    expect(due({ period: { from: '2026-12-15' } })).toBe(endOf('2026-12-15'));
    expect(due({ period: { from: '2026-12-15' }, startNotBefore: '2026-12-17' })).toBe(endOf('2026-12-17'));
    expect(due({ period: { from: '2026-12-15' }, startNotBefore: '2026-12-02' })).toBe(endOf('2026-12-15'));
    expect(due({ period: { from: '2026-12-05' } })).toBe(endOf('2026-12-08'));
    expect(due({ period: { from: '2026-12-01' }, startNotBefore: '2026-12-02' })).toBe(endOf('2026-12-08'));
  });

  test('S5, S7: what is put off is put off from that day, and never brought forward by it', () => {
    const ahead = order('2026-12-01 10:00', { period: { from: '2026-12-20' } });
    const put = (until: string) =>
      fact('deadline.postponed', '2026-12-04 10:00', {
        order: 'O-1',
        rule: 'start',
        until,
        by: 'client',
        reason: 'Resa.',
      });
    const due = (...facts: Fact[]) => deadline('start', ROUTINE, [ahead, ...facts], LATER)?.due;
    expect(due(put('2026-12-12'))).toBe(endOf('2026-12-20'));
    expect(due(put('2026-12-28'))).toBe(endOf('2026-12-28'));
    const corrected = { ...put('2026-12-22'), id: 'corrected', time: local('2026-12-05 10:00') };
    expect(due(put('2026-12-28'), corrected)).toBe(endOf('2026-12-22'));
    // Also where it was put off before the order came, whose first day lies within the limit.
    const facts = [put('2026-12-28'), order('2026-12-04 11:00', { period: { from: '2026-12-04' } })];
    expect(deadline('start', ROUTINE, facts, LATER)?.due).toBe(endOf('2026-12-28'));
  });

  test('S6: the start is judged by its date, and a late report is flagged apart', () => {
    const reported = started('2026-12-10 09:00', { date: '2026-12-08' });
    expect(deadline('start', ROUTINE, [sentThen, reported], LATER)).toMatchObject({
      status: 'met',
      closed: local('2026-12-10 09:00'),
      reportedLate: true,
    });
  });

  test('S6: reported late of a late start, it is both', () => {
    const reported = started('2026-12-11 09:00', { date: '2026-12-09' });
    expect(deadline('start', ROUTINE, [sentThen, reported], LATER)).toMatchObject({
      status: 'breached',
      closed: local('2026-12-11 09:00'),
      reportedLate: true,
    });
  });

  test('S6: reported within the limit, a day later is not late', () => {
    const reported = started('2026-12-04 09:00', { date: '2026-12-03' });
    const judged = deadline('start', ROUTINE, [sentThen, reported], LATER);
    expect(judged?.status).toBe('met');
    expect(judged).not.toHaveProperty('reportedLate');
  });

  test('S6: where the time of day is known, or it is told on the very day, that decides', () => {
    const within48 = (...facts: Fact[]) =>
      deadline('start', 'kundval', [sent('2026-12-01 10:00'), ...facts], LATER)?.status;
    expect(within48(started('2026-12-03 09:59:59.999'))).toBe('met');
    expect(within48(started('2026-12-03 10:00'))).toBe('breached');
    expect(within48(started('2026-12-04 08:00', { date: '2026-12-03' }))).toBe('met');
    expect(within48(started('2026-12-04 08:00', { date: '2026-12-03', at: local('2026-12-03 09:59:59.999') }))).toBe(
      'met',
    );
    expect(within48(started('2026-12-04 08:00', { date: '2026-12-03', at: local('2026-12-03 10:00') }))).toBe(
      'breached',
    );
    expect(within48(started('2026-12-03 11:00', { at: local('2026-12-03 09:00') }))).toBe('met');
  });

  test('S6: a time of day on another date is refused', () => {
    const first = started('2026-12-04 08:00', { date: '2026-12-03', at: '2026-12-03T23:30:00Z' });
    expect(objections(first, [sentThen])).toMatchObject([
      { path: '/data/at', message: expect.stringContaining('2026-12-03') as string },
    ]);
    expect(
      objections(started('2026-12-04 08:00', { date: '2026-12-03', at: '2026-12-03T22:30:00Z' }), [sentThen]),
    ).toEqual([]);
  });

  test('S6: a service that started and ended on the same day has started', () => {
    const ended = fact('service.ended', '2026-12-05 09:00', { order: 'O-1', on: '2026-12-03', reason: 'deceased' });
    expect(deadline('start', ROUTINE, [sentThen, started('2026-12-03 14:00'), ended], LATER)?.status).toBe('met');
  });
});

describe('given an order for December to May', () => {
  const first = order('2026-12-01 10:00');
  const second = (from: string, to?: string, more: Partial<FactData<'order.sent'>> = {}) =>
    order('2027-02-01 10:00', { order: 'O-2', period: to === undefined ? { from } : { from, to }, ...more });

  test('S7: another that overlaps it is refused, naming both periods', () => {
    expect(objections(second('2027-05-31', '2027-12-31'), [first])).toMatchObject([
      {
        path: '/data/period',
        message: 'the period 2027-05-31 to 2027-12-31 overlaps 2026-12-01 to 2027-05-31 of the order O-1',
      },
    ]);
    expect(objections(second('2026-06-01'), [first])).toMatchObject([
      { message: 'the period from 2026-06-01 on overlaps 2026-12-01 to 2027-05-31 of the order O-1' },
    ]);
  });

  test('S7: the next begins the day after', () => {
    expect(objections(second('2027-06-01'), [first])).toEqual([]);
    expect(objections(second('2026-06-01', '2026-11-30'), [first])).toEqual([]);
  });

  test('S7: an order with no end leaves no room after it', () => {
    const endless = order('2026-12-01 10:00', { period: { from: '2026-12-01' } });
    expect(objections(second('2030-01-01'), [endless])).toHaveLength(1);
    const ended = fact('service.ended', '2027-01-15 10:00', { order: 'O-1', on: '2027-01-31', reason: 'ended' });
    expect(objections(second('2027-02-01'), [endless, ended])).toEqual([]);
    expect(objections(second('2027-01-31'), [endless, ended])).toHaveLength(1);
  });

  test('S7: an order that comes in after the one that followed it is taken when what ended it is known', () => {
    const next = (more: Asked) => order('2027-01-05 10:00', { order: 'O-2', period: { from: '2027-01-05' }, ...more });
    const wish = fact('switch.requested', '2026-12-15 10:00', {
      switch: 'S-1',
      service: 'companion',
      from: 'O-1',
      toProvider: 'ledsagarna',
    });
    expect(objections(first, [next({})])).toMatchObject([{ path: '/data/period' }]);
    expect(objections(first, [next({ replaces: 'O-1' })])).toEqual([]);
    expect(objections(first, [recalled('2027-01-05 09:00'), next({})])).toEqual([]);
    expect(objections(first, [endedOn('2027-01-04'), next({})])).toEqual([]);
    expect(objections(first, [endedOn('2027-01-05'), next({})])).toHaveLength(1);
    expect(objections(first, [wish, next({ provider: 'ledsagarna' })])).toEqual([]);
    expect(objections(first, [wish, next({ provider: 'nagon-annan' })])).toHaveLength(1);
  });

  test('S7: an order ends with its period, though its service is ended later', () => {
    const ended = fact('service.ended', '2027-07-15 10:00', { order: 'O-1', on: '2027-07-31', reason: 'ended' });
    expect(objections(second('2027-06-01'), [first, ended])).toEqual([]);
  });

  test('S7: an order that is recalled, replaced or of another service takes up no time', () => {
    expect(objections(second('2027-01-01'), [first, recalled('2026-12-02 10:00')])).toEqual([]);
    expect(objections(second('2027-01-01', undefined, { replaces: 'O-1' }), [first])).toEqual([]);
    expect(objections(second('2027-01-01'), [sent('2026-12-01 10:00', { service: 'service' })])).toEqual([]);
  });
});

describe('given a pause from 1 March', () => {
  const running = [order('2026-12-01 10:00'), started('2026-12-02 10:00')];
  const paused = (time: string, to?: string): Fact =>
    fact('service.paused', time, {
      order: 'O-1',
      from: '2027-03-01',
      ...(to !== undefined && { to }),
      reason: 'Vård.',
    });
  const known = (time: string): Fact => fact('absence.known', time, { order: 'O-1', from: '2027-03-01' });
  const reports = (...facts: readonly Fact[]) =>
    deadlinesOf(ROUTINE, [...running, ...facts], LATER).flatMap(({ rule, due, status }) =>
      rule === 'pauseReport' ? [[due, status]] : [],
    );

  test('S8: it is reported by the end of the seventh day', () => {
    expect(reports(paused('2027-03-08 23:59:59.999'))).toEqual([[endOf('2027-03-08'), 'met']]);
    expect(reports(paused('2027-03-09 00:00'))).toEqual([[endOf('2027-03-08'), 'breached']]);
  });

  test('S8: told again by another door, or when its end is known, it is the same pause and was reported in time', () => {
    const again = paused('2027-03-20 10:00', '2027-03-25');
    expect(reports(paused('2027-03-03 10:00'), again)).toEqual([[endOf('2027-03-08'), 'met']]);
    expect(reports(again, paused('2027-03-01 08:00'))).toEqual([[endOf('2027-03-08'), 'met']]);
    expect(reports(paused('2027-03-09 10:00'), again)).toEqual([[endOf('2027-03-08'), 'breached']]);
  });

  test('S8: the report of an absence to come can be put off once it is known', () => {
    const put = fact('deadline.postponed', '2027-02-27 10:00', {
      order: 'O-1',
      rule: 'pauseReport',
      until: '2027-03-20',
      by: 'officer',
      reason: 'Ett skäl.',
    });
    expect(reports(known('2027-02-26 10:00'), put)).toEqual([[endOf('2027-03-20'), 'breached']]);
    expect(reports(known('2027-02-26 10:00'), put, paused('2027-03-15 10:00'))).toEqual([[endOf('2027-03-20'), 'met']]);
  });

  test('S8: an absence that several tell of is one', () => {
    const twice = [known('2027-02-26 10:00'), known('2027-02-27 10:00')];
    expect(reports(...twice)).toEqual([[endOf('2027-03-08'), 'breached']]);
    expect(reports(...twice, paused('2027-03-03 10:00'))).toEqual([[endOf('2027-03-08'), 'met']]);
  });

  test('S8: an absence that begins once the pause is over is another, and is to be reported too', () => {
    const next = fact('absence.known', '2027-03-04 10:00', { order: 'O-1', from: '2027-03-05' });
    const resumed = (on: string) => fact('service.resumed', `${on} 09:00`, { order: 'O-1', on });
    const first = [endOf('2027-03-08'), 'met'];
    const second = [endOf('2027-03-12'), 'breached'];
    expect(reports(paused('2027-03-01 10:00'), next)).toEqual([first]);
    expect(reports(paused('2027-03-01 10:00', '2027-03-05'), next)).toEqual([first]);
    expect(reports(paused('2027-03-01 10:00', '2027-03-04'), next)).toEqual([first, second]);
    expect(reports(paused('2027-03-01 10:00'), resumed('2027-03-05'), next)).toEqual([first, second]);
    expect(reports(paused('2027-03-01 10:00'), resumed('2027-03-01'), known('2027-02-26 10:00'))).toEqual([first]);
  });

  test('S8: of an absence in the middle of a pause that is reported nothing more is to be', () => {
    const next = fact('absence.known', '2027-03-20 10:00', { order: 'O-1', from: '2027-03-22' });
    const first = [endOf('2027-03-08'), 'met'];
    expect(reports(paused('2027-03-01 10:00'), known('2027-02-26 10:00'), next)).toEqual([first]);
    expect(reports(paused('2027-03-01 10:00', '2027-03-22'), next)).toEqual([first]);
    expect(reports(paused('2027-03-01 10:00', '2027-03-21'), next)).toEqual([first, [endOf('2027-03-29'), 'breached']]);
  });

  test('S8: of two absences a report is of the one from its own day, else of the nearest', () => {
    const before = fact('absence.known', '2027-02-26 10:00', { order: 'O-1', from: '2027-02-27' });
    expect(reports(before, known('2027-02-26 11:00'), paused('2027-03-02 10:00'))).toEqual([
      [endOf('2027-03-06'), 'breached'],
      [endOf('2027-03-08'), 'met'],
    ]);
    const after = fact('absence.known', '2027-02-26 12:00', { order: 'O-1', from: '2027-03-02' });
    expect(reports(before, after, paused('2027-03-02 10:00'))).toEqual([
      [endOf('2027-03-06'), 'breached'],
      [endOf('2027-03-08'), 'met'],
    ]);
  });
});

describe('S9: the granted time of a month', () => {
  const whole = order('2026-09-25 10:00', { period: { from: '2026-10-01' } });
  const paused = (from: string, to?: string): Fact =>
    fact('service.paused', `${from} 09:00`, { order: 'O-1', from, ...(to !== undefined && { to }), reason: 'x' });
  const resumed = (on: string): Fact => fact('service.resumed', `${on} 09:00`, { order: 'O-1', on });
  const november = (...facts: readonly Fact[]) => {
    const file = fileCase([whole, ...facts], onlyRoutine(routineNamed(ROUTINE))).orders.get('O-1');
    return file && grantedIn(file, 2026, 11);
  };

  test.each<[string, Fact[], number, number]>([
    ['is whole without a pause', [], 30, 1200],
    ['lacks a pause with a known end', [paused('2026-11-02', '2026-11-06')], 25, 1000],
    ['has a pause end before its known end', [paused('2026-11-02', '2026-11-20'), resumed('2026-11-07')], 25, 1000],
    ['has a pause end after its known end', [paused('2026-11-02', '2026-11-03'), resumed('2026-11-07')], 25, 1000],
    [
      'leaves a pause its known end when a later one is ended',
      [paused('2026-11-02', '2026-11-06'), paused('2026-11-16'), resumed('2026-11-21')],
      20,
      800,
    ],
    [
      'counts a day of two pauses once',
      [paused('2026-11-02', '2026-11-06'), paused('2026-11-05', '2026-11-08')],
      23,
      920,
    ],
    [
      'has a pause end on the day that was known when it was told again',
      [
        paused('2026-11-02'),
        fact('service.paused', '2026-11-04 09:00', { order: 'O-1', from: '2026-11-02', to: '2026-11-06', reason: 'x' }),
      ],
      25,
      1000,
    ],
    ['lacks all of a pause that began before it and goes on', [paused('2026-10-20')], 0, 0],
    ['lacks the days of another month’s pause that are in it', [paused('2026-10-20', '2026-11-03')], 27, 1080],
    ['lacks a pause of one day', [paused('2026-11-02', '2026-11-02')], 29, 1160],
    [
      'ends with the service, its last day included',
      [fact('service.ended', '2026-11-11 09:00', { order: 'O-1', on: '2026-11-10', reason: 'moved' })],
      10,
      400,
    ],
    [
      'ends the day before another provider takes over',
      [
        fact('switch.requested', '2026-10-20 09:00', {
          switch: 'X-1',
          service: 'companion',
          from: 'O-1',
          toProvider: 'ny',
        }),
        fact('switch.completed', '2026-11-11 09:00', { switch: 'X-1', on: '2026-11-11' }),
      ],
      10,
      400,
    ],
  ])('%s', (_how, facts, activeDays, minutes) => {
    expect(november(...facts)).toMatchObject({ activeDays, days: 30, minutes });
    expect(november(...facts.toReversed())).toMatchObject({ activeDays, minutes });
  });
});

describe('given what the provider reports of a team with an employed relative', () => {
  const reported = (time: string, relativeHoursPerWeek: number, otherEmployees: number): Fact =>
    fact('staffing.reported', time, { order: 'O-1', relativeHoursPerWeek, otherEmployees });
  const broken = reported('2026-12-07 10:00', 14, 0);
  const tasks = (...facts: readonly Fact[]) =>
    tasksOf(ROUTINE, [order('2026-12-01 10:00'), ...facts], LATER).map(({ task, status, closed }) => [
      task,
      status,
      ...(closed === undefined ? [] : [closed]),
    ]);

  test('S13: a later report of another employee, or of no more than ten hours, closes what a broken one opened', () => {
    expect(tasks(broken)).toEqual([['staffing:O-1', 'open']]);
    for (const kept of [reported('2026-12-14 10:00', 14, 1), reported('2026-12-14 10:00', 10, 0)]) {
      expect(tasks(broken, kept)).toEqual([['staffing:O-1', 'done', local('2026-12-14 10:00')]]);
      expect(tasks(kept, broken)).toEqual([['staffing:O-1', 'done', local('2026-12-14 10:00')]]);
    }
  });

  test('S13: an earlier good report, or one that is as bad, closes nothing', () => {
    expect(tasks(reported('2026-12-06 10:00', 14, 1), broken)).toEqual([['staffing:O-1', 'open']]);
    expect(tasks(broken, reported('2026-12-14 10:00', 11, 0))).toEqual([['staffing:O-1', 'open']]);
  });

  test('S13: broken anew once it was put right, or ticked off, it is to be seen to anew', () => {
    const anew = reported('2026-12-21 10:00', 12, 0);
    expect(tasks(broken, reported('2026-12-14 10:00', 12, 1), anew)).toEqual([
      ['staffing:O-1', 'done', local('2026-12-14 10:00')],
      ['staffing:O-1:2', 'open'],
    ]);
    expect(tasks(broken, fact('task.done', '2026-12-08 10:00', { task: 'staffing:O-1' }), anew)).toEqual([
      ['staffing:O-1', 'done', local('2026-12-08 10:00')],
      ['staffing:O-1:2', 'open'],
    ]);
  });

  test('S13: what was ticked off is done since then, whatever is reported later', () => {
    const ticked = (time: string, task: string) => fact('task.done', time, { task });
    const facts = [
      broken,
      ticked('2026-12-08 10:00', 'staffing:O-1'),
      reported('2026-12-21 10:00', 12, 0),
      ticked('2026-12-22 10:00', 'staffing:O-1:2'),
      reported('2026-12-28 10:00', 12, 1),
    ];
    const done = [
      ['staffing:O-1', 'done', local('2026-12-08 10:00')],
      ['staffing:O-1:2', 'done', local('2026-12-22 10:00')],
    ];
    expect(tasks(...facts)).toEqual(done);
    expect(tasks(...facts, reported('2027-01-05 10:00', 12, 0))).toEqual([...done, ['staffing:O-1:3', 'open']]);
  });
});

describe('given a wish to switch on a Friday', () => {
  const wish = fact('switch.requested', '2026-11-27 10:00', {
    switch: 'X-1',
    service: 'companion',
    from: 'O-1',
    toProvider: 'ny',
  });
  const reached = (provider: string, time = '2026-11-30 23:59:59.999') =>
    fact('provider.contacted', time, { switch: 'X-1', provider, channel: 'phone' });
  const mail = (name: 'mail.sent' | 'mail.delivered', time: string, audience: string) =>
    fact(name, time, { mail: 'm-1', audience });
  const telling = (...facts: Fact[]) => deadline('tellLeaving', ROUTINE, [wish, ...facts], LATER);

  test('S12: the leaving provider is told the next weekday, also while the order that it leaves is not known', () => {
    expect(telling(reached('omsorg-syd'))).toMatchObject({ due: endOf('2026-11-30'), status: 'met' });
    expect(telling(reached('omsorg-syd', '2026-12-01 00:00'))?.status).toBe('breached');
    expect(telling(reached('ny'), reached('incoming'))).not.toHaveProperty('closed');
  });

  test('S11: an order to who comes that replaces the one that is left goes on with the switch, any other ends it', () => {
    const from = order('2026-11-02 10:00');
    const replacing = (provider: string) => order('2026-11-27 11:00', { order: 'O-2', provider, replaces: 'O-1' });
    const done = fact('switch.completed', '2026-12-11 09:00', { switch: 'X-1', on: '2026-12-11' });
    const switching = (...facts: Fact[]) => deadline('switch', ROUTINE, [from, wish, ...facts], LATER)?.status;
    expect(switching(replacing('ny'))).toBe('breached');
    expect(switching(replacing('ny'), done)).toBe('met');
    expect(switching(replacing('omsorg-syd'))).toBe('cancelled');
    const died = fact('service.ended', '2026-12-01 09:00', { order: 'O-2', on: '2026-12-01', reason: 'deceased' });
    expect(switching(replacing('ny'), died)).toBe('cancelled');
  });

  test('S11: told beforehand to be done, it is done on its day: until then the order that is left goes on', () => {
    const tasks = (at: string, ...more: Fact[]) =>
      tasksOf(
        ROUTINE,
        [
          order('2026-11-02 10:00'),
          wish,
          fact('order.queried', '2026-11-03 10:00', { order: 'O-1', question: 'Vilka dagar?' }),
          fact('switch.completed', '2026-12-04 16:00', { switch: 'X-1', on: '2026-12-11' }),
          ...more,
        ],
        at,
      ).map(({ task, status, closed }) => [task, status, ...(closed === undefined ? [] : [closed])]);
    expect(tasks('2026-12-10 23:59')).toEqual([['correctOrder:O-1', 'open']]);
    expect(tasks('2026-12-11 00:00')).toEqual([['correctOrder:O-1', 'done', local('2026-12-11 00:00')]]);
    const sooner = fact('switch.completed', '2026-12-08 16:00', { switch: 'X-1', on: '2026-12-08' });
    expect(tasks('2026-12-10 10:00', sooner)).toEqual([['correctOrder:O-1', 'done', local('2026-12-08 16:00')]]);
  });

  test('S12: once the order is known, it is its own provider that is to be told', () => {
    const from = order('2026-11-02 10:00');
    expect(telling(from, reached('omsorg-syd'))?.status).toBe('met');
    expect(telling(from, reached('omsorg-nord'))).not.toHaveProperty('closed');
  });

  test('S12: a mail that names no switch is of the switch under way, and tells once it has arrived', () => {
    const away = mail('mail.sent', '2026-11-27 10:01', 'leaving');
    expect(telling(away)).not.toHaveProperty('closed');
    expect(telling(away, mail('mail.delivered', '2026-11-27 10:02', 'leaving'))).toMatchObject({
      status: 'met',
      closed: local('2026-11-27 10:02'),
    });
    expect(telling(mail('mail.delivered', '2026-11-27 10:02', 'incoming'))).not.toHaveProperty('closed');
    expect(telling(mail('mail.delivered', '2026-11-26 10:02', 'leaving'))).not.toHaveProperty('closed');
  });
});
