import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { sayStanding } from '../../functions/shared/case-pages/standing.ts';
import { sayLeft, sayNear, sayNearLimit } from '../../functions/shared/web/times.ts';
import type { Fact } from '../../events/catalogue.ts';
import { caseOf, confirmed, fact, local, sent, started } from '../domain/given.ts';

const standing = (facts: readonly Fact[], at: string, routine = 'kundval'): string =>
  sayStanding(
    caseOf(routine, facts, at),
    (id) => (id === 'omsorg-syd' ? 'Omsorg Syd' : id),
    Temporal.Instant.from(local(at)),
  );

const ORDER = sent('2026-11-30 10:00');

describe('where a case stands', () => {
  test.each<[string, readonly Fact[], string, string]>([
    [
      'sent',
      [ORDER],
      '2026-11-30 12:00',
      'Uppdraget är skickat till Omsorg Syd, som inte har bekräftat det. Omsorg Syd ska bekräfta mottagandet senast i morgon. 1 frist till väntar.',
    ],
    [
      'missed',
      [ORDER, confirmed('2026-11-30 11:00')],
      '2026-12-03 12:00',
      'Omsorg Syd har bekräftat uppdraget men inte påbörjat det. Fristen för att påbörja insatsen gick ut i går 10:00.',
    ],
    [
      'begun',
      [ORDER, confirmed('2026-11-30 11:00'), started('2026-12-01 09:00', { date: '2026-12-01' })],
      '2026-12-03 12:00',
      'Omsorg Syd har påbörjat insatsen. Inget väntar just nu.',
    ],
    [
      'recalled',
      [ORDER, fact('order.recalled', '2026-11-30 11:00', { order: 'O-1', reason: 'Fel.' })],
      '2026-11-30 12:00',
      'Uppdraget till Omsorg Syd är återkallat. Inget väntar just nu.',
    ],
    [
      'ended',
      [
        ORDER,
        fact(
          'service.ended',
          '2026-11-30 11:00',
          { order: 'O-1', on: '2026-11-30', reason: 'ended' },
          { door: 'link' },
        ),
      ],
      '2026-11-30 12:00',
      'Insatsen är avslutad. Inget väntar just nu.',
    ],
    [
      'to end later on',
      [ORDER, fact('service.ended', '2026-11-30 11:00', { order: 'O-1', on: '2026-12-11', reason: 'ended' })],
      '2026-11-30 12:00',
      'Insatsen avslutas fredag 11 december. Omsorg Syd ska bekräfta mottagandet senast i morgon. 1 frist till väntar.',
    ],
    [
      'to be taken over later on',
      [
        ORDER,
        fact('switch.requested', '2026-11-30 11:00', {
          switch: 'X-1',
          service: 'personalCare',
          from: 'O-1',
          toProvider: 'omsorg-nord',
        }),
        fact('switch.completed', '2026-11-30 11:30', { switch: 'X-1', on: '2026-12-11' }),
      ],
      '2026-11-30 12:00',
      'En annan utförare tar över efter Omsorg Syd fredag 11 december. Omsorg Syd ska bekräfta mottagandet senast i morgon. 1 frist till väntar. 1 uppgift ska göras.',
    ],
    [
      'only noted',
      [fact('note.written', '2026-11-30 11:00', { text: 'Ringt.' })],
      '2026-11-30 12:00',
      'Inget uppdrag är skickat än. Inget väntar just nu.',
    ],
    [
      'asked about',
      [ORDER, fact('order.queried', '2026-11-30 11:00', { order: 'O-1', question: 'Vilka dagar?' })],
      '2026-11-30 12:00',
      'Omsorg Syd har en fråga om uppdraget och väntar på svar. Omsorg Syd ska bekräfta mottagandet senast i morgon. 1 frist till väntar.',
    ],
    [
      'asked about and answered by phone',
      [
        ORDER,
        fact('order.queried', '2026-11-30 11:00', { order: 'O-1', question: 'Vilka dagar?' }),
        fact('provider.contacted', '2026-11-30 11:30', { order: 'O-1', provider: 'omsorg-syd', channel: 'phone' }),
      ],
      '2026-11-30 12:00',
      'Uppdraget är skickat till Omsorg Syd, som inte har bekräftat det. Omsorg Syd ska bekräfta mottagandet senast i morgon. 1 frist till väntar.',
    ],
  ])('%s', (_, facts, at, words) => {
    expect(standing(facts, at)).toBe(words);
  });

  test('an order that nobody is to confirm', () => {
    expect(standing([sent('2026-11-30 10:00', { service: 'cleaning' })], '2026-11-30 12:00')).toBe(
      'Uppdraget är skickat till Omsorg Syd men inte påbörjat. Inget väntar just nu.',
    );
  });

  test('H7: what was to be done promptly and is not', () => {
    expect(standing([ORDER], '2026-11-30 18:00', 'hemtjanst')).toContain(
      'Omsorg Syd skulle bekräfta mottagandet senast i dag 14:00.',
    );
  });

  test('S4: a question is answered when its task is done', () => {
    const asked = [ORDER, fact('order.queried', '2026-11-30 11:00', { order: 'O-1', question: 'Vilka dagar?' })];
    const at = '2026-11-30 12:00';
    expect(standing(asked, at, 'ledsagning')).toContain('väntar på svar');
    const [task] = caseOf('ledsagning', asked, at).tasks;
    const done = fact('task.done', '2026-11-30 11:30', { task: task?.id ?? '' });
    expect(standing([...asked, done], at, 'ledsagning')).not.toContain('väntar på svar');
  });
});

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(local(text));

