import { describe, expect, test } from 'vitest';
import { ivoRows, parseQuarter } from '../../../domain/case/ivo.ts';
import { deadline, deadlinesOf, endOf, fact, local, made, sent, started } from '../given.ts';

const LATER = '2028-06-01 12:00';

const paused = (time: string, from: string, to?: string) =>
  fact('service.paused', time, { order: 'O-1', from, reason: 'Sjukhusvistelse.', ...(to !== undefined && { to }) });
const resumed = (time: string, on: string) => fact('service.resumed', time, { order: 'O-1', on });
const postponed = (rule: string, until: string, time = '2026-12-02 10:00') =>
  fact('deadline.postponed', time, { order: 'O-1', rule, until, by: 'client', reason: 'Vill vänta till våren.' });
const ended = (order: string, time: string, reason: 'ended' | 'moved' | 'deceased' | 'switched') =>
  fact('service.ended', time, { order, on: time.slice(0, 10), reason });

describe('given a decision made on 30 November', () => {
  const decision = made('2026-11-30 10:00', { service: 'personalCare', legalBasis: 'SoL' });
  const order = sent('2026-12-01 10:00', { decision: 'B-1' });
  const execution = (...facts: Parameters<typeof deadline>[2]) =>
    deadline('ivoExecution', 'kundval', [decision, ...facts], LATER);

  test('B8: it is executed within three months, which end with a shorter month', () => {
    expect(deadline('ivoExecution', 'kundval', [decision], '2026-12-01 10:00')).toMatchObject({
      about: 'B-1',
      routine: 'common',
      owner: 'officer',
      kind: 'hard',
      due: endOf('2027-02-28'),
      status: 'open',
    });
    expect(execution(order, started('2027-02-28 23:59:59.999'))?.status).toBe('met');
    expect(execution(order, started('2027-03-01 00:00'))?.status).toBe('breached');
  });

  test('B8: beside every routine', () => {
    for (const routine of ['kundval', 'hemtjanst', 'lov-hemtjanst', 'paraply', 'ledsagning'])
      expect(deadline('ivoExecution', routine, [decision], LATER)?.status).toBe('breached');
  });

  test('B8: counted from the day of the decision, though it is told later', () => {
    const toldLater = made('2026-12-15 10:00', { on: '2026-11-30' });
    expect(deadline('ivoExecution', 'ledsagning', [toldLater], LATER)?.due).toBe(endOf('2027-02-28'));
  });

  test('B8: a pause never stops it', () => {
    expect(execution(order, paused('2026-12-05 10:00', '2026-12-05'))).toMatchObject({
      due: endOf('2027-02-28'),
      status: 'breached',
    });
  });

  test('B8: nor does an agreement move it; who put it off, until when and why stands there', () => {
    const agreed = fact('start.agreed', '2026-12-02 10:00', { order: 'O-1', date: '2027-04-01', agreedWith: 'client' });
    expect(execution(order, agreed, postponed('ivoExecution', '2027-04-01'))).toMatchObject({
      due: endOf('2027-02-28'),
      status: 'breached',
      postponed: { until: '2027-04-01', by: 'client', reason: 'Vill vänta till våren.' },
    });
  });

  test('B8: an order recalled and sent anew, or a switch of provider, does not end it', () => {
    const recalled = fact('order.recalled', '2026-12-02 10:00', { order: 'O-1', reason: 'Fel.' });
    const anew = sent('2026-12-03 10:00', { order: 'O-2', decision: 'B-1', replaces: 'O-1' });
    expect(execution(order, recalled)?.status).toBe('breached');
    expect(execution(order, recalled, anew, started('2026-12-10 10:00', { order: 'O-2' }))?.status).toBe('met');
    expect(execution(order, ended('O-1', '2026-12-10 10:00', 'switched'))?.status).toBe('breached');
  });

  test('B8, P2: a service that is given on an oral order is executed, though the written one is owed still', () => {
    const orally = (id: string) =>
      fact('order.placedOrally', '2026-12-01 10:00', { order: id, provider: 'omsorg-syd', service: 'personalCare' });
    expect(execution(orally('O-1'))?.status).toBe('breached');
    expect(execution(orally('O-1'), started('2026-12-02 10:00'))?.status).toBe('met');
    expect(execution(orally('O-1'), ended('O-1', '2026-12-02 10:00', 'deceased'))?.status).toBe('cancelled');
    // Written down under another name, the oral one has no say in when it ends.
    const written = sent('2026-12-02 10:00', { order: 'O-2', decision: 'B-1' });
    expect(execution(orally('O-1'), written, ended('O-2', '2026-12-03 10:00', 'deceased'))?.status).toBe('cancelled');
    const owed = deadlinesOf('paraply', [decision, orally('O-1'), started('2026-12-02 10:00')], LATER);
    expect(owed.filter(({ rule }) => rule === 'sendOrder').map(({ status }) => status)).toEqual(['open', 'open']);
  });

  test('B8: an order of another service, in place of one on the decision, is on that decision too', () => {
    const worse = sent('2026-12-03 10:00', { order: 'O-2', service: 'palliative', replaces: 'O-1' });
    const again = sent('2026-12-04 10:00', { order: 'O-3', service: 'palliative', replaces: 'O-2' });
    expect(execution(order, worse, started('2026-12-03 15:00', { order: 'O-2' }))?.status).toBe('met');
    expect(execution(order, worse, again, started('2026-12-04 15:00', { order: 'O-3' }))?.status).toBe('met');
  });

  test('B8: the end of all that was ordered ends it, the end of a part does not', () => {
    const night = sent('2026-12-01 10:00', { order: 'O-2', decision: 'B-1', shifts: ['night'] });
    const part = ended('O-1', '2026-12-10 10:00', 'ended');
    expect(execution(order, ended('O-1', '2026-12-10 10:00', 'deceased'))?.status).toBe('cancelled');
    expect(execution(order, night, part)?.status).toBe('breached');
    expect(execution(order, night, part, ended('O-2', '2026-12-11 10:00', 'moved'))?.status).toBe('cancelled');
  });

  test('B8: what is ordered beside an order that ended carries the decision on until it ends too', () => {
    const other = sent('2026-12-01 10:00', { order: 'O-2', decision: 'B-1' });
    const part = ended('O-1', '2026-12-10 10:00', 'ended');
    const recalled = (time: string) => fact('order.recalled', time, { order: 'O-2', reason: 'Fel.' });
    const begun = started('2026-12-14 10:00', { order: 'O-2' });
    expect(execution(order, other, part, begun, recalled('2026-12-15 10:00'))?.status).toBe('met');
    expect(execution(order, other, part, recalled('2026-12-15 10:00'))?.status).toBe('cancelled');
    expect(execution(order, other, part, recalled('2027-03-15 10:00'))?.status).toBe('breached');
  });

  test('B8: a recalled order that there is no more need for, as after a death, ends the decision', () => {
    const recalled = fact('order.recalled', '2026-12-02 10:00', { order: 'O-1', reason: 'Avliden.' });
    expect(execution(order, recalled, ended('O-1', '2026-12-03 10:00', 'deceased'))?.status).toBe('cancelled');
    expect(execution(order, recalled, ended('O-1', '2026-12-03 10:00', 'switched'))?.status).toBe('breached');
    expect(execution(order, recalled, ended('O-1', '2027-03-03 10:00', 'deceased'))?.status).toBe('breached');
    // So does what is told of the order that the recalled one took the place of, but not while the new one is to be given.
    const anew = sent('2026-12-02 10:00', { order: 'O-2', decision: 'B-1', replaces: 'O-1' });
    const died = ended('O-1', '2026-12-03 10:00', 'deceased');
    expect(execution(order, anew, died)?.status).toBe('breached');
    const again = fact('order.recalled', '2026-12-03 09:00', { order: 'O-2', reason: 'Avliden.' });
    expect(execution(order, anew, again, died)?.status).toBe('cancelled');
  });
});

