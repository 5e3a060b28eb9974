import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeSwitches } from '../../domain/case/describe.ts';
import { objectionsTo } from '../../domain/case/decide.ts';
import { checkRoutine } from '../../domain/routine/check.ts';
import { onlyRoutine, shippedRoutines } from '../../domain/routine/routines.ts';
import type { Routine } from '../../domain/routine/schema.ts';
import type { Fact } from '../../events/catalogue.ts';
import { caseOf, confirmed, deadline, endOf, fact, local, made, noticesOf, sent, started, told } from './given.ts';

/*
 * Row B1: routines of shapes that the five shipped ones do not have, as data files alone. Every date is worked out by hand;
 * what the calendar adds to it stands beside.
 */

const exampleNamed = (file: string): Routine => {
  const text = readFileSync(new URL(`../../domain/routine/examples/${file}.json`, import.meta.url), 'utf8');
  const result = checkRoutine(JSON.parse(text));
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.routine;
};

const LATER = '2029-12-01 12:00';

const sameDay = exampleNamed('samma-dag');
const theFirst = exampleNamed('byte-den-forsta');
const arrival = exampleNamed('fore-ankomst');

test('B1: an example is a file like any other, and marked as one', () => {
  for (const { id, name, rules } of [sameDay, theFirst, arrival]) {
    expect(shippedRoutines.has(id)).toBe(false);
    for (const words of [name, ...rules.map((rule) => rule.words)]) expect(words).toMatch(/^Exempel: /);
  }
});

describe('confirmed the same day when it comes before 16:00 on a weekday, else the day after', () => {
  const dueOf = (time: string) => deadline('confirm', sameDay, [sent(time)], LATER)?.due;

  test.each([
    ['a Tuesday morning', '2026-11-24 10:00', '2026-11-24'],
    ['the last millisecond before 16:00', '2026-11-24 15:59:59.999', '2026-11-24'],
    ['16:00 sharp is not before 16:00', '2026-11-24 16:00', '2026-11-25'],
    ['a Friday afternoon before 16:00', '2026-11-27 15:00', '2026-11-27'],
    ['a Friday evening: the day after is the Saturday', '2026-11-27 17:00', '2026-11-28'],
    ['a Saturday morning is no weekday: the Sunday', '2026-11-28 10:00', '2026-11-29'],
    ['a Sunday: the Monday', '2026-11-29 10:00', '2026-11-30'],
    ['the day before julafton', '2026-12-23 15:00', '2026-12-23'],
    ['julafton, a Thursday but no weekday: juldagen', '2026-12-24 09:00', '2026-12-25'],
    ['nyårsafton: into the next year', '2026-12-31 10:00', '2027-01-01'],
  ])('%s', (_what, time, day) => {
    expect(dueOf(time)).toBe(endOf(day));
  });

  test('also when the day after is the one of 25 hours, or the one of 23', () => {
    // Winter time begins on Sunday 25 October 2026, and its midnight is at 23:00 UTC.
    expect(dueOf('2026-10-24 12:00')).toBe('2026-10-25T23:00:00Z');
    // Summer time begins on Sunday 28 March 2027, and its midnight is at 22:00 UTC.
    expect(dueOf('2027-03-27 12:00')).toBe('2027-03-28T22:00:00Z');
  });

  test('a confirmation without a planned start is refused, with its place', () => {
    const order = sent('2026-11-24 10:00');
    const objections = (confirmation: Fact) => objectionsTo(confirmation, [order], onlyRoutine(sameDay));
    expect(objections(confirmed('2026-11-24 11:00'))).toMatchObject([
      {
        path: '/data/plannedStart',
        message: 'the routine exempel-samma-dag asks every confirmation for plannedStart (row A1)',
      },
    ]);
    expect(objections(confirmed('2026-11-24 11:00', { plannedStart: '2026-11-25' }))).toEqual([]);
  });
});

