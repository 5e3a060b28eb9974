import { expect, test } from 'vitest';
import { overdueMails, unheardFrom } from '../../domain/case/mails.ts';
import { viewCase } from '../../domain/case/view.ts';
import { onlyRoutine, shippedRoutines } from '../../domain/routine/routines.ts';
import type { Routine } from '../../domain/routine/schema.ts';
import type { Fact } from '../../events/catalogue.ts';
import { fact, moment, MONDAY_10, order, recall } from '../support/facts.ts';

const kundval = shippedRoutines.get('kundval') as Routine;

const MAIL = { mail: 'm-1', audience: 'provider', about: 'O-1' };
const SENT = [order(MONDAY_10), fact('mail.sent', MONDAY_10, MAIL)];
const DELAYED = [...SENT, fact('mail.delayed', '2026-11-23 10:20', { ...MAIL, reason: 'MailboxFull' })];

const overdue = (facts: readonly Fact[], time: string, routine: Routine = kundval) => {
  const at = moment(time);
  const { overdue: mails, next } = overdueMails(viewCase(facts, onlyRoutine(routine), at).subjects, at);
  return { mails: mails.map(({ mail, due }) => ({ ...mail, due: due.toString() })), next: next?.toString() };
};

const DUE = moment('2026-11-23 14:00').toString();

test('B7: a delayed mail to a provider is overdue four hours after it was sent, at that very moment', () => {
  expect(overdue(DELAYED, '2026-11-23 13:59')).toEqual({ mails: [], next: DUE });
  expect(overdue(DELAYED, '2026-11-23 14:00')).toEqual({ mails: [{ ...MAIL, due: DUE }], next: undefined });
});

test('B7: a routine can say another time', () => {
  const strict: Routine = { ...kundval, mailsArriveWithin: { amount: 1, unit: 'hours' } };
  expect(overdue(DELAYED, '2026-11-23 11:30', strict).mails).toEqual([
    { ...MAIL, due: moment('2026-11-23 11:00').toString() },
  ]);
});

test('B7: a mail of which nothing is heard is overdue too, though nobody is woken for it', () => {
  expect(overdue(SENT, '2026-11-23 13:59')).toEqual({ mails: [], next: undefined });
  expect(overdue(SENT, '2026-11-23 14:00')).toEqual({ mails: [{ ...MAIL, due: DUE }], next: undefined });
});

const unheard = (facts: readonly Fact[], time: string) =>
  unheardFrom(viewCase(facts, onlyRoutine(kundval), moment(time)))?.toString();

/** Cleaning has no limits (K8). */
const CLEANING = [order(MONDAY_10, { service: 'cleaning' }), fact('mail.sent', MONDAY_10, MAIL)];

test('B7: a mail on its way is missing from when it should have arrived, where no open limit has anybody look', () => {
  expect(unheard(CLEANING, MONDAY_10)).toBe(DUE);
  expect(unheard(SENT, MONDAY_10)).toBeUndefined();
  // Both its limits are missed by then.
  expect(unheard(SENT, '2026-11-26 10:00')).toBe(DUE);
});

test('B7: of several mails the first that is missing counts, and none that has arrived', () => {
  const later = { ...MAIL, mail: 'm-2' };
  const two = [...CLEANING, fact('mail.sent', '2026-11-23 11:00', later)];
  expect(unheard(two, '2026-11-23 11:00')).toBe(DUE);
  const one = [...two, fact('mail.delivered', '2026-11-23 11:01', MAIL)];
  expect(unheard(one, '2026-11-23 12:00')).toBe(moment('2026-11-23 15:00').toString());
  expect(unheard([...one, fact('mail.bounced', '2026-11-23 11:01', later)], '2026-11-23 12:00')).toBeUndefined();
});

test.each([
  ['arrived', [...DELAYED, fact('mail.delivered', '2026-11-23 12:00', MAIL)]],
  ['bounced', [...DELAYED, fact('mail.bounced', '2026-11-23 12:00', MAIL)]],
  ['was said to be overdue', [...DELAYED, fact('mail.overdue', '2026-11-23 14:00', MAIL)]],
  ['is of an order that was recalled', [...DELAYED, recall('2026-11-23 12:00')]],
  [
    'was to the case officer',
    [order(MONDAY_10), fact('mail.delayed', '2026-11-23 10:20', { ...MAIL, audience: 'officer' })],
  ],
])('B7: a mail that %s is not overdue', (_, facts) => {
  expect(overdue(facts, '2026-11-24 10:00')).toEqual({ mails: [], next: undefined });
});

test('B7: of an order that is to end later on a mail that does not arrive is made up for until then', () => {
  const ending = fact('service.ended', '2026-11-23 10:01', { order: 'O-1', on: '2026-12-31', reason: 'ended' });
  expect(overdue([...DELAYED, ending], '2026-11-23 14:00').mails).toHaveLength(1);
  const bounced = fact('mail.bounced', '2026-11-23 10:05', { ...MAIL, reason: 'no such address' });
  const task = (time: string) => {
    const { tasks } = viewCase([...SENT, ending, bounced], onlyRoutine(kundval), moment(time));
    const found = tasks.find(({ rule }) => rule.id === 'contactInPerson');
    return [found?.status, found?.closed?.toString()];
  };
  expect(task('2026-12-30 23:59')).toEqual(['open', undefined]);
  expect(task('2026-12-31 00:00')).toEqual(['done', moment('2026-12-31 00:00').toString()]);
  const over = fact('service.ended', '2026-11-23 11:00', { order: 'O-1', on: '2026-11-23', reason: 'ended' });
  expect(overdue([...DELAYED, over], '2026-11-23 14:00').mails).toEqual([]);
});