describe('given the list of a quarter, and a decision whose three months ended in it', () => {
  const decision = made('2026-11-30 10:00', { service: 'personalCare', legalBasis: 'SoL' });
  const order = sent('2026-12-01 10:00', { decision: 'B-1' });
  const rows = (...facts: Parameters<typeof ivoRows>[0]) => {
    const quarter = parseQuarter('2027Q1');
    return quarter && ivoRows([decision, order, ...facts], quarter);
  };
  const notExecuted = fact('service.notExecuted', '2026-12-05 10:00', { order: 'O-1', reason: 'Ingen öppnade.' });

  test('B8: why it waits and who asked for that is told, though the start was put off and not the limit of the law', () => {
    expect(rows(notExecuted)).toMatchObject([{ decision: 'B-1', reason: 'Ingen öppnade.' }]);
    expect(rows(notExecuted, postponed('start', '2027-04-01', '2026-12-03 10:00'))).toMatchObject([
      { reason: 'Vill vänta till våren.', postponedBy: 'client' },
    ]);
  });

  test('B8: its days are counted until it was executed or its service ended, else to the end of the quarter', () => {
    const ending = (time: string) => ended('O-1', time, 'deceased');
    expect(rows()).toMatchObject([{ days: 121 }]);
    expect(rows(started('2027-03-10 10:00'))).toMatchObject([{ executedOn: '2027-03-10', days: 100 }]);
    expect(rows(ending('2027-03-10 10:00'))).toMatchObject([{ days: 100 }]);
    expect(rows(ending('2027-04-01 10:00'))).toMatchObject([{ days: 121 }]);
  });

  test('B8: of two who put it off the limit of the law is told first; a plan put off is no reason', () => {
    const byOfficer = fact('deadline.postponed', '2026-12-02 10:00', {
      order: 'O-1',
      rule: 'ivoExecution',
      until: '2027-04-01',
      by: 'officer',
      reason: 'Bostaden byggs om.',
    });
    expect(rows(byOfficer, postponed('start', '2027-04-01', '2026-12-03 10:00'))).toMatchObject([
      { reason: 'Bostaden byggs om.', postponedBy: 'officer' },
    ]);
    const [row] = rows(postponed('plan', '2027-04-01')) ?? [];
    expect(row).not.toHaveProperty('reason');
    expect(row).not.toHaveProperty('postponedBy');
  });
});