describe('a plan begun within a week and finished within four', () => {
  const stages = (...facts: Fact[]) =>
    ['planBegun', 'plan'].map((rule) => deadline(rule, sameDay, [sent('2026-11-20 10:00'), ...facts], LATER));
  const contacted = (time: string) => fact('client.contacted', time, { order: 'O-1' });
  const submitted = (time: string) => fact('plan.submitted', time, { order: 'O-1' });

  test.each([
    // Tuesday 24 November and 7 days is Tuesday 1 December; and 28 days is Tuesday 22 December.
    ['on a Tuesday', '2026-11-24 10:00', '2026-12-01', '2026-12-22'],
    // 23 December and 7 days is 30 December; and 28 days, with 8 left of December, is 20 January.
    ['over Christmas and the new year', '2026-12-23 10:00', '2026-12-30', '2027-01-20'],
    // Summer time begins on 28 March: a day of 23 hours is a day.
    ['before summer time', '2027-03-22 10:00', '2027-03-29', '2027-04-19'],
  ])('counted from a start %s', (_what, time, begun, finished) => {
    expect(stages(started(time)).map((one) => one?.due)).toEqual([endOf(begun), endOf(finished)]);
  });

  test('is begun by the first contact with the client, and finished by the plan itself', () => {
    const statuses = (...facts: Fact[]) => stages(started('2026-11-24 10:00'), ...facts).map((one) => one?.status);
    expect(statuses()).toEqual(['breached', 'breached']);
    expect(statuses(contacted('2026-12-01 23:59'))).toEqual(['met', 'breached']);
    expect(statuses(contacted('2026-12-02 00:00'), submitted('2026-12-22 12:00'))).toEqual(['breached', 'met']);
    // A plan that is finished has been begun.
    expect(statuses(submitted('2026-11-30 12:00'))).toEqual(['met', 'met']);
    // A contact to arrange the first visit comes before it.
    expect(statuses(contacted('2026-11-23 12:00'), submitted('2026-12-23 00:00'))).toEqual(['met', 'breached']);
  });
});

describe('a switch on the 1st, for what is asked for by the 20th', () => {
  const requested = (time: string) =>
    fact('switch.requested', time, { switch: 'X-1', service: 'personalCare', from: 'O-1', toProvider: 'hemvard-nord' });
  const facts = (time: string, ...more: Fact[]) => [sent('2026-01-05 10:00'), requested(time), ...more];
  const switchOf = (time: string, ...more: Fact[]) => deadline('switch', theFirst, facts(time, ...more), LATER);

  test.each([
    ['20 June', '2026-06-20 10:00', '2026-08-01'],
    ['21 June', '2026-06-21 10:00', '2026-09-01'],
    ['the last millisecond of 20 June', '2026-06-20 23:59:59.999', '2026-08-01'],
    ['midnight that begins 21 June', '2026-06-21 00:00', '2026-09-01'],
    ['the 1st', '2026-06-01 00:00', '2026-08-01'],
    ['20 November: on nyårsdagen', '2026-11-20 10:00', '2027-01-01'],
    ['21 November: into the next year', '2026-11-21 10:00', '2027-02-01'],
    ['20 December', '2026-12-20 10:00', '2027-02-01'],
    ['21 December', '2026-12-21 10:00', '2027-03-01'],
    // Counts as 1 February, the shortest month.
    ['31 January', '2027-01-31 10:00', '2027-04-01'],
    ['29 February of a leap year', '2028-02-29 10:00', '2028-05-01'],
  ])('%s', (_what, time, day) => {
    expect(switchOf(time)).toMatchObject({ opened: local(time), due: endOf(day) });
    expect(describeSwitches(caseOf(theFirst, facts(time), LATER))).toMatchObject([{ effectiveOn: day }]);
  });

  test('is in time on the 1st itself, by the clock of its season', () => {
    // Asked for in winter time, on 1 May in summer time: its midnight is at 22:00 UTC.
    expect(switchOf('2027-03-20 10:00')?.due).toBe('2027-05-01T22:00:00Z');
    // Asked for in summer time, on 1 November in winter time: its midnight is at 23:00 UTC.
    expect(switchOf('2026-09-20 10:00')?.due).toBe('2026-11-01T23:00:00Z');
    const done = (time: string, on: string) =>
      switchOf('2026-06-20 10:00', fact('switch.completed', time, { switch: 'X-1', on }))?.status;
    expect(done('2026-08-01 12:00', '2026-08-01')).toBe('met');
    expect(done('2026-08-02 12:00', '2026-08-02')).toBe('breached');
  });

  test('that ends before a time of day is of that same day', () => {
    const rules = theFirst.rules.map((rule) => (rule.id === 'switch' ? { ...rule, endsAt: '13:00' } : rule));
    const view = caseOf({ ...theFirst, rules }, facts('2026-06-20 10:00'), LATER);
    expect(describeSwitches(view)).toMatchObject([{ effectiveOn: '2026-08-01' }]);
  });

  test('both providers are told by 12:00 the next weekday', () => {
    const both = (time: string): Fact[] =>
      ['incoming', 'leaving'].map((provider) =>
        fact('provider.contacted', time, { switch: 'X-1', provider, channel: 'phone' }),
      );
    // A Friday: the next weekday is Monday 30 November.
    const toldAt = (time: string) =>
      deadline('tellProviders', theFirst, facts('2026-11-27 15:00', ...both(time)), LATER);
    expect(toldAt('2026-11-30 11:59')).toMatchObject({ due: '2026-11-30T11:00:00Z', status: 'met' });
    expect(toldAt('2026-11-30 12:00')).toMatchObject({ due: '2026-11-30T11:00:00Z', status: 'breached' });
  });
});