describe('how much is left, in the unit of the rule', () => {
  test.each([
    ['hours', '2026-11-30 12:00', '2026-12-02 10:00', '46 timmar'],
    ['hours', '2026-11-30 12:00', '2026-12-08 12:00', '8 dagar'],
    ['hours', '2026-11-30 12:00', '2026-11-30 12:30', '30 minuter'],
    ['hours', '2026-11-30 12:00', '2026-11-30 12:00', 'under en minut'],
    ['days', '2026-11-30 12:00', '2026-12-01 00:00', 'i dag'],
    ['days', '2026-11-30 12:00', '2026-12-02 00:00', 'i morgon'],
    ['days', '2026-11-30 12:00', '2026-12-08 00:00', '7 dagar'],
    ['weekdays', '2026-12-23 12:00', '2026-12-31 00:00', '3 vardagar'],
    ['months', '2026-11-30 12:00', '2027-03-01 00:00', '3 månader'],
    // Passed: how long ago, whatever the unit.
    ['weekdays', '2026-12-02 09:00', '2026-12-02 00:00', '9 timmar'],
    ['days', '2026-12-07 12:00', '2026-12-02 00:00', '5 dagar'],
  ] as const)('%s from %s to %s: %s', (unit, now, due, words) => {
    expect(sayLeft(instant(now), instant(due), unit)).toBe(words);
  });
});

test.each([
  ['2026-12-02 09:05', 'i dag 09:05'],
  ['2026-12-01 09:05', 'i går 09:05'],
  ['2026-12-03 09:05', 'i morgon 09:05'],
  ['2026-11-29 09:05', 'i söndags 09:05'],
  ['2026-11-25 09:05', 'onsdag 25 november 09:05'],
  ['2026-12-05 09:05', 'lördag 5 december 09:05'],
  ['2027-01-05 09:05', 'tisdag 5 januari 2027 09:05'],
])('%s is said on Wednesday 2 December as %s', (at, words) => {
  expect(sayNear(instant(at), instant('2026-12-02 12:00'))).toBe(words);
});

test('a limit that ends with a day is said by its day', () => {
  const now = instant('2026-12-02 12:00');
  expect(sayNearLimit(instant('2026-12-03 00:00'), now)).toBe('i dag');
  expect(sayNearLimit(instant('2026-12-03 07:00'), now)).toBe('i morgon 07:00');
});