describe('given a service paused from 30 November', () => {
  const facts = [sent('2026-11-01 10:00'), started('2026-11-02 10:00'), paused('2026-12-02 10:00', '2026-11-30')];
  const interruption = (...more: Parameters<typeof deadline>[2]) =>
    deadline('ivoInterruption', 'kundval', [...facts, ...more], LATER);

  test('B8: it is taken up again within three months of the interruption', () => {
    expect(interruption()).toMatchObject({
      about: 'O-1',
      routine: 'common',
      owner: 'officer',
      kind: 'hard',
      opened: local('2026-11-30 00:00'),
      due: endOf('2027-02-28'),
      status: 'breached',
    });
    expect(interruption(resumed('2027-03-02 10:00', '2027-02-28'))?.status).toBe('met');
    expect(interruption(resumed('2027-03-02 10:00', '2027-03-01'))?.status).toBe('breached');
  });

  test('B8: who put off one interruption, and why, is not told of the next', () => {
    const again = [resumed('2027-01-10 10:00', '2027-01-10'), paused('2027-03-01 10:00', '2027-03-01')];
    const put = postponed('ivoInterruption', '2027-04-01', '2026-12-10 10:00');
    const both = deadlinesOf('kundval', [...facts, put, ...again], LATER).filter(
      ({ rule }) => rule === 'ivoInterruption',
    );
    expect(both.map((one) => one.postponed?.reason)).toEqual(['Vill vänta till våren.', undefined]);
    const quarter = parseQuarter('2027Q2');
    expect(quarter && ivoRows([...facts, put, ...again], quarter)).toEqual([
      expect.not.objectContaining({ postponedBy: 'client' }),
    ]);
  });

  test('B8: each interruption has its own three months', () => {
    const again = [resumed('2027-01-10 10:00', '2027-01-10'), paused('2027-02-01 10:00', '2027-02-01')];
    const both = deadlinesOf('kundval', [...facts, ...again], LATER).filter(({ rule }) => rule === 'ivoInterruption');
    expect(both.map(({ due, status }) => [due, status])).toEqual([
      [endOf('2027-02-28'), 'met'],
      [endOf('2027-05-01'), 'breached'],
    ]);
  });

  test('B8: an interruption that is told again, with its end, is one on the list', () => {
    const quarter = parseQuarter('2027Q1');
    const again = paused('2027-01-15 10:00', '2026-11-30', '2027-03-31');
    expect(quarter && ivoRows([...facts, again], quarter)).toMatchObject([
      { kind: 'interrupted', interruptedOn: '2026-11-30', days: 121 },
    ]);
  });

  test('B8: taken up again before it was interrupted does not count, on the same day it does', () => {
    expect(interruption(resumed('2026-12-10 10:00', '2026-11-29'))?.status).toBe('breached');
    expect(interruption(resumed('2026-12-10 10:00', '2026-11-30'))?.status).toBe('met');
  });

  test('B8: a pause told at once and taken up the same day, told later, is taken up', () => {
    const day = [
      sent('2026-11-01 10:00'),
      paused('2026-11-30 10:00', '2026-11-30'),
      resumed('2026-12-02 10:00', '2026-11-30'),
    ];
    expect(deadline('ivoInterruption', 'kundval', day, LATER)?.status).toBe('met');
  });

  test('B8: when the service has ended there is nothing to take up', () => {
    expect(interruption(ended('O-1', '2026-12-20 10:00', 'ended'))?.status).toBe('cancelled');
  });
});