describe('an absence, reported by the first weekday of the next month, before 13:00', () => {
  const paused = (time: string, from: string) =>
    fact('service.paused', time, { order: 'O-1', from, reason: 'sjukhus' });
  const report = (from: string, time: string) =>
    deadline('pauseReport', theFirst, [sent('2026-01-05 10:00'), paused(time, from)], LATER);

  test.each([
    ['1 December 2026 is a Tuesday', '2026-11-24', '2026-12-01T12:00:00Z'],
    ['also from the 1st on, it is the next month’s', '2026-12-01', '2027-01-04T12:00:00Z'],
    ['1 January is a holiday, 2 and 3 January 2027 a weekend', '2026-12-23', '2027-01-04T12:00:00Z'],
    ['2 January 2026 is a Friday between holidays', '2025-12-20', '2026-01-02T12:00:00Z'],
    ['1 November 2026 is a Sunday, and winter time has begun', '2026-10-05', '2026-11-02T12:00:00Z'],
    ['första maj 2027 is a Saturday, in summer time', '2027-04-10', '2027-05-03T11:00:00Z'],
    ['1 April 2029 is påskdagen, and the Monday a holiday', '2029-03-14', '2029-04-03T11:00:00Z'],
  ])('%s', (_what, from, due) => {
    expect(report(from, `${from} 09:00`)?.due).toBe(due);
  });

  test('is late at 13:00 sharp, by when it is told', () => {
    expect(report('2026-11-24', '2026-12-01 12:59:59.999')?.status).toBe('met');
    expect(report('2026-11-24', '2026-12-01 13:00')?.status).toBe('breached');
  });

  test('that is known beforehand is waited for', () => {
    const known = fact('absence.known', '2026-11-20 10:00', { order: 'O-1', from: '2026-11-24' });
    const waiting = (at: string) => deadline('pauseReport', theFirst, [sent('2026-01-05 10:00'), known], at);
    expect(waiting('2026-12-01 12:59')).toMatchObject({ due: local('2026-12-01 13:00'), status: 'open' });
    expect(waiting('2026-12-01 13:00')?.status).toBe('breached');
  });
});

