import { describe, expect, test } from 'vitest';
import type { TaskRecord } from '../../../domain/case/describe.ts';
import type { Fact } from '../../../events/catalogue.ts';
import { caseOf, confirmed, deadline, deadlinesOf, endOf, fact, local, sent, started, tasksOf } from '../given.ts';

const LATER = '2027-06-01 12:00';

const rulesOf = (...args: Parameters<typeof deadlinesOf>): string[] => deadlinesOf(...args).map(({ rule }) => rule);

describe('given an order of personal care sent on 23 December at 15:00', () => {
  const order = sent('2026-12-23 15:00');

  test('K2: the provider owes a confirmation by the end of the next day, julafton though it is', () => {
    expect(deadline('confirm', 'kundval', [order], '2026-12-23 15:01')).toEqual({
      rule: 'confirm',
      about: 'O-1',
      owner: 'provider',
      kind: 'hard',
      opened: '2026-12-23T14:00:00Z',
      due: '2026-12-24T23:00:00Z',
      status: 'open',
      routine: 'kundval',
      row: 'K2',
    });
  });

  test('K2: a confirmation one millisecond before the limit is in time, and one at the limit is late', () => {
    const inTime = confirmed('2026-12-24 23:59:59.999');
    const late = confirmed('2026-12-25 00:00');
    expect(deadline('confirm', 'kundval', [order, inTime], LATER)).toMatchObject({
      status: 'met',
      closed: '2026-12-24T22:59:59.999Z',
    });
    expect(deadline('confirm', 'kundval', [order, late], LATER)).toMatchObject({
      status: 'breached',
      closed: '2026-12-24T23:00:00Z',
    });
  });

  test('K2: without a confirmation it is open until the limit and breached at it', () => {
    expect(deadline('confirm', 'kundval', [order], '2026-12-24 23:59:59.999')?.status).toBe('open');
    expect(deadline('confirm', 'kundval', [order], '2026-12-25 00:00')?.status).toBe('breached');
    expect(deadline('confirm', 'kundval', [order], '2026-12-25 00:00')).not.toHaveProperty('closed');
  });

  test('K2: the first of two confirmations counts', () => {
    const twice = [order, confirmed('2026-12-25 09:00'), confirmed('2026-12-24 09:00')];
    expect(deadline('confirm', 'kundval', twice, LATER)).toMatchObject({
      status: 'met',
      closed: local('2026-12-24 09:00'),
    });
  });

  test('K2: a confirmation of another order does not help', () => {
    const other = confirmed('2026-12-24 09:00', { order: 'O-2' });
    expect(deadline('confirm', 'kundval', [order, other], LATER)?.status).toBe('breached');
  });

  test.each(['link', 'mail', 'webhook', 'api'] as const)('K3: a confirmation by %s counts', (channel) => {
    const facts = [order, confirmed('2026-12-24 09:00', { channel })];
    expect(deadline('confirm', 'kundval', facts, LATER)?.status).toBe('met');
  });

  test('K3: the case officer can confirm on the provider’s behalf, and the channel stands on record', () => {
    const onBehalf = confirmed('2026-12-24 09:00', { channel: 'officer', onBehalfOf: 'omsorg-syd' });
    const { file, deadlines } = caseOf('kundval', [order, onBehalf], LATER);
    expect(deadlines.find(({ rule }) => rule.id === 'confirm')?.status).toBe('met');
    expect(file.orders.get('O-1')?.entries.at(-1)?.fact.data).toMatchObject({
      channel: 'officer',
      onBehalfOf: 'omsorg-syd',
    });
  });

  test('K4: the service starts within 48 hours, Christmas Day though it is', () => {
    expect(deadline('start', 'kundval', [order], '2026-12-24 12:00')).toMatchObject({
      owner: 'provider',
      kind: 'hard',
      row: 'K4',
      opened: local('2026-12-23 15:00'),
      due: local('2026-12-25 15:00'),
      status: 'open',
    });
    const inTime = [order, started('2026-12-25 14:59:59.999')];
    const late = [order, started('2026-12-25 15:00')];
    expect(deadline('start', 'kundval', inTime, LATER)?.status).toBe('met');
    expect(deadline('start', 'kundval', late, LATER)?.status).toBe('breached');
  });

  test('K4: the confirmation does not move it', () => {
    const facts = [order, confirmed('2026-12-24 09:00')];
    expect(deadline('start', 'kundval', facts, LATER)?.due).toBe(local('2026-12-25 15:00'));
  });
});

test('K4: 48 hours are elapsed hours, when the clock is moved too', () => {
  expect(deadline('start', 'kundval', [sent('2026-10-24 10:00')], LATER)?.due).toBe(local('2026-10-26 09:00'));
  expect(deadline('start', 'kundval', [sent('2026-03-28 10:00')], LATER)?.due).toBe(local('2026-03-30 11:00'));
});

describe('given an order of service sent on 1 December', () => {
  const order = sent('2026-12-01 10:00', { service: 'service' });

  test('K5: it starts within seven days of being sent, as long as the receipt is not known', () => {
    expect(deadline('start', 'kundval', [order], '2026-12-02 10:00')).toMatchObject({
      row: 'K5',
      opened: local('2026-12-01 10:00'),
      due: endOf('2026-12-08'),
    });
  });

  test('K5: the limit moves to seven days from the confirmation when it comes', () => {
    expect(deadline('start', 'kundval', [order, confirmed('2026-12-02 08:00')], '2026-12-02 10:00')).toMatchObject({
      opened: local('2026-12-02 08:00'),
      due: endOf('2026-12-09'),
      status: 'open',
    });
  });

  test('K5: a start that was late by the first limit is in time by the moved one', () => {
    const facts = [order, started('2026-12-09 15:00')];
    expect(deadline('start', 'kundval', facts, LATER)?.status).toBe('breached');
    expect(deadline('start', 'kundval', [...facts, confirmed('2026-12-02 08:00')], LATER)?.status).toBe('met');
  });

  test('K5: and it counts from the first confirmation', () => {
    const facts = [order, confirmed('2026-12-04 08:00'), confirmed('2026-12-02 08:00')];
    expect(deadline('start', 'kundval', facts, LATER)?.due).toBe(endOf('2026-12-09'));
  });
});