describe('given an order of days and nights, of which the nights are an order of their own', () => {
  const decision = made('2026-10-31 10:00', { service: 'personalCare', legalBasis: 'SoL' });
  const order = sent('2026-11-01 10:00', { decision: 'B-1', routine: 'lov-hemtjanst', shifts: ['day', 'night'] });
  const begun = started('2026-11-02 23:00', { order: 'O-1/night' });
  const listed = (...facts: Parameters<typeof ivoRows>[0]) => {
    const quarter = parseQuarter('2027Q1');
    return quarter && ivoRows([decision, order, ...facts], quarter);
  };

  test('B8, L2: the decision is executed by the nights too, on the list as on the case', () => {
    expect(listed()).toMatchObject([{ decision: 'B-1', kind: 'notExecuted' }]);
    expect(listed(begun)).toEqual([]);
  });

  test('B8, L2: nights that stand still are on the list', () => {
    const still = fact('service.paused', '2026-11-30 10:00', {
      order: 'O-1/night',
      from: '2026-11-30',
      reason: 'Sjukhusvistelse.',
    });
    expect(listed(begun, still)).toMatchObject([
      { decision: 'B-1', order: 'O-1/night', kind: 'interrupted', interruptedOn: '2026-11-30' },
    ]);
  });
});

describe('given a limit that is put off', () => {
  const order = sent('2026-12-01 10:00');

  test('the date’s end, or the moment named, is the new limit, and it says who, until when and why', () => {
    expect(deadline('confirm', 'kundval', [order, postponed('confirm', '2026-12-10')], LATER)).toMatchObject({
      due: endOf('2026-12-10'),
      postponed: { until: '2026-12-10', by: 'client', reason: 'Vill vänta till våren.' },
    });
    const moment = postponed('confirm', local('2026-12-10 12:00'));
    expect(deadline('confirm', 'kundval', [order, moment], LATER)?.due).toBe(local('2026-12-10 12:00'));
  });

  test('only the rule named is put off', () => {
    const facts = [order, postponed('confirm', '2026-12-10')];
    expect(deadline('start', 'kundval', facts, LATER)).toMatchObject({ due: local('2026-12-03 10:00') });
    expect(deadline('start', 'kundval', facts, LATER)).not.toHaveProperty('postponed');
  });

  test('an earlier date does not shorten it', () => {
    const facts = [order, postponed('confirm', '2026-12-01', '2026-12-01 11:00')];
    expect(deadline('confirm', 'kundval', facts, LATER)?.due).toBe(endOf('2026-12-02'));
  });

  test('what is put off once the limit has passed stays breached', () => {
    const late = postponed('confirm', '2026-12-10', endOf('2026-12-02'));
    expect(deadline('confirm', 'kundval', [order, late], LATER)).toMatchObject({
      due: endOf('2026-12-02'),
      status: 'breached',
    });
  });

  test('it can be put off again while it runs', () => {
    const facts = [order, postponed('confirm', '2026-12-10'), postponed('confirm', '2026-12-20', '2026-12-09 10:00')];
    expect(deadline('confirm', 'kundval', facts, LATER)?.due).toBe(endOf('2026-12-20'));
  });
});
