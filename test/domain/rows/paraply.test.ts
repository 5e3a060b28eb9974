import { describe, expect, test } from 'vitest';
import { objectionsTo } from '../../../domain/case/decide.ts';
import { onlyRoutine } from '../../../domain/routine/routines.ts';
import type { Fact } from '../../../events/catalogue.ts';
import {
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
  tasksOf,
} from '../given.ts';

const LATER = '2027-06-01 12:00';
const ROUTINE = 'paraply';
const routines = onlyRoutine(routineNamed(ROUTINE));

describe('given a decision', () => {
  const decision = made('2026-12-23 10:00', { service: 'careHome', legalBasis: 'SoL' });
  const order = sent('2026-12-28 10:00', { service: 'careHome' });

  test('P1: the case officer owes a written order, softly', () => {
    expect(deadline('sendOrder', ROUTINE, [decision], LATER)).toMatchObject({
      about: 'B-1',
      row: 'P1',
      owner: 'officer',
      kind: 'soft',
      due: endOf('2026-12-28'),
      status: 'open',
    });
  });

  test('P1: which the order closes, by naming the decision or by being of its service', () => {
    const named = sent('2026-12-29 10:00', { service: 'careHome', decision: 'B-1' });
    const ofAnotherService = sent('2026-12-28 10:00', { service: 'dayActivity' });
    const ofAnotherDecision = sent('2026-12-28 10:00', { service: 'careHome', decision: 'B-2' });
    const statusWith = (sentOrder: typeof order) =>
      deadline('sendOrder', ROUTINE, [decision, sentOrder], LATER)?.status;
    expect(statusWith(order)).toBe('met');
    expect(statusWith(named)).toBe('met');
    expect(statusWith(ofAnotherService)).toBe('open');
    expect(statusWith(ofAnotherDecision)).toBe('open');
  });
});

describe('given an oral order in an acute situation', () => {
  const oral = fact('order.placedOrally', '2026-12-23 22:00', {
    order: 'O-1',
    provider: 'omsorg-syd',
    service: 'careHome',
  });

  test('P2: the written one follows promptly, softly', () => {
    expect(deadline('sendOrder', ROUTINE, [oral], LATER)).toMatchObject({
      about: 'O-1',
      row: 'P2',
      owner: 'officer',
      kind: 'soft',
      opened: local('2026-12-23 22:00'),
      status: 'open',
    });
    const written = sent('2026-12-24 08:00', { service: 'careHome' });
    expect(deadline('sendOrder', ROUTINE, [oral, written], LATER)).toMatchObject({
      status: 'met',
      closed: local('2026-12-24 08:00'),
    });
  });

  test('P2: the provider confirms the written one', () => {
    expect(deadline('confirm', ROUTINE, [oral], LATER)).toBeUndefined();
    const written = sent('2026-12-24 08:00', { service: 'careHome' });
    expect(deadline('confirm', ROUTINE, [oral, written], LATER)?.opened).toBe(local('2026-12-24 08:00'));
  });

  const dated = (date: string) => sent('2026-12-24 08:00', { service: 'careHome', dated: date });

  test.each([
    ['the same day', '2026-12-24'],
    ['the day after', '2026-12-25'],
    ['the moment it is placed', '2026-12-24T08:00:00+01:00'],
  ])('P2: a written order may be dated %s', (_what, date) => {
    expect(objectionsTo(dated(date), [oral], routines)).toMatchObject([]);
  });

  test.each([
    ['the day before', '2026-12-23'],
    ['a moment before it is placed', '2026-12-24T07:59:59.999+01:00'],
  ])('P2: a written order dated %s is refused', (_what, date) => {
    expect(objectionsTo(dated(date), [oral], routines)).toMatchObject([
      { path: '/data/dated', message: expect.stringContaining('never backdated') as string },
    ]);
  });

  test('P2: the day is that of Sweden, not of the time as written', () => {
    const justAfterMidnight = sent('2026-12-23T23:30:00Z', { service: 'careHome', dated: '2026-12-23' });
    expect(objectionsTo(justAfterMidnight, [], routines)).toHaveLength(1);
  });
});