/** The officer's task to register the start, if there is one. */
const registerStart = (...facts: Fact[]): TaskRecord | undefined =>
  tasksOf('kundval', facts, LATER).find(({ task }) => task.startsWith('registerStart:'));

describe('given a provider without the operational system', () => {
  const order = sent('2026-12-01 10:00', {}, { providerconnected: false });
  const start = started('2026-12-02 10:00');

  test('K7: the reported start opens the officer’s task to register it', () => {
    expect(registerStart(order)).toBeUndefined();
    expect(registerStart(order, start)).toEqual({
      task: 'registerStart:O-1',
      about: 'O-1',
      owner: 'officer',
      duty: 'lägga in verkställighetsdatum',
      row: 'K7',
      opened: local('2026-12-02 10:00'),
      status: 'open',
    });
  });

  test('K7: which registering closes, or ticking it off', () => {
    const registered = fact('start.registered', '2026-12-03 09:00', { order: 'O-1', date: '2026-12-02' });
    const ticked = fact('task.done', '2026-12-04 09:00', { task: 'registerStart:O-1' });
    const other = fact('task.done', '2026-12-04 09:00', { task: 'registerStart:O-2' });
    const done = (closed: string) => ({ status: 'done', closed: local(closed) });
    expect(registerStart(order, start, registered)).toMatchObject(done('2026-12-03 09:00'));
    expect(registerStart(order, start, ticked)).toMatchObject(done('2026-12-04 09:00'));
    expect(registerStart(order, start, other)).toMatchObject({ status: 'open' });
  });

  test('K7: a day that was registered before the provider told it is registered, another is not', () => {
    const registered = (date: string) => fact('start.registered', '2026-12-02 09:00', { order: 'O-1', date });
    expect(registerStart(order, start, registered('2026-12-02'))).toMatchObject({
      status: 'done',
      closed: local('2026-12-02 10:00'),
    });
    expect(registerStart(order, start, registered('2026-12-01'))).toMatchObject({ status: 'open' });
  });

  test('K9: the report of an end is owed when the case officer tells it first, not when the provider has', () => {
    const ended = (time: string, more: object = {}) =>
      fact('service.ended', time, { order: 'O-1', on: '2026-12-14', reason: 'deceased' }, more);
    const report = (...facts: Fact[]) =>
      tasksOf('kundval', [order, ...facts], LATER).find(({ task }) => task === 'reportEnd:O-1');
    const byOfficer = ended('2026-12-15 10:00');
    expect(report(byOfficer)).toMatchObject({ owner: 'provider', status: 'open' });
    expect(report(byOfficer, ended('2026-12-16 10:00', { door: 'link' }))).toMatchObject({
      status: 'done',
      closed: local('2026-12-16 10:00'),
    });
    expect(report(byOfficer, ended('2026-12-14 10:00', { door: 'link' }))).toMatchObject({
      status: 'done',
      closed: local('2026-12-15 10:00'),
    });
    expect(report(byOfficer, ended('2026-12-16 10:00'))).toMatchObject({ status: 'open' });
  });

  test('K7: cleaning is left out', () => {
    const cleaning = sent('2026-12-01 10:00', { service: 'cleaning' }, { providerconnected: false });
    expect(registerStart(cleaning, start)).toBeUndefined();
  });
});

test('K6: a provider with the operational system enters the start itself, so no task is opened', () => {
  const order = sent('2026-12-01 10:00', {}, { providerconnected: true });
  expect(registerStart(order, started('2026-12-02 10:00'))).toBeUndefined();
});

test('K8: cleaning has neither a confirmation nor a start to be late with', () => {
  const cleaning = sent('2026-12-01 10:00', { service: 'cleaning' });
  expect(rulesOf('kundval', [cleaning], LATER)).toEqual([]);
});

test('K8: and its certificate, start, change and end are kept with the case', () => {
  const facts = [
    sent('2026-12-01 10:00', { service: 'cleaning' }),
    fact('certificate.issued', '2026-12-01 11:00', { service: 'cleaning', provider: 'stad-ab' }),
    started('2026-12-07 09:00'),
    fact('service.changed', '2027-01-11 09:00', { order: 'O-1', reason: 'increased' }),
    fact('service.ended', '2027-03-01 09:00', { order: 'O-1', on: '2027-02-28', reason: 'moved' }),
  ];
  const view = caseOf('kundval', facts, LATER);
  expect(view.deadlines).toEqual([]);
  expect(view.file.orders.get('O-1')?.ended?.fact.data).toMatchObject({ on: '2027-02-28', reason: 'moved' });
  expect(view.file.entries.map(({ name }) => name)).toContain('certificate.issued');
});

test('K13: day activity is confirmed the next day, and has no start of its own', () => {
  expect(rulesOf('kundval', [sent('2026-12-01 10:00', { service: 'dayActivity' })], LATER)).toEqual(['confirm']);
});
