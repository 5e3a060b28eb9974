import { describe, expect, test } from 'vitest';
import { deadline, deadlinesOf, endOf, fact, local, sent, started } from '../given.ts';

const LATER = '2028-06-01 12:00';
const ROUTINE = 'lov-hemtjanst';

const submitted = (time: string) => fact('plan.submitted', time, { order: 'O-1' });
const revised = (time: string) => fact('plan.revised', time, { order: 'O-1' });
const changed = (time: string) => fact('service.changed', time, { order: 'O-1', reason: 'increased' });

const revisions = (...facts: Parameters<typeof deadline>[2]) =>
  deadlinesOf(ROUTINE, facts, LATER)
    .filter(({ rule }) => rule === 'planRevision')
    .map(({ opened, due, status, kind }) => ({ opened, due, status, kind }));

test.each([
  ['L5: palliative care starts within 24 hours', 'palliative', 'L5', '2026-12-24 15:00'],
  ['L6: personal care starts within 48 hours', 'personalCare', 'L6', '2026-12-25 15:00'],
])('%s, with no cutoff and whatever day it is', (_name, service, row, due) => {
  const order = sent('2026-12-23 15:00', { service });
  expect(deadline('start', ROUTINE, [order], LATER)).toMatchObject({
    row,
    kind: 'hard',
    due: local(due),
    status: 'breached',
  });
  expect(deadline('start', ROUTINE, [order, started(due)], LATER)?.status).toBe('breached');
  expect(deadline('start', ROUTINE, [order, started('2026-12-24 14:59:59.999')], LATER)?.status).toBe('met');
});

describe('given an order of service', () => {
  const order = sent('2026-12-23 15:00', { service: 'service' });
  const contacted = (time: string) => fact('client.contacted', time, { order: 'O-1' });

  test('L7: the client is contacted within three days', () => {
    expect(deadline('contact', ROUTINE, [order], '2026-12-24 09:00')).toMatchObject({
      row: 'L7',
      owner: 'provider',
      kind: 'hard',
      due: endOf('2026-12-26'),
      status: 'open',
    });
    expect(deadline('contact', ROUTINE, [order, contacted('2026-12-26 23:59:59.999')], LATER)?.status).toBe('met');
    expect(deadline('contact', ROUTINE, [order, contacted('2026-12-27 00:00')], LATER)?.status).toBe('breached');
  });

  test('L7: and it has no limit of its own to start', () => {
    expect(deadline('start', ROUTINE, [order], LATER)).toBeUndefined();
  });
});

describe('given a service that started on 25 December', () => {
  const order = sent('2026-12-23 15:00');

  test('L9: the plan comes within seven days of the start', () => {
    const facts = [order, started('2026-12-25 09:00')];
    expect(deadline('plan', ROUTINE, facts, '2026-12-26 09:00')).toMatchObject({
      row: 'L9',
      kind: 'hard',
      due: endOf('2027-01-01'),
      status: 'open',
    });
    expect(deadline('plan', ROUTINE, [...facts, submitted('2027-01-01 23:59:59.999')], LATER)?.status).toBe('met');
    expect(deadline('plan', ROUTINE, [...facts, submitted('2027-01-02 00:00')], LATER)?.status).toBe('breached');
  });

  test('L9: counted from the date of the start, though it is reported later', () => {
    const facts = [order, started('2026-12-28 09:00', { date: '2026-12-25' })];
    expect(deadline('plan', ROUTINE, facts, LATER)).toMatchObject({
      opened: local('2026-12-25 00:00'),
      due: endOf('2027-01-01'),
    });
  });

  test('L9: no plan is owed before the service has started', () => {
    expect(deadline('plan', ROUTINE, [order], LATER)).toBeUndefined();
  });
});