describe('given an order sent on 23 December', () => {
  const order = sent('2026-12-23 10:00', { service: 'careHome' });

  test.each([
    ['confirm', confirmed],
    ['start', started],
  ] as const)('P4: within three weekdays comes the %s', (rule, act) => {
    expect(deadline(rule, ROUTINE, [order], '2026-12-24 09:00')).toMatchObject({
      row: 'P4',
      owner: 'provider',
      kind: 'hard',
      due: endOf('2026-12-30'),
      status: 'open',
    });
    expect(deadline(rule, ROUTINE, [order, act('2026-12-30 23:59:59.999')], LATER)?.status).toBe('met');
    expect(deadline(rule, ROUTINE, [order, act('2026-12-31 00:00')], LATER)?.status).toBe('breached');
  });

  test('P4: limits that end at the same moment stand in order of their rules', () => {
    const routine = routineNamed(ROUTINE);
    const turned = { ...routine, rules: routine.rules.toReversed() };
    expect(deadlinesOf(turned, [order], LATER).map(({ rule }) => rule)).toEqual(['confirm', 'start']);
  });

  test('P9: the plan comes within 15 weekdays of the start, over Christmas and trettondedag jul', () => {
    const facts = [order, started('2026-12-23 15:00')];
    expect(deadline('plan', ROUTINE, facts, '2026-12-24 09:00')).toMatchObject({
      row: 'P9',
      kind: 'hard',
      due: endOf('2027-01-20'),
      status: 'open',
    });
    const plan = (time: string) => fact('plan.submitted', time, { order: 'O-1', document: 'plan.pdf' });
    expect(deadline('plan', ROUTINE, [...facts, plan('2027-01-20 23:59:59.999')], LATER)?.status).toBe('met');
    expect(deadline('plan', ROUTINE, [...facts, plan('2027-01-21 00:00')], LATER)?.status).toBe('breached');
  });
});

test('P6: each place that is accepted opens a task to send the order to it', () => {
  const accepted = (time: string) => fact('placement.accepted', time, { service: 'careHome' });
  const order = sent('2026-12-02 10:00', { service: 'careHome' });
  const tasks = (...facts: Fact[]) => tasksOf(ROUTINE, facts, LATER).map(({ task, status }) => `${task} ${status}`);
  expect(tasks(accepted('2026-12-01 10:00'))).toEqual(['sendOrderToHome:careHome open']);
  expect(tasks(accepted('2026-12-01 10:00'), order, accepted('2026-12-20 10:00'))).toEqual([
    'sendOrderToHome:careHome done',
    'sendOrderToHome:careHome:2 open',
  ]);
});

test('P11: a queue is watched once at a time, and anew when the client queues again after a place was offered', () => {
  const about = { service: 'dayActivity' };
  const queued = (time: string) => fact('queue.entered', time, about);
  const offered = fact('placement.offered', '2026-12-03 10:00', about);
  const watching = (...facts: Fact[]) =>
    tasksOf(ROUTINE, facts, LATER).flatMap(({ task, status }) =>
      task.startsWith('offerPlace') ? [[task, status]] : [],
    );
  const both = [queued('2026-12-01 10:00'), queued('2026-12-02 10:00')];
  expect(watching(...both)).toEqual([['offerPlace:dayActivity', 'open']]);
  expect(watching(...both, offered)).toEqual([['offerPlace:dayActivity', 'done']]);
  expect(watching(...both, offered, queued('2027-02-01 10:00'))).toEqual([
    ['offerPlace:dayActivity', 'done'],
    ['offerPlace:dayActivity:2', 'open'],
  ]);
});

test('P8: short-term and profile homes lie outside free choice', () => {
  const { services } = routineNamed(ROUTINE);
  expect([services['shortTerm']?.choiceFree, services['profileHome']?.choiceFree]).toEqual([false, false]);
  expect(services['careHome']?.choiceFree).toBeUndefined();
});