describe('ordered at least four weeks before the arrival', () => {
  const decided = made('2026-09-01 10:00', { service: 'shortTerm', legalBasis: 'SoL' });
  const ordered = (time: string, from: string, data: object = {}) =>
    sent(time, { service: 'shortTerm', period: { from, to: '2028-12-31' }, ...data });
  const sendOrder = (...facts: Fact[]) => deadline('sendOrder', arrival, [decided, ...facts], LATER);

  test.each([
    // Monday 12 April less 28 days is Monday 15 March, in winter time: its midnight is at 23:00 UTC.
    ['an arrival in summer time', '2027-04-12', '2027-03-15T23:00:00Z'],
    // Monday 9 November less 28 days is Monday 12 October, in summer time: its midnight is at 22:00 UTC.
    ['an arrival in winter time', '2026-11-09', '2026-10-12T22:00:00Z'],
    ['an arrival after the new year', '2027-01-04', '2026-12-07T23:00:00Z'],
    // February 2028 has 29 days.
    ['an arrival in a leap year', '2028-03-01', '2028-02-02T23:00:00Z'],
  ])('%s', (_what, from, due) => {
    expect(sendOrder(ordered('2026-09-02 10:00', from))).toMatchObject({
      about: 'B-1',
      opened: local('2026-09-01 10:00'),
      due,
      status: 'met',
    });
  });

  test('the limit is not known before the order, which then shows whether it came in time', () => {
    expect(sendOrder()).toBeUndefined();
    expect(sendOrder(ordered('2027-03-15 23:59', '2027-04-12'))).toMatchObject({ status: 'met' });
    expect(sendOrder(ordered('2027-03-16 00:00', '2027-04-12'))).toMatchObject({
      status: 'breached',
      closed: local('2027-03-16 00:00'),
    });
  });

  test('also when the decision itself came too late for it', () => {
    expect(sendOrder(ordered('2026-09-01 11:00', '2026-09-14'))).toMatchObject({
      due: endOf('2026-08-17'),
      status: 'breached',
    });
  });

  test('the first order counts, also when it is sent anew', () => {
    const first = ordered('2027-03-01 10:00', '2027-04-12');
    const anew = ordered('2027-03-29 10:00', '2027-04-13', { order: 'O-2', replaces: 'O-1' });
    expect(sendOrder(first, anew)).toMatchObject({ due: endOf('2027-03-15'), status: 'met' });
  });

  test('a late order alerts the case officer', () => {
    const at = '2027-03-16 10:00';
    expect(noticesOf(arrival, [decided, ordered(at, '2027-04-12')], at).map(told)).toContain(
      'deadline.breached sendOrder of B-1 to officer',
    );
  });
});

describe('what else counts back from a date of the order', () => {
  const order = (from: string, to?: string) =>
    sent('2026-11-02 10:00', { service: 'shortTerm', period: { from, ...(to !== undefined && { to }) } });
  const limit = (rule: string, at: string, ...facts: Fact[]) => deadline(rule, arrival, facts, at);

  test.each([
    // 4 January is a Monday. Before it come Wednesday 30, Tuesday 29 and Monday 28 December.
    ['over the new year', '2027-01-04', '2026-12-28T11:00:00Z'],
    // Before Tuesday 30 March come annandag påsk, påskdagen, a Saturday and långfredagen; then the 25th, 24th and 23rd.
    ['over Easter', '2027-03-30', '2027-03-23T11:00:00Z'],
    ['from a Sunday', '2026-11-29', '2026-11-25T11:00:00Z'],
  ])('three weekdays before the arrival, before 12:00, %s', (_what, from, due) => {
    expect(limit('contact', LATER, order(from))?.due).toBe(due);
  });

  test('is open until it passes, is reminded of, and is put off like any other', () => {
    // A weekday before Monday 28 December at 12:00 is Wednesday 23 December.
    expect(noticesOf(arrival, [order('2027-01-04')], '2026-12-23 12:00').map(told)).toEqual([
      'deadline.reminded contact of O-1 to provider',
    ]);
    expect(limit('contact', '2026-12-28 11:59', order('2027-01-04'))?.status).toBe('open');
    expect(limit('contact', '2026-12-28 12:00', order('2027-01-04'))?.status).toBe('breached');
    const putOff = fact('deadline.postponed', '2026-12-27 12:00', {
      order: 'O-1',
      rule: 'contact',
      until: '2026-12-30',
      by: 'client',
      reason: 'reser bort',
    });
    expect(limit('contact', LATER, order('2027-01-04'), putOff)?.due).toBe(endOf('2026-12-30'));
  });

  test('two weeks before the order’s last day, where it has one', () => {
    const start = started('2027-01-04 10:00');
    expect(limit('planRevision', LATER, order('2027-01-04', '2027-01-31'), start)).toMatchObject({
      kind: 'soft',
      due: endOf('2027-01-17'),
      status: 'open',
    });
    expect(limit('planRevision', LATER, order('2027-01-04'), start)).toBeUndefined();
  });
});