describe('given a plan submitted on 31 August', () => {
  const order = sent('2026-08-20 10:00');
  const plan = submitted('2026-08-31 10:00');

  test('L10: it is revised within six months, softly', () => {
    expect(revisions(order, plan)).toEqual([
      { opened: local('2026-08-31 10:00'), due: endOf('2027-02-28'), status: 'open', kind: 'soft' },
    ]);
  });

  test('L10: and again within six months of each revision', () => {
    expect(revisions(order, plan, revised('2027-01-15 10:00'))).toEqual([
      { opened: local('2026-08-31 10:00'), due: endOf('2027-02-28'), status: 'met', kind: 'soft' },
      { opened: local('2027-01-15 10:00'), due: endOf('2027-07-15'), status: 'open', kind: 'soft' },
    ]);
  });

  test('L10: a plan submitted anew counts as the last one', () => {
    expect(revisions(order, plan, submitted('2026-11-02 10:00')).map(({ due, status }) => [due, status])).toEqual([
      [endOf('2027-02-28'), 'met'],
      [endOf('2027-05-02'), 'open'],
    ]);
  });

  test('L10: two revisions told in the same moment leave one revision to come', () => {
    const twice = [revised('2027-01-15 10:00'), revised('2027-01-15 10:00')];
    expect(revisions(order, plan, ...twice).map(({ status }) => status)).toEqual(['met', 'met', 'open']);
  });

  test('L10: a change of the service opens a revision of its own', () => {
    expect(revisions(order, plan, changed('2026-10-01 10:00'))).toEqual([
      { opened: local('2026-10-01 10:00'), due: endOf('2026-10-15'), status: 'open', kind: 'soft' },
      { opened: local('2026-08-31 10:00'), due: endOf('2027-02-28'), status: 'open', kind: 'soft' },
    ]);
    expect(
      revisions(order, plan, changed('2026-10-01 10:00'), revised('2026-10-20 10:00')).map(({ status }) => status),
    ).toEqual(['met', 'met', 'open']);
  });

  test('L10: a plan submitted after a change takes it in, one from before the change does not', () => {
    const anew = submitted('2026-10-05 10:00');
    expect(revisions(order, changed('2026-10-01 10:00'), anew).map(({ status }) => status)).toEqual(['met', 'open']);
    expect(revisions(order, anew, changed('2026-10-06 10:00')).map(({ status }) => status)).toEqual(['open', 'open']);
  });

  test('L10: a revision that is put off, or laid aside, is the one that runs then, not the next', () => {
    const putOff = fact('deadline.postponed', '2027-02-01 10:00', {
      order: 'O-1',
      rule: 'planRevision',
      until: '2027-04-30',
      by: 'client',
      reason: 'Bortrest.',
    });
    const aside = fact('deadline.snoozed', '2027-02-01 10:00', {
      order: 'O-1',
      rule: 'planRevision',
      until: '2027-04-30',
      reason: 'Bortrest.',
    });
    const facts = [order, plan, putOff, aside, changed('2027-03-01 10:00'), revised('2027-03-10 10:00')];
    const judged = deadlinesOf('lov-hemtjanst', facts, '2027-03-11 10:00').filter(
      ({ rule }) => rule === 'planRevision',
    );
    expect(judged.map(({ due, postponed, snoozed }) => [due, postponed?.by, snoozed?.reason])).toEqual([
      [endOf('2027-03-15'), undefined, undefined],
      [endOf('2027-04-30'), 'client', 'Bortrest.'],
      [endOf('2027-09-10'), undefined, undefined],
    ]);
  });

  test('L10: when the service has ended, nothing is left to revise', () => {
    const ended = fact('service.ended', '2026-12-01 10:00', { order: 'O-1', on: '2026-11-30', reason: 'ended' });
    expect(revisions(order, plan, ended).map(({ status }) => status)).toEqual(['cancelled']);
  });
});

describe('given an order of days and nights', () => {
  const both = sent('2026-08-17 10:00', { shifts: ['day', 'night'] });
  const starts = (...facts: Parameters<typeof deadlinesOf>[1]) =>
    deadlinesOf('lov-hemtjanst', [both, ...facts], '2026-08-17 15:00')
      .filter(({ rule }) => rule === 'start')
      .map(({ about, status }) => [about, status]);

  test('L2: the order of the nights is replaced by itself, and both together by the name of the whole', () => {
    const anew = (replaces: string) => sent('2026-08-17 12:00', { order: 'O-2', shifts: ['night'], replaces });
    expect(starts(anew('O-1/night'))).toEqual([
      ['O-1', 'open'],
      ['O-1/night', 'cancelled'],
      ['O-2', 'open'],
    ]);
    expect(starts(anew('O-1'))).toEqual([
      ['O-1', 'cancelled'],
      ['O-1/night', 'cancelled'],
      ['O-2', 'open'],
    ]);
  });
});

test('L2, L4: a switch of the nights ends with them when the whole order is replaced', () => {
  const wish = { switch: 'S-1', service: 'personalCare', from: 'O-1/night', toProvider: 'ny' };
  const facts = [
    sent('2026-11-23 10:00', { shifts: ['day', 'night'] }),
    fact('switch.requested', '2026-12-01 10:00', wish),
    sent('2026-12-02 10:00', { order: 'O-2', replaces: 'O-1' }),
  ];
  expect(deadline('switch', ROUTINE, facts.slice(0, 2), LATER)?.status).toBe('breached');
  expect(deadline('switch', ROUTINE, facts, LATER)?.status).toBe('cancelled');
});
